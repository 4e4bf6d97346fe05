"""Who may open what: every address and verb for every role, in one table.

A new address that stands in no row fails. Rows that do not exist are asked for, so “in” is told by
a 404 or a form that comes back, and nothing is changed.
"""

import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from factcheck.accounts.models import User
from tests import factories

pytestmark = pytest.mark.django_db
EMPTY = "6f0b7c9e-0000-4000-8000-000000000000"
ROLES = ("anonymous", "checker", "editor", "admin", "deactivated")

# What an address answers to each role, in the order of ROLES. "in": the view answers; "door": off
# to sign in; "no": refused by the role; "verb": the address does not know the verb.
KINDS = {
    "everybody": ("in", "in", "in", "in", "in"),
    "desk": ("door", "in", "in", "in", "door"),
    "check": ("door", "in", "in", "no", "door"),
    "approve": ("door", "no", "in", "no", "door"),
    "rules": ("door", "no", "in", "in", "door"),
    "granted": ("door", "no", "no", "no", "door"),
    "manage": ("door", "no", "no", "in", "door"),
    "nobody": ("verb", "verb", "verb", "verb", "verb"),
    "leaving": ("door", "door", "door", "door", "door"),
    "read only": ("door", "verb", "verb", "verb", "door"),
}

# Kind for GET, kind for POST, and the names of the addresses.
TABLE = (
    (
        "everybody",
        "everybody",
        """
        healthz claims:verdict accounts:sign_in account_login account_set_password
        account_reset_password account_reset_password_from_key people:join api:None
        claims:answer claims:corrections claims:report claims:report_status
        claims:verdict_changes claims:verdict_version
        """,
    ),
    (
        "everybody",
        "leaving",
        """
        accounts:sign_out account_logout
        """,
    ),
    ("leaving", "leaving", "account_signup"),
    (
        "everybody",
        "nobody",
        """
        account_inactive account_reset_password_done
        account_reset_password_from_key_done api:bundle api:verdicts api:verdict
        api:coverage api:openapi api:console api:corrections api:scales
        """,
    ),
    (
        "desk",
        "nobody",
        """
        home claims:articles claims:article claims:article_state
        claims:article_claim_rows claims:article_asked claims:article_coverage
        claims:article_revision claims:article_source_rows claims:queue claims:proposals
        claims:claim claims:claim_source_rows claims:claim_seen_before
        claims:claim_passages claims:flag claims:approvals claims:approval
        sources:sources sources:source sources:source_row sources:source_checks
        sources:compare sources:capture sources:capture_page sources:capture_integrity
        sources:capture_body sources:capture_warc sources:capture_text
        sources:capture_picture sources:rendering_panel sources:rendering_picture
        sources:rendering_document sources:replicas sources:stamps sources:stamp_token
        sources:source_wacz sources:capture_wacz claims:verdict_bundle claims:after
        claims:claim_draft claims:claim_save claims:claim_saves claims:claim_standards
        claims:complaint claims:complaints claims:feed claims:feed_row claims:feeds
        claims:notification claims:notifications claims:scale claims:scales
        claims:standards claims:thread sources:publisher sources:publishers
        """,
    ),
    (
        "check",
        "check",
        """
        claims:article_new claims:article_words claims:article_revise
        claims:claim_change claims:claim_cells claims:claim_calculate
        claims:claim_working claims:correct claims:opinion
        """,
    ),
    (
        "check",
        "nobody",
        """
        claims:cell_claims claims:mentionable claims:own_opinions
        """,
    ),
    (
        "nobody",
        "check",
        """
        claims:article_split claims:article_retry claims:article_claims
        claims:article_ask claims:article_sources claims:article_files
        claims:article_fit claims:article_cut claims:article_merge claims:article_undo
        claims:number_decide claims:sentence_decide claims:claim_dismiss
        claims:claim_accept claims:claim_restore claims:claim_reword
        claims:claim_wording claims:claim_sources claims:claim_files
        claims:claim_evidence claims:earlier_take_up claims:earlier_set_aside
        claims:earlier_reconsider claims:calculation_remove claims:calculation_put_back
        claims:claim_passage_aside claims:claim_passage_back claims:claim_verdict
        claims:evidence_remove claims:flag_acknowledge claims:version_recall
        sources:upload sources:source_fetch sources:source_check sources:source_pause
        sources:source_resume sources:request_retry sources:source_detail
        sources:capture_read sources:reading_retry sources:rendering_ask
        sources:rendering_retry sources:replica_ask sources:replica_retry
        sources:stamp_retry claims:article_comment claims:claim_assign
        claims:claim_claimant claims:claim_comments claims:claim_merge
        claims:claim_reply claims:claim_reply_link claims:claim_save_restore
        claims:claim_tag claims:claim_take_over claims:claim_typed claims:claim_untag
        claims:comment_delete claims:comment_edit claims:complaint_back
        claims:complaint_begin claims:complaint_recommend claims:complaint_reconsider
        claims:evidence_qualify claims:letter_send claims:opinion_cancel
        claims:reply_link_revoke claims:thread_reply claims:thread_settle
        claims:version_ask_opinion claims:version_assign claims:version_describe
        claims:version_give_up claims:version_reopen sources:domain_add
        sources:domain_drop sources:publisher_add sources:publisher_merge
        sources:publisher_owner sources:publisher_remove sources:publisher_rename
        sources:source_publisher sources:spelling_part
        """,
    ),
    (
        "nobody",
        "approve",
        """
        claims:version_approve claims:version_publish claims:version_send_back
        claims:complaint_decide claims:complaint_forget claims:feed_add
        claims:feed_fetch claims:feed_pause claims:feed_remove claims:feed_resume
        claims:feed_rhythm claims:review_close claims:review_open claims:version_embargo
        claims:version_rule claims:version_schedule claims:version_second
        claims:withdrawal_cancel claims:withdrawal_confirm claims:withdrawal_propose
        explorer:verification_ask
        """,
    ),
    (
        "desk",
        "desk",
        """
        account_reauthenticate account_change_password mfa_authenticate
        mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp
        mfa_generate_recovery_codes mfa_download_recovery_codes mfa_add_webauthn
        mfa_login_webauthn mfa_reauthenticate_webauthn mfa_remove_webauthn
        mfa_edit_webauthn people:account claims:notification_settings
        """,
    ),
    (
        "desk",
        "read only",
        """
        mfa_index mfa_view_recovery_codes mfa_list_webauthn
        """,
    ),
    (
        "nobody",
        "desk",
        """
        people:sessions_end people:session_end claims:notification_read
        claims:notifications_read
        """,
    ),
    (
        "manage",
        "nobody",
        """
        people:people people:person people:settings
        """,
    ),
    (
        "manage",
        "manage",
        """
        people:invitations
        """,
    ),
    (
        "nobody",
        "manage",
        """
        people:invitation_again people:invitation_revoke people:person_role
        people:person_deactivate people:person_reactivate people:person_sessions_end
        people:person_factor_reset people:person_alone_allow people:person_alone_withdraw
        people:key_issue people:key_revoke
        """,
    ),
    (
        "rules",
        "nobody",
        """
        explorer:export explorer:trail explorer:event explorer:verification
        """,
    ),
    (
        "rules",
        "rules",
        """
        claims:tags
        """,
    ),
    (
        "approve",
        "nobody",
        """
        receipts
        """,
    ),
    (
        "nobody",
        "rules",
        """
        claims:scale_discard claims:scale_language claims:scale_save claims:scale_start
        claims:standards_set claims:tag_change
        """,
    ),
    (
        "nobody",
        "granted",
        """
        claims:version_publish_alone
        """,
    ),
)
EXPECTED = {name: (reads, writes) for reads, writes, names in TABLE for name in names.split()}
PLACES = {
    r"<uuid:\w+>": EMPTY,
    r"<int:\w+>": "0",
    r"<str:\w+>": "nothing",
    r"\^password/new/.*": "password/new/1-x/",
    r"\^\.\*\$": "nothing",
}


def addresses(resolver: URLResolver, place: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Every name of an address, and one that fits it."""
    for pattern in resolver.url_patterns:
        here = place + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, here, inner)
        elif isinstance(pattern, URLPattern):
            for written, example in PLACES.items():
                here = re.sub(written, example, here)
            yield f"{space}{pattern.name}", f"/{here}"


ADDRESSES = dict(addresses(get_resolver()))


def told(answer: HttpResponseBase) -> str:
    if answer.status_code == 405:
        return "verb"
    if answer.status_code == 403:
        return "no"
    if answer.status_code == 302 and answer["Location"].startswith("/account/sign-in/"):
        return "door"
    assert answer.status_code < 500 or answer.status_code == 503, answer.status_code
    return "in"


def browser(role: str) -> Client:
    client = Client()
    if role == "deactivated":
        person = factories.person("editor")
        client.force_login(person)
        User.objects.filter(pk=person.pk).update(is_active=False)
    elif role != "anonymous":
        client.force_login(factories.person(role))
    return client


def test_every_address_stands_in_one_row() -> None:
    listed = [name for _, _, names in TABLE for name in names.split()]
    assert sorted(listed) == sorted(ADDRESSES)


@pytest.mark.parametrize("role", ROLES)
def test_each_address_answers_as_the_table_says(role: str) -> None:
    column, client, wrong = ROLES.index(role), browser(role), []
    for name, kinds in EXPECTED.items():
        for method, kind in zip(("get", "post"), kinds, strict=True):
            found = told(getattr(client, method)(ADDRESSES[name]))
            if found != KINDS[kind][column]:
                wrong.append((name, method, found, KINDS[kind][column]))
        if "leaving" in kinds:
            client = browser(role)
    assert wrong == []
