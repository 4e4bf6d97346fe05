"""The rating scale's screens: its versions, and the next one in the making."""

import re

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import rating_lines, scales
from claims.forms.scales import NewLanguageForm, RatingForms, ScaleForm
from claims.models import RatingScale
from claims.models.scales import LANGUAGE
from factcheck.accounts.permissions import may_set_rules
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from factcheck.errors import FactcheckError

MOST_LANGUAGES = 20


@desk()
def scales_list(request: DeskRequest) -> HttpResponse:
    """Show the current scale, the draft of the next one, and the earlier versions."""
    versions = list(scales.everything())
    context = {
        "current": next(scale for scale in versions if scale.is_current),
        "draft": next((scale for scale in versions if scale.is_draft), None),
        "earlier": [scale for scale in versions if not (scale.is_current or scale.is_draft)],
        "can_change": may_set_rules(request.user),
    }
    return render(request, "claims/scales.html", context)


@desk()
def scale(request: DeskRequest, pk: int) -> HttpResponse:
    """Show a version in all its languages; of the draft, its form to those who may change it."""
    found = _found(pk)
    if found.is_draft and may_set_rules(request.user):
        initial = {"name": found.name, "revision": found.revision}
        return _draft_page(request, found, ScaleForm(initial=initial), _forms(request, found))
    return _page(request, found)


@desk(may_set_rules, methods=("POST",))
def scale_start(request: DeskRequest) -> HttpResponse:
    """Begin the next version as a copy of the current one."""
    return redirect(scales.start_draft(by=request.user, at=timezone.now()))


@desk(may_set_rules, methods=("POST",))
def scale_save(request: DeskRequest, pk: int) -> HttpResponse:
    """Save the draft and, if asked, make it the desk's scale. Nothing typed is ever lost."""
    found = _found(pk)
    form, ratings = ScaleForm(request.POST), _forms(request, found)
    if not (form.is_valid() & ratings.is_valid()):
        return _draft_page(request, found, form, ratings, status=422)
    at, data = timezone.now(), form.cleaned_data
    try:
        saved = scales.save_draft(
            scale=found,
            name=data["name"],
            lines=ratings.lines(),
            revision=data["revision"],
            by=request.user,
            at=at,
        )
    except FactcheckError as error:
        form.add_error(None, error.text)
        return _draft_page(request, found, form, ratings, status=422)
    if request.POST.get("do") == "current":
        with telling(request):
            scales.make_current(scale=saved, revision=saved.revision, by=request.user, at=at)
            messages.success(request, f"Version {saved.version} is the desk's scale now.")
    else:
        messages.success(request, "The draft of the scale is saved.")
    added = f"?language={data['add']}" if data["add"] else ""
    return redirect(saved.get_absolute_url() + added)


@desk(may_set_rules, methods=("POST",))
def scale_discard(request: DeskRequest, pk: int) -> HttpResponse:
    """Remove the draft."""
    with telling(request):
        scales.discard_draft(scale=_found(pk), by=request.user, at=timezone.now())
        messages.success(request, "The draft of the scale is gone.")
    return redirect("claims:scales")


@desk(may_set_rules, methods=("POST",))
def scale_language(request: DeskRequest, pk: int) -> HttpResponse:
    """Name the ratings of a version in a further language."""
    found = _found(pk)
    form = NewLanguageForm(request.POST, scale=found)
    if form.is_valid():
        language = form.cleaned_data["language"]
        try:
            scales.add_language(
                scale=found,
                language=language,
                wordings=form.wordings(found),
                by=request.user,
                at=timezone.now(),
            )
        except FactcheckError as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, f"The scale has labels in “{language}” now.")
            return redirect(found)
    return _page(request, found, form)


def _found(pk: int) -> RatingScale:
    return get_object_or_404(scales.everything(), pk=pk)


def _page(
    request: DeskRequest, found: RatingScale, form: NewLanguageForm | None = None
) -> HttpResponse:
    can_change = may_set_rules(request.user) and not found.is_draft
    context = {
        "scale": found,
        "languages": scales.languages_of(found),
        "form": form or (NewLanguageForm(scale=found) if can_change else None),
        "form_now": form is not None,
    }
    return render(request, "claims/scale.html", context, status=422 if form else 200)


def _draft_page(
    request: DeskRequest,
    found: RatingScale,
    form: ScaleForm,
    ratings: RatingForms,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "scale": found,
        "form": form,
        "ratings": ratings,
        "languages": _further(request, found),
        "faults": [] if form.is_bound else rating_lines.faults(scales.lines_of(found)),
    }
    return render(request, "claims/scale_draft.html", context, status=status)


def _forms(request: DeskRequest, found: RatingScale) -> RatingForms:
    data = request.POST if request.method == "POST" else None
    return RatingForms(_further(request, found), scales.lines_of(found), data)


def _further(request: DeskRequest, found: RatingScale) -> list[str]:
    """Return the languages to show fields for: those with labels, and those just asked for."""
    asked = request.POST if request.method == "POST" else request.GET
    codes = [code for code in asked.getlist("language") if re.fullmatch(LANGUAGE, code)]
    own, *further = scales.languages_of(found)
    return sorted({*further, *codes[:MOST_LANGUAGES]} - {own})
