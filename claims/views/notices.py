"""A person's notifications, and the settings of what the person is told of."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import noticing
from claims.forms import WishForm
from claims.models import Notification
from claims.together_states import NotificationKind
from factcheck.accounts.views.desk import DeskRequest, desk


@desk()
def notifications(request: DeskRequest) -> HttpResponse:
    """List what the person was told, newest first."""
    page = noticing.page_of(request.user, cursor=request.GET.get("cursor", ""))
    context = {
        "rows": page.items,
        "next_cursor": page.next_cursor,
        "is_first": page.is_first,
        "unread": noticing.unread_words(request.user),
    }
    return render(request, "claims/notifications.html", context)


@desk()
def notification(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Lead to what a notification is about, and note that it was read. E-mails link here."""
    found = _mine(request, pk)
    noticing.read(notification=found, at=timezone.now())
    return redirect(found.href)


@desk(methods=("POST",))
def notification_read(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Note that it was read, and stay."""
    noticing.read(notification=_mine(request, pk), at=timezone.now())
    return redirect("claims:notifications")


@desk(methods=("POST",))
def notifications_read(request: DeskRequest) -> HttpResponse:
    """Note that all were read."""
    number = noticing.read_all(person=request.user, at=timezone.now())
    if number:
        messages.success(request, f"{number} marked as read.")
    return redirect("claims:notifications")


@desk(methods=("GET", "HEAD", "POST"))
def notification_settings(request: DeskRequest) -> HttpResponse:
    """Choose what is told in the app and by e-mail, and when e-mails go."""
    form = WishForm(request.POST) if request.method == "POST" else _form(request)
    if request.method == "POST" and form.is_valid():
        noticing.choose(person=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("claims:notification_settings")
    chosen = {name: form[name].value() or [] for name in ("in_app", "by_mail")}
    context = {
        "form": form,
        "kinds": [
            (kind, label, kind in chosen["in_app"], kind in chosen["by_mail"])
            for kind, label in NotificationKind.choices
        ],
        "mail_is_on": settings.EMAIL_ON,
        "address": request.user.email,
        "zone": settings.TIME_ZONE,
    }
    status = 422 if form.errors else 200
    return render(request, "claims/notification_settings.html", context, status=status)


def _form(request: DeskRequest) -> WishForm:
    wish = noticing.wish_of(request.user)
    kinds = NotificationKind.values
    return WishForm(
        initial={
            "mail_when": wish.mail_when,
            "mail_hour": wish.mail_hour,
            "in_app": [kind for kind in kinds if kind not in wish.not_in_app],
            "by_mail": [kind for kind in kinds if kind not in wish.not_by_mail],
        }
    )


def _mine(request: DeskRequest, pk: UUID) -> Notification:
    return get_object_or_404(Notification, pk=pk, recipient=request.user)
