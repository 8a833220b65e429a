"""Who answers for a structure: a person, of whom the public sees only what they choose."""

import uuid
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.mail.models import OutgoingMessage
from portal.reminders.requests import new_key
from resources.editor_choices import ReferentState
from resources.models.resource import ResourcePage


class ReferentQuerySet(models.QuerySet):
    """Sentences about referents."""

    def active(self) -> Self:
        return self.filter(state=ReferentState.ACTIVE)

    def unreachable(self) -> Self:
        """Those whom a message of the last weeks did not reach."""
        returned = OutgoingMessage.objects.exclude(returned_at=None)
        return self.exclude(state=ReferentState.LEFT).filter(
            Exists(returned.filter(address__iexact=OuterRef("email")))
        )

    def of(self, entry: ResourcePage) -> Self:
        """Those who answer for an entry today."""
        return self.active().filter(entries=entry)


class Referent(models.Model):
    """A person whom a structure names to keep its entries true.

    ``name`` and ``email`` are for the coordinator alone; the public sees the role and the
    generic address, and only when the structure says so.
    """

    personal_fields = ("name", "email", "user", "key")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("nom"), max_length=120, help_text=_("Il n’est jamais montré."))
    email = models.EmailField(
        _("adresse e-mail"), help_text=_("Pour lui écrire et pour se connecter ; jamais montrée.")
    )
    role = models.CharField(
        _("rôle"), max_length=120, blank=True, help_text=_("« Cadre de santé », « Animatrice »")
    )
    shows_role = models.BooleanField(_("montrer le rôle sur la fiche"), default=False)
    public_email = models.EmailField(
        _("adresse générique"),
        blank=True,
        help_text=_("Une adresse que plusieurs personnes lisent, jamais celle d’une personne."),
    )
    shows_public_email = models.BooleanField(
        _("montrer l’adresse générique sur la fiche"), default=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("compte"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="referents",
        editable=False,
    )
    entries = models.ManyToManyField(
        ResourcePage, verbose_name=_("fiches"), blank=True, related_name="referents"
    )
    state = models.CharField(
        _("état"),
        max_length=8,
        choices=ReferentState,
        default=ReferentState.INVITED,
        editable=False,
    )
    #: Opens the invitation, once; made anew each time it is sent.
    key = models.CharField(max_length=64, default=new_key, unique=True, editable=False)
    invited_at = models.DateTimeField(_("invité le"), null=True, editable=False)
    accepted_at = models.DateTimeField(_("accepté le"), null=True, editable=False)
    left_at = models.DateTimeField(_("parti le"), null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReferentQuerySet.as_manager()

    class Meta:
        verbose_name = _("référent")
        verbose_name_plural = _("référents")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.shows_role and not self.role:
            raise ValidationError({"role": _("Dites le rôle à montrer.")})
        if self.shows_public_email and not self.public_email:
            raise ValidationError({"public_email": _("Donnez l’adresse à montrer.")})

    @property
    def is_active(self) -> bool:
        return self.state == ReferentState.ACTIVE
