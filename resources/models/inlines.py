"""Child rows of an entry: telephone numbers, dated closures and messages, services."""

import uuid
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from portal.base.choices import Public
from portal.base.fields import CodesField
from portal.base.translation_fields import TranslatedFact
from resources.choices import AccessMode, CostType
from resources.entry.ages import format_ages
from resources.entry.services import describe_service
from resources.models.delay import DelayFields
from resources.opening_hours.closures import DatedClosure
from resources.opening_hours.fields import OpeningHoursField
from resources.opening_hours.opening_times import OpeningTimes
from resources.opening_hours.validators import validate_opening_hours
from resources.opening_hours.widgets import OpeningHoursWidget
from resources.validators import readable_phone, validate_phone


class ResourcePhone(TranslatableMixin, Orderable):
    """Another number, and who answers it."""

    personal_fields = ()

    resource = ParentalKey(
        "resources.ResourcePage", on_delete=models.CASCADE, related_name="phones"
    )
    label = models.CharField(_("qui répond"), max_length=80, help_text=_("« Secrétariat »"))
    number = models.CharField(_("numéro"), max_length=20, validators=[validate_phone])

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("numéro")
        verbose_name_plural = _("numéros")

    panels = [FieldRowPanel([FieldPanel("label"), FieldPanel("number")])]
    override_translatable_fields = [
        TranslatedFact("label"),
        SynchronizedField("number", overridable=False),
    ]

    def __str__(self) -> str:
        return f"{self.label} {self.number}"

    def clean(self) -> None:
        super().clean()
        if self.number:
            self.number = readable_phone(self.number)


class Closure(TranslatableMixin, Orderable):
    """Days when the place is closed, whatever its usual hours."""

    personal_fields = ()

    resource = ParentalKey(
        "resources.ResourcePage", on_delete=models.CASCADE, related_name="closures"
    )
    since = models.DateField(_("du"))
    until = models.DateField(
        _("au (compris)"), null=True, blank=True, help_text=_("Vide : jusqu’à nouvel ordre.")
    )
    message = models.CharField(
        _("message"), max_length=160, blank=True, help_text=_("Qui appeler pendant ce temps ?")
    )

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("fermeture")
        verbose_name_plural = _("fermetures")
        ordering = ["since"]

    panels = [FieldRowPanel([FieldPanel("since"), FieldPanel("until")]), FieldPanel("message")]
    override_translatable_fields = [
        SynchronizedField("since", overridable=False),
        SynchronizedField("until", overridable=False),
        TranslatedFact("message"),
    ]

    def __str__(self) -> str:
        return f"{self.since} – {self.until or ''}"

    def clean(self) -> None:
        super().clean()
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("La fin vient avant le début.")})

    def as_closure(self) -> DatedClosure:
        return DatedClosure(self.since, self.until, self.message)


class Notice(TranslatableMixin, Orderable):
    """Something to know for some days: « réunion d’accueil jeudi », « standard en panne »."""

    personal_fields = ()

    resource = ParentalKey(
        "resources.ResourcePage", on_delete=models.CASCADE, related_name="notices"
    )
    since = models.DateField(_("du"))
    until = models.DateField(_("au (compris)"))
    text = models.CharField(_("message"), max_length=280)

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("message daté")
        verbose_name_plural = _("messages datés")
        ordering = ["since"]

    panels = [FieldRowPanel([FieldPanel("since"), FieldPanel("until")]), FieldPanel("text")]
    override_translatable_fields = [
        SynchronizedField("since", overridable=False),
        SynchronizedField("until", overridable=False),
        TranslatedFact("text"),
    ]

    def __str__(self) -> str:
        return f"{self.since} – {self.until}"

    def clean(self) -> None:
        super().clean()
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("La fin vient avant le début.")})

    def is_current(self, day: date) -> bool:
        return self.since <= day <= self.until


class Service(TranslatableMixin, DelayFields, Orderable):
    """What a person can ask for at this place."""

    personal_fields = ()

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    resource = ParentalKey(
        "resources.ResourcePage", on_delete=models.CASCADE, related_name="services"
    )
    name = models.CharField(_("nom"), max_length=120)
    summary = models.CharField(_("en une phrase"), max_length=280, blank=True)
    publics = CodesField(_("pour qui"), choices=Public.choices)
    age_min = models.PositiveSmallIntegerField(_("à partir de (ans)"), null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(_("jusqu’à (ans)"), null=True, blank=True)
    cost = models.CharField(_("prix"), max_length=12, choices=CostType, blank=True)
    access_modes = CodesField(_("comment y aller"), choices=AccessMode.choices)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True, validators=[validate_phone])
    opening_hours = OpeningHoursField(
        _("horaires"), max_length=400, blank=True, validators=[validate_opening_hours]
    )

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")

    panels = [
        FieldPanel("name"),
        FieldPanel("summary"),
        FieldPanel("publics"),
        FieldRowPanel([FieldPanel("age_min"), FieldPanel("age_max"), FieldPanel("cost")]),
        FieldPanel("access_modes"),
        DelayFields.delay_panel,
        FieldPanel("phone"),
        FieldPanel("opening_hours", widget=OpeningHoursWidget),
    ]
    override_translatable_fields = [
        TranslatedFact("name"),
        TranslatedFact("summary"),
        SynchronizedField("publics", overridable=False),
        SynchronizedField("age_min", overridable=False),
        SynchronizedField("age_max", overridable=False),
        SynchronizedField("cost", overridable=False),
        SynchronizedField("access_modes", overridable=False),
        *DelayFields.delay_translations,
        SynchronizedField("phone", overridable=False),
        SynchronizedField("opening_hours", overridable=False),
    ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever copies an entry copies its services; open data needs to tell them apart."""
        rows = Service.objects.filter(models.Q(pk=self.pk) | models.Q(uuid=self.uuid))
        known = dict(rows.values_list("pk", "uuid"))
        if known:
            self.uuid = known.get(self.pk) or uuid.uuid4()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.phone:
            self.phone = readable_phone(self.phone)
        if self.age_min is not None and self.age_max is not None and self.age_min > self.age_max:
            raise ValidationError({"age_max": _("Cet âge est plus petit que l’âge de départ.")})

    @property
    def ages(self) -> str:
        return format_ages(self.age_min, self.age_max)

    @property
    def opening_times(self) -> OpeningTimes:
        return OpeningTimes(self.opening_hours)

    @property
    def sentences(self) -> list[str]:
        """What its place's page says of it, its name and number apart."""
        return describe_service(self)
