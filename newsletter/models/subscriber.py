"""Subscribers of the letter, with the proof of their consent."""

import secrets
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from newsletter.editor_choices import SubscriberOrigin, SubscriberState
from newsletter.models.consent import ConsentText
from newsletter.models.subscriber_querysets import SubscriberQuerySet
from newsletter.models.topic import Topic
from portal.geo.models import Territory


def new_token() -> str:
    """256 bits that nobody guesses, kept as they are: no key to lose, so links never die."""
    return secrets.token_urlsafe(32)


class Subscriber(models.Model):
    """An address, what it asked for, and when; nothing of who is behind it."""

    unseen_by_readers = True
    personal_fields = ("email", "email_key", "token", "nonce", "proof")

    State = SubscriberState

    Origin = SubscriberOrigin

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("adresse e-mail"), max_length=254)
    #: What two spellings of one address share (see portal.mail.addresses).
    email_key = models.CharField(max_length=320, unique=True, editable=False)
    state = models.CharField(
        _("état"),
        max_length=12,
        choices=SubscriberState,
        default=SubscriberState.PENDING,
        editable=False,
    )
    topics = models.ManyToManyField(
        Topic,
        verbose_name=_("sujets"),
        blank=True,
        related_name="subscribers",
        help_text=_("Aucun sujet coché : toutes les lettres."),
    )
    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territoire"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    #: Names this person and this list in the links of every letter; it never expires.
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    #: What makes a link of confirmation good for one use; empty once it was used.
    nonce = models.CharField(max_length=64, blank=True, editable=False)

    consent = models.ForeignKey(
        ConsentText,
        verbose_name=_("texte accepté"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    consented_at = models.DateTimeField(_("accord donné le"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmé le"), null=True, editable=False)
    origin = models.CharField(
        _("origine"),
        max_length=12,
        choices=SubscriberOrigin,
        default=SubscriberOrigin.FORM,
        editable=False,
    )
    proof = models.CharField(
        _("preuve de l’accord"),
        max_length=300,
        blank=True,
        help_text=_("Où et quand la personne a dit oui : « bulletin signé, réunion du 3 mars »."),
    )
    asked_again_at = models.DateTimeField(_("redemandé le"), null=True, editable=False)
    left_at = models.DateTimeField(_("désinscrit le"), null=True, editable=False)
    last_sent_at = models.DateTimeField(_("dernière lettre"), null=True, editable=False)
    created_at = models.DateTimeField(_("ajouté le"), default=timezone.now, editable=False)

    objects = SubscriberQuerySet.as_manager()

    panels = [
        FieldPanel("topics"),
        FieldPanel("territory"),
        MultiFieldPanel(
            [
                FieldPanel("consented_at", read_only=True),
                FieldPanel("proof", read_only=True),
            ],
            heading=_("Accord"),
        ),
    ]

    class Meta:
        verbose_name = _("abonné")
        verbose_name_plural = _("abonnés")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state"], name="newsletter_subscriber_state")]

    def __str__(self) -> str:
        return self.email

    @property
    def is_active(self) -> bool:
        return self.state == SubscriberState.ACTIVE
