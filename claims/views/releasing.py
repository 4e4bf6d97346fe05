"""What the approval page shows of when and how a version goes out."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from claims import opinions
from claims.forms.releases import AloneForm, AskOpinionForm, EmbargoForm, RulingForm, ScheduleForm
from claims.models import Embargo, Emergency, Schedule, VerdictVersion
from claims.states import OPEN_STATES, PUBLIC_STATES, VersionState
from claims.versions import is_contributor, standing_approvals
from factcheck.accounts.models import User
from factcheck.accounts.permissions import CHECKING, may_approve, may_check, may_publish_alone


def release_context(
    version: VerdictVersion, person: User, came_back: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return what the approval page shows of how the version goes out."""
    opinion = opinions.newest(version)
    is_open = version.state in OPEN_STATES
    emergency = Emergency.objects.filter(version=version).select_related("editor").first()
    worked = is_contributor(version, person)
    context = {
        "time_zone": settings.TIME_ZONE,
        "given": len(standing_approvals(version)),
        "schedule": Schedule.objects.filter(version=version).select_related("set_by").first(),
        "embargo": Embargo.objects.filter(verdict=version.verdict_id)
        .select_related("set_by")
        .first(),
        "emergency": emergency,
        "can_plan": may_approve(person) and is_open,
        "can_alone": may_publish_alone(person) and version.state == VersionState.IN_REVIEW,
        "can_second": emergency is not None
        and version.state == VersionState.PUBLISHED
        and may_approve(person)
        and not worked
        and emergency.editor_id != person.pk,
        "opinion": opinion,
        "opinion_differs": opinion is not None
        and version.state not in PUBLIC_STATES
        and opinions.differs(opinion, version),
        "can_ask": may_check(person)
        and version.state == VersionState.IN_REVIEW
        and (opinion is None or opinion.state != "asked"),
        "can_rule": opinion is not None
        and may_approve(person)
        and version.state == VersionState.IN_REVIEW
        and not worked
        and opinion.asked_of_id != person.pk,
        "alone_form": AloneForm(),
        "schedule_form": ScheduleForm(),
        "embargo_form": EmbargoForm(),
        "ask_form": AskOpinionForm(people=askable(version, person)),
        "ruling_form": RulingForm(),
    }
    return context | (came_back or {})


def askable(version: VerdictVersion, person: User) -> QuerySet[User]:
    """Return whom the person may ask for a blind opinion on the version."""
    people = User.objects.filter(is_active=True, role__in=CHECKING).exclude(pk=person.pk)
    worked = version.contributors.values("person")
    return people.exclude(pk__in=worked).order_by("name", "username")
