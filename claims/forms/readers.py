"""What people outside the desk fill in, and what the desk makes of it: plain text in bounds."""

from datetime import datetime
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from claims.complaining import LENGTHS, Report
from claims.forms.articles import WrittenField
from claims.models.complaints import CHOICES
from claims.replies import LENGTHS as REPLY_LENGTHS
from claims.reply_links import ASKS_LENGTH, NAME_LENGTH, ROLE_LENGTH
from claims.triaging import ANSWER_LENGTH, REASON_LENGTH
from factcheck.errors import TEXTS

IS_WEB = URLValidator(schemes=["http", "https"])


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def _key() -> forms.UUIDField:
    """A key that is made anew for each page, so that the same form sent twice is one."""
    again = "Open this page anew, and send it again."
    return forms.UUIDField(
        initial=uuid4,
        widget=forms.HiddenInput(attrs={"id": "id_once"}),
        error_messages={"required": again, "invalid": again},
    )


class ReportForm(forms.Form):
    """A reader's report of an error."""

    key = _key()
    what = WrittenField(
        label="What is wrong?",
        max_length=LENGTHS["what"],
        help_text=f"Plain text, {LENGTHS['what']:,} characters at the most.",
        error_messages={"required": TEXTS["report_incomplete"]},
        widget=_text(6),
    )
    where = WrittenField(
        label="Where does it stand? (optional)",
        max_length=LENGTHS["where"],
        required=False,
        help_text="A sentence or a number of the verdict.",
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    source_url = WrittenField(
        label="A source that shows it (optional)",
        max_length=LENGTHS["source_url"],
        required=False,
        help_text="The address of a page.",
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
    name = WrittenField(
        label="Your name (optional)",
        max_length=LENGTHS["name"],
        required=False,
        help_text="Stays at the desk.",
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Your e-mail address (optional)",
        max_length=LENGTHS["email"],
        required=False,
        help_text="For our answer alone.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    consent = forms.BooleanField(
        label=(
            "The desk may keep what I wrote, to look into it and to answer me. It is not published."
        ),
        error_messages={"required": "Without this the desk may not keep your report."},
    )

    def clean_source_url(self) -> str:
        """Return the address, with https:// where it has no scheme."""
        written: str = self.cleaned_data["source_url"]
        if not written:
            return ""
        address = written if "://" in written else f"https://{written}"
        try:
            IS_WEB(address)
        except ValidationError as error:
            raise ValidationError("This is not the address of a page.") from error
        return address

    def report(self) -> Report:
        """Return what was written into a valid form."""
        return Report(**{name: self.cleaned_data[name] for name in LENGTHS})


class _OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(
        label="The report is",
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": TEXTS["complaint_outcome_unknown"]},
    )
    repeats = WrittenField(
        label="Reference of the earlier report",
        max_length=12,
        required=False,
        help_text="Only where somebody reported it before.",
    )


class RecommendForm(_OutcomeForm):
    """The first person's recommendation."""

    reason = WrittenField(
        label="Why",
        max_length=REASON_LENGTH,
        help_text="For the second person; the reader does not see it.",
        error_messages={"required": TEXTS["complaint_words_required"].format(limit="2,000")},
        widget=_text(4),
    )
    field_order = ("outcome", "reason", "repeats")


class DecideForm(_OutcomeForm):
    """The second person's decision."""

    answer = WrittenField(
        label="Answer to the reader",
        max_length=ANSWER_LENGTH,
        help_text="The reader sees it on their own page, and by e-mail if they left an address.",
        error_messages={"required": TEXTS["complaint_words_required"].format(limit="5,000")},
        widget=_text(6),
    )
    # Which recommendation the page showed: another one that came since is read first.
    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)
    field_order = ("outcome", "answer", "repeats", "seen")

    def clean_seen(self) -> datetime:
        """Return when the recommendation was made that the page showed."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError as error:
            raise ValidationError("Open the report anew.") from error


class ReplyLinkForm(forms.Form):
    """What the desk asks the claimant."""

    key = _key()
    asks = WrittenField(
        label="What you ask",
        max_length=ASKS_LENGTH,
        help_text="The claimant reads the claim and this.",
        error_messages={"required": TEXTS["reply_link_asks"].format(limit=f"{ASKS_LENGTH:,}")},
        widget=_text(4),
    )
    email = forms.EmailField(
        label="E-mail address (optional)",
        required=False,
        help_text="The link is sent there. Empty: it is shown once, for you to copy.",
    )


class ClaimantAnswerForm(forms.Form):
    """A claimant's answer through a link."""

    words = WrittenField(
        label="Your answer",
        max_length=REPLY_LENGTHS["words"],
        help_text=f"Plain text, {REPLY_LENGTHS['words']:,} characters at the most.",
        error_messages={"required": "Write your answer."},
        widget=_text(10),
    )
    name = WrittenField(
        label="Your name (optional)",
        max_length=NAME_LENGTH,
        required=False,
        help_text="Stays at the desk.",
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )
    role = WrittenField(
        label="Your role (optional)",
        max_length=ROLE_LENGTH,
        required=False,
        help_text="For example: press officer. Stays at the desk.",
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
