"""The mail that an invitation goes out with."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from factcheck.people.models import Invitation

logger = logging.getLogger(__name__)


def link(token: str) -> str:
    """Return the address that the invited person opens."""
    return settings.PUBLIC_URL + reverse("people:join", args=[token])


def send(invitation: Invitation, token: str) -> bool:
    """Send the link; return whether the mail server took it. The invitation stands either way."""
    context = {
        "invitation": invitation,
        "link": link(token),
        "desk_name": settings.DESK_NAME,
    }
    body = render_to_string("people/invitation_mail.txt", context)
    subject = f"Join {settings.DESK_NAME}"
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [invitation.email])
    except (OSError, SMTPException):
        logger.exception("an invitation could not be sent")
        return False
    return True
