"""The publishers and their owners: the list, one of them, and whom a source belongs to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from sources import naming, publishers
from sources.models import Publisher, Source
from sources.views.listing import by_name

MOST_SHOWN = 30


@desk()
def publisher_list(request: DeskRequest) -> HttpResponse:
    """Show the publishers by their names, or those with some words in a spelling."""
    words = request.GET.get("words", "").strip()[:200]
    rows, following = by_name(naming.spelled(words), cursor=request.GET.get("cursor", ""))
    context = {
        "rows": rows,
        "words": words,
        "next_cursor": following,
        "is_first": "cursor" not in request.GET,
        "can_check": may_check(request.user),
    }
    return render(request, "sources/publishers.html", context)


@desk(may_check, methods=("POST",))
def publisher_add(request: DeskRequest) -> HttpResponse:
    """Make a publisher of a name, with its domain where one is given."""
    name, domain = request.POST.get("name", ""), request.POST.get("domain", "")
    following = reverse("sources:publishers")
    with telling(request):
        made = publishers.add(name=name, domain=domain, by=request.user, at=timezone.now())
        messages.success(request, f"{made} is among the publishers.")
        following = reverse("sources:publisher", args=[made.pk])
    return redirect(following)


@desk()
def publisher(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a publisher: who owns it, its spellings, domains, and what belongs to it."""
    found = _publisher(pk)
    context = {
        "publisher": found,
        "owners": publishers.chain(found)[1:],
        "spellings": found.spellings.order_by("words", "pk"),
        "domains": found.domains.order_by("domain"),
        "owned": found.owned.order_by("name", "pk")[:MOST_SHOWN],
        "owned_count": found.owned.count(),
        "chosen": found.chosen_for.order_by("-chosen_at", "pk")[:MOST_SHOWN],
        "chosen_count": found.chosen_for.count(),
        "can_check": may_check(request.user),
    }
    return render(request, "sources/publisher.html", context)


@desk(may_check, methods=("POST",))
def publisher_rename(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Call a publisher by another name."""
    found, name = _publisher(pk), request.POST.get("name", "")
    with telling(request):
        publishers.rename(publisher=found, name=name, by=request.user, at=timezone.now())
        messages.success(request, "The name is kept. The old one stays among the spellings.")
    return redirect("sources:publisher", pk)


@desk(may_check, methods=("POST",))
def publisher_owner(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say who owns a publisher, by name; an empty name takes the owner away."""
    found, name = _publisher(pk), request.POST.get("name", "")
    with telling(request):
        owner = naming.own(publisher=found, name=name, by=request.user, at=timezone.now())
        messages.success(request, f"Its owner is {owner}." if owner else "No owner is known now.")
    return redirect("sources:publisher", pk)


@desk(may_check, methods=("POST",))
def domain_add(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say that a publisher stands behind a domain."""
    found, domain = _publisher(pk), request.POST.get("domain", "")
    with telling(request):
        publishers.add_domain(publisher=found, domain=domain, by=request.user, at=timezone.now())
        messages.success(request, "The domain belongs to it.")
    return redirect("sources:publisher", pk)


@desk(may_check, methods=("POST",))
def domain_drop(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take a domain away from a publisher."""
    found, domain = _publisher(pk), request.POST.get("domain", "")
    with telling(request):
        publishers.drop_domain(publisher=found, domain=domain, by=request.user, at=timezone.now())
        messages.success(request, "The domain was taken away. It can be added again.")
    return redirect("sources:publisher", pk)


@desk(may_check, methods=("POST",))
def spelling_part(request: DeskRequest, pk: UUID, spelling: int) -> HttpResponse:
    """Make a publisher of its own of a spelling."""
    found = _publisher(pk)
    with telling(request):
        parted = publishers.part_spelling(
            publisher=found, spelling=spelling, by=request.user, at=timezone.now()
        )
        messages.success(request, f"{parted} is a publisher of its own.")
        pk = parted.pk
    return redirect("sources:publisher", pk)


@desk(may_check, methods=("POST",))
def publisher_merge(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take another publisher, by its name, for this one."""
    found, name = _publisher(pk), request.POST.get("name", "")
    with telling(request):
        gone = naming.called(name)
        publishers.merge(kept=found, gone=gone, by=request.user, at=timezone.now())
        messages.success(request, f"{gone} is a spelling of {found} now.")
    return redirect("sources:publisher", pk)


@desk(may_check, methods=("POST",))
def publisher_remove(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take away a publisher that nothing was put under."""
    found, following = _publisher(pk), reverse("sources:publisher", args=[pk])
    with telling(request):
        publishers.remove(publisher=found, by=request.user, at=timezone.now())
        messages.success(request, f"{found} is no longer among the publishers.")
        following = reverse("sources:publishers")
    return redirect(following)


@desk(may_check, methods=("POST",))
def source_publisher(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say to whom a source belongs, by name; an empty name takes the choice back."""
    found, name = get_object_or_404(Source, pk=pk), request.POST.get("name", "")
    with telling(request):
        chosen = naming.choose(source=found, name=name, by=request.user, at=timezone.now())
        words = f"The source belongs to {chosen}." if chosen else "The choice was taken back."
        messages.success(request, words)
    return redirect("sources:source", pk)


def _publisher(pk: UUID) -> Publisher:
    rows = Publisher.objects.select_related("owner", "confirmed_by")
    return get_object_or_404(rows, pk=pk)
