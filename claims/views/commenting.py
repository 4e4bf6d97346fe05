"""Comments on a claim's page: threads, answers, changes, and names to mention."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode

from claims import commenting, mentioning, pinning, sealing, threads
from claims.blocks import BLOCKS, SUMMARY
from claims.forms import RemarkForm, ThreadForm
from claims.models import Article, Claim, Comment, Evidence, Thread, VerdictVersion
from claims.views.wishes import as_number, as_uuid
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk
from factcheck.errors import FactcheckError


def comments_of(
    request: DeskRequest, found: Claim, evidence: list[Evidence], version: VerdictVersion | None
) -> dict[str, Any]:
    """Return the comments of the claim's page, and the form for a new thread."""
    settled = request.GET.get("comments") == "settled"
    page = threads.of_claim(
        found,
        person=request.user,
        at=timezone.now(),
        settled=settled,
        cursor=request.GET.get("more", ""),
        focus=as_uuid(request.GET.get("thread", "")),
    )
    open_count, settled_count = threads.counts(found)
    return {
        "threads": page.items,
        "threads_next": page.next_cursor,
        "threads_first": page.is_first,
        "threads_settled": settled,
        "open_count": open_count,
        "settled_count": settled_count,
        **_composer(_wanted(request), evidence, version),
    }


@desk(may_check, methods=("POST",))
def claim_comments(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Begin a thread."""
    found = get_object_or_404(Claim.objects.select_related("article"), pk=pk)
    form = ThreadForm(request.POST)
    made = None
    if form.is_valid():
        try:
            made = commenting.begin(
                claim=found,
                text=form.cleaned_data["text"],
                about=form.place(),
                key=form.cleaned_data["key"],
                by=request.user,
                at=timezone.now(),
            )
        except FactcheckError as error:
            form.add_error("exact" if error.code == "comment_words_missing" else "text", error.text)
    if made and not request.htmx:
        return redirect(made.thread)
    return _after_beginning(request, found, form, made)


@desk(may_check, methods=("POST",))
def thread_reply(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Answer in a thread."""
    thread = _thread(pk)
    form = RemarkForm(request.POST)
    if form.is_valid():
        try:
            commenting.reply(
                thread=thread,
                text=form.cleaned_data["text"],
                key=form.cleaned_data["key"],
                by=request.user,
                at=timezone.now(),
            )
        except FactcheckError as error:
            form.add_error("text", error.text)
    return _thread_again(request, thread, form)


@desk(may_check, methods=("POST",))
def thread_settle(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Settle a thread, or reopen it."""
    thread = _thread(pk)
    verb = commenting.reopen if request.POST.get("do") == "reopen" else commenting.resolve
    verb(thread=thread, by=request.user, at=timezone.now())
    return _thread_again(request, thread)


@desk(may_check, methods=("POST",))
def comment_edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Change one's own comment."""
    comment = _comment(pk)
    form = RemarkForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            commenting.edit(comment=comment, text=text, by=request.user, at=timezone.now())
        except FactcheckError as error:
            form.add_error("text", error.text)
    return _thread_again(request, comment.thread, form, of=comment)


@desk(may_check, methods=("POST",))
def comment_delete(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take one's own comment away."""
    comment = _comment(pk)
    commenting.delete(comment=comment, by=request.user, at=timezone.now())
    return _thread_again(request, comment.thread)


@desk()
def thread(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show all comments of one thread, in pages."""
    found = _thread(pk)
    now = timezone.now()
    page = threads.comments_of(
        found, person=request.user, at=now, cursor=request.GET.get("cursor", "")
    )
    context = {
        "row": threads.one(found, person=request.user, at=now),
        "claim": found.claim,
        "comments": page.items,
        "next_cursor": page.next_cursor,
        "is_first": page.is_first,
    }
    return render(request, "claims/thread.html", context)


@desk(may_check)
def mentionable(request: DeskRequest) -> HttpResponse:
    """List people whose name begins as typed, for the comment's completion."""
    people = mentioning.mentionable(request.GET.get("q", "")[:150])
    return render(request, "claims/_mentionable.html", {"people": people})


@desk(may_check, methods=("POST",))
def article_comment(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Lead from words that were selected in an article to the comments of the claim there."""
    found = get_object_or_404(Article, pk=pk)
    start, end = (as_number(request.POST.get(name, "")) or 0 for name in ("start", "end"))
    places = found.claims.filter(
        appearances__revision=found.revision, appearances__start__lt=max(end, start + 1)
    ).filter(appearances__end__gt=start)
    claim = places.order_by("appearances__start", "pk").first()
    if claim is None:
        messages.error(
            request, "No claim stands at these words. Make them a claim, then comment on it."
        )
        return redirect(found)
    exact = request.POST.get("exact", "")[: pinning.MOST_WORDS]
    asked = urlencode({"about": "article", "exact": exact, "near": str(start)})
    return redirect(f"{claim.get_absolute_url()}?{asked}#comment-new")


def _wanted(request: DeskRequest) -> ThreadForm:
    """Return an empty form, about what the address says."""
    about, exact = (request.GET.get(name, "") for name in ("about", "exact"))
    near = as_number(request.GET.get("near", ""))
    return ThreadForm(initial={"about": about, "exact": exact, "near": near})


def _composer(
    form: ThreadForm, evidence: list[Evidence], version: VerdictVersion | None
) -> dict[str, Any]:
    places = [("claim", "the claim as a whole"), ("article", "words of the article")]
    places += [(f"evidence:{item.pk}", f"the quote “{item.exact[:60]}”") for item in evidence]
    if version is not None:
        parts = (SUMMARY, *BLOCKS)
        places += [(f"draft:{part.code}", f"the verdict: {part.title}") for part in parts]
    return {"thread_form": form, "comment_places": places}


def _after_beginning(
    request: DeskRequest, found: Claim, form: ThreadForm, made: Comment | None
) -> HttpResponse:
    """Answer with the form again: empty beside the new thread, or as it was with what is wrong."""
    version = VerdictVersion.objects.filter(verdict__claim=found).order_by("-number").first()
    context: dict[str, Any] = {"claim": found, "can_check": True}
    if made:
        form = ThreadForm()
        now = timezone.now()
        context["made"] = threads.one(made.thread, person=request.user, at=now)
        context["open_count"] = threads.counts(found)[0]
    context |= _composer(form, sealing.live_evidence(found), version)
    context["came_back"] = not made
    if request.htmx:
        return render(request, "claims/_comment_new.html", context)
    return render(request, "claims/comment_new.html", context, status=422)


def _thread_again(
    request: DeskRequest,
    found: Thread,
    form: RemarkForm | None = None,
    *,
    of: Comment | None = None,
) -> HttpResponse:
    """Answer with the thread as it stands now, and with a form that came back."""
    failed = form is not None and bool(form.errors)
    if failed and form is not None and not request.htmx:
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
    if not request.htmx:
        return redirect(_thread(found.pk))
    row = threads.one(found, person=request.user, at=timezone.now())
    context = {
        "row": row,
        "claim": row.thread.claim,
        "can_check": may_check(request.user),
        "fault": " ".join(str(e) for each in form.errors.values() for e in each) if form else "",
        "typed": form.data.get("text", "") if failed and form else "",
        "fault_of": of.pk if of else None,
        "new_key": uuid4(),
    }
    return render(request, "claims/_thread.html", context)


def _thread(pk: UUID) -> Thread:
    return get_object_or_404(Thread.objects.select_related("claim"), pk=pk)


def _comment(pk: UUID) -> Comment:
    return get_object_or_404(Comment.objects.select_related("thread__claim"), pk=pk)
