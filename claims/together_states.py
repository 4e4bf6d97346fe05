"""The enums of working together: comments, notifications and their mail."""

from django.db import models


class CommentPlace(models.TextChoices):
    """What a thread of comments is about."""

    CLAIM = "claim", "the claim"
    ARTICLE = "article", "the article"
    EVIDENCE = "evidence", "a quote"
    DRAFT = "draft", "the verdict"


class NotificationKind(models.TextChoices):
    """What a person is told of."""

    MENTION = "mention", "somebody mentions you"
    REPLY = "reply", "somebody replies in a thread of yours"
    ASSIGNED = "assigned", "a claim or a review is given to you"
    SENT_BACK = "sent_back", "a verdict of yours is sent back"
    APPROVED = "approved", "a verdict of yours is approved"
    PUBLISHED = "published", "a verdict of yours is published"
    DRIFTED = "drifted", "a source of a published verdict of yours changes"
    DUE_SOON = "due_soon", "something given to you is due"


class MailWhen(models.TextChoices):
    """When a person gets notifications by e-mail."""

    NEVER = "never", "never"
    AT_ONCE = "at_once", "as they come"
    DAILY = "daily", "once a day"
