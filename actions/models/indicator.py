"""Indicators: what an action measures, and what all indicators share."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from actions.choices import IndicatorDirection
from actions.indicator_forms import OUT_OF_PERCENT
from actions.number_format import plain_number
from portal.base.translation_fields import TranslatedFact

#: What is written for a share of a hundred.
PERCENT_UNITS = frozenset({"%", "pour cent", "pourcent", "pourcentage", "pourcentages"})


class MeasuredIndicator(models.Model):
    """What is measured: from where, to where, by when. Its ``values`` are dated."""

    values: Any

    label = models.CharField(_("ce que l’on compte"), max_length=120)
    unit = models.CharField(
        _("unité"), max_length=40, blank=True, help_text=_("Par exemple « personnes », « jours ».")
    )
    baseline = models.DecimalField(
        _("valeur de départ"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    target = models.DecimalField(
        _("objectif"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    target_on = models.DateField(_("objectif pour le"), null=True, blank=True)
    direction = models.CharField(
        _("sens"), max_length=8, choices=IndicatorDirection, default=IndicatorDirection.UP
    )
    source = models.CharField(
        _("source"), max_length=160, blank=True, help_text=_("Qui compte, et comment.")
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        errors = {
            name: OUT_OF_PERCENT
            for name in ("baseline", "target")
            if not self.accepts(getattr(self, name))
        }
        if errors:
            raise ValidationError(errors)

    @property
    def is_percentage(self) -> bool:
        return self.unit.strip().casefold() in PERCENT_UNITS

    def accepts(self, value: Decimal | None) -> bool:
        """Whether a value may be one of this indicator: a share is between 0 and 100."""
        return value is None or not self.is_percentage or 0 <= value <= 100

    @cached_property
    def readings(self) -> list[Any]:
        """The values, oldest first."""
        return sorted(self.values.all(), key=lambda reading: reading.date)

    @property
    def last_reading(self) -> Any:
        return self.readings[-1] if self.readings else None

    @property
    def points(self) -> list[dict[str, Any]]:
        """The readings as the small chart and its table take them."""
        return [
            {"label": date_format(reading.date, "F Y"), "value": reading.plain_value}
            for reading in self.readings
        ]

    @property
    def plain_target(self) -> int | float | None:
        return None if self.target is None else plain_number(self.target)

    @property
    def plain_baseline(self) -> int | float | None:
        return None if self.baseline is None else plain_number(self.baseline)


class DatedValue(models.Model):
    """What was counted on a day: a fact, which all languages share. ``indicator``: of what."""

    indicator: Any

    date = models.DateField(_("relevée le"))
    value = models.DecimalField(_("valeur"), max_digits=12, decimal_places=2)
    comment = models.CharField(_("commentaire"), max_length=160, blank=True)

    class Meta:
        abstract = True
        ordering = ["date"]

    panels = [
        FieldRowPanel([FieldPanel("date"), FieldPanel("value")]),
        FieldPanel("comment"),
    ]

    def __str__(self) -> str:
        return f"{self.date} : {self.value}"

    def clean(self) -> None:
        super().clean()
        try:
            indicator = self.indicator
        except ObjectDoesNotExist:  # its form was not valid
            return
        if not indicator.accepts(self.value):
            raise ValidationError({"value": OUT_OF_PERCENT})

    @property
    def plain_value(self) -> int | float:
        return plain_number(self.value)


class Indicator(MeasuredIndicator, TranslatableMixin, ClusterableModel, Orderable):
    """What an action measures: from where, to where, by when, and the values met."""

    personal_fields = ()

    page = ParentalKey("actions.ActionPage", on_delete=models.CASCADE, related_name="indicators")

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("indicateur")
        verbose_name_plural = _("indicateurs")

    panels = [
        FieldRowPanel([FieldPanel("label"), FieldPanel("unit")]),
        FieldRowPanel([FieldPanel("baseline"), FieldPanel("target"), FieldPanel("target_on")]),
        FieldRowPanel([FieldPanel("direction"), FieldPanel("source")]),
        InlinePanel("values", heading=_("Valeurs relevées"), label=_("Valeur")),
    ]
    override_translatable_fields = [
        TranslatableField("label"),
        TranslatedFact("unit"),
        TranslatableField("source"),
        *(
            SynchronizedField(name, overridable=False)
            for name in ("baseline", "target", "target_on", "direction", "values")
        ),
    ]


class IndicatorValue(DatedValue):
    """What was counted on a day: a fact, which all languages share.

    Not translatable: Wagtail leaves grandchildren of a page in the language of the source
    when it copies it (wagtail #14425), which breaks the uniqueness of translations.
    """

    personal_fields = ()

    indicator = ParentalKey(Indicator, on_delete=models.CASCADE, related_name="values")

    class Meta(DatedValue.Meta):
        verbose_name = _("valeur relevée")
        verbose_name_plural = _("valeurs relevées")
