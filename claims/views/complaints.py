"""The desk's side of readers' reports: the lists, and a report beside its verdict."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import complaint_lists, letters, showing, triaging
from claims.forms import DecideForm, RecommendForm
from claims.models import Complaint, Letter
from claims.states import ComplaintState
from claims.tasks import run_letter
from factcheck.accounts.permissions import (
    may_check,
    may_decide_reports,
    may_look_into_reports,
)
from factcheck.accounts.views.desk import DeskRequest, desk, onward, telling
from factcheck.errors import FactcheckError


@desk()
def complaints(request: DeskRequest) -> HttpResponse:
    """Show one list of reports: open with the most overdue first, for a second person, closed."""
    wanted = request.GET.get("list", "")
    kind = wanted if wanted in complaint_lists.COMPLAINTS else "open"
    page = complaint_lists.complaints(kind=kind, cursor=request.GET.get("cursor", ""))
    counts = complaint_lists.complaint_counts()
    context = {
        "kind": kind,
        "title": complaint_lists.COMPLAINTS[kind][0],
        "empty": complaint_lists.COMPLAINTS[kind][1],
        "lists": [
            (code, words[0], counts[code]) for code, words in complaint_lists.COMPLAINTS.items()
        ],
        "overdue": complaint_lists.overdue(today=timezone.localdate()),
        "rows": page.items,
        "next_cursor": page.next_cursor,
        "is_first": page.is_first,
        "today": timezone.localdate(),
    }
    return render(request, "claims/complaints.html", context)


@desk()
def complaint(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a report beside the verdict that it is about."""
    return _page(request, _complaint(pk))


@desk(may_look_into_reports, methods=("POST",))
def complaint_begin(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Look into it first."""
    words = "You look into it. Say what you recommend when you know."
    return _do(request, pk, triaging.begin, words)


@desk(may_look_into_reports, methods=("POST",))
def complaint_back(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Put it back."""
    return _do(request, pk, triaging.hand_back, "The report waits for somebody again.")


@desk(may_look_into_reports, methods=("POST",))
def complaint_reconsider(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take one's recommendation back."""
    return _do(request, pk, triaging.reconsider, "Your recommendation is taken back.")


@desk(may_decide_reports, methods=("POST",))
def complaint_forget(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Erase the reader's name and address."""
    words = "The reader's name and address are erased."
    return _do(request, pk, triaging.forget_reader, words)


@desk(may_look_into_reports, methods=("POST",))
def complaint_recommend(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Recommend, as the first person."""
    found = _complaint(pk)
    form = RecommendForm(request.POST)
    if form.is_valid():
        try:
            triaging.recommend(
                complaint=found, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except FactcheckError as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, "Your recommendation waits for a second person.")
            return redirect(found)
    return _page(request, _complaint(pk), recommend_form=form)


@desk(may_decide_reports, methods=("POST",))
def complaint_decide(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Decide, as the second person; what the page showed must still be the recommendation."""
    found = _complaint(pk)
    form = DecideForm(request.POST)
    if form.is_valid():
        try:
            triaging.decide(
                complaint=found, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except FactcheckError as error:
            form.add_error(None, error.text)
        else:
            for letter in Letter.objects.filter(complaint=found):
                run_letter.delay_on_commit(str(letter.pk))
            messages.success(request, "The report is decided; the reader sees your answer.")
            return redirect(found)
    return _page(request, _complaint(pk), decide_form=form)


@desk(may_check, methods=("POST",))
def letter_send(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Have an e-mail that failed sent again."""
    rows = Letter.objects.select_related("complaint", "link__claim")
    letter = get_object_or_404(rows.exclude(to=""), pk=pk)
    with telling(request):
        letters.retry(letter=letter, by=request.user, at=timezone.now())
        run_letter.delay_on_commit(str(letter.pk))
        messages.success(request, "The e-mail is being sent again.")
    of = letter.complaint or (letter.link and letter.link.claim)
    return redirect(onward(request, of.get_absolute_url() if of else "/"))


def _do(request: DeskRequest, pk: UUID, verb: Callable[..., Complaint], words: str) -> HttpResponse:
    found = _complaint(pk)
    with telling(request):
        verb(complaint=found, by=request.user, at=timezone.now())
        messages.success(request, words)
    return redirect(found)


def _complaint(pk: UUID) -> Complaint:
    rows = Complaint.objects.select_related(
        "verdict__claim", "version__verdict", "first_by", "decided_by", "duplicate_of"
    )
    return get_object_or_404(rows, pk=pk)


def _page(
    request: DeskRequest,
    found: Complaint,
    *,
    recommend_form: RecommendForm | None = None,
    decide_form: DecideForm | None = None,
) -> HttpResponse:
    person, state = request.user, found.state
    waits = state == ComplaintState.SECOND_LOOK
    mine = found.first_by_id == person.pk
    involved = triaging.is_involved(found, person)
    context: dict[str, Any] = {
        "complaint": found,
        "claim": found.verdict.claim,
        "body": showing.payload(found.version, published_at=found.version.published_at),
        "today": timezone.localdate(),
        "may_look": may_look_into_reports(person),
        "may_decide": waits and may_decide_reports(person) and not mine,
        "mine": mine,
        "involved": involved,
        "kept_out": waits and involved and triaging.others_could(found),
        "recommend_form": recommend_form or RecommendForm(),
        "decide_form": decide_form or _decide_form(found),
        "others": Complaint.objects.filter(verdict=found.verdict_id)
        .exclude(pk=found.pk)
        .order_by("received_at")[:20],
        "letter": Letter.objects.filter(complaint=found).first(),
        "may_erase": may_decide_reports(person) and found.decided_at is not None,
    }
    came_back = recommend_form or decide_form
    return render(request, "claims/complaint.html", context, status=422 if came_back else 200)


def _decide_form(found: Complaint) -> DecideForm:
    repeats = found.duplicate_of.reference if found.duplicate_of else ""
    seen = found.recommended_at.isoformat() if found.recommended_at else ""
    return DecideForm(initial={"outcome": found.recommendation, "repeats": repeats, "seen": seen})
