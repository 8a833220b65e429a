"""What is measured of the project itself, or of one territory."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from actions.indicator_forms import ProjectIndicatorForm
from actions.models.indicator import DatedValue, MeasuredIndicator


class ProjectIndicator(MeasuredIndicator, ClusterableModel):
    """An indicator of no action: waiting time, non-scheduled beds, places… with its source.

    Internal until somebody says that readers see it. In French, as its source.
    """

    personal_fields = ()
    base_form_class = ProjectIndicatorForm

    territory = models.ForeignKey(
        "geo.Territory",
        verbose_name=_("territoire"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="project_indicators",
        help_text=_("Vide : tout le département."),
    )
    is_public = models.BooleanField(
        _("le public peut le lire"),
        default=False,
        help_text=_("Sur la page du PTSM, ou sur celle du territoire, quand il a une valeur."),
    )
    order = models.PositiveSmallIntegerField(_("ordre"), default=0)

    class Meta:
        verbose_name = _("indicateur du projet")
        verbose_name_plural = _("indicateurs du projet")
        ordering = ["order", "label", "pk"]

    panels = [
        FieldRowPanel([FieldPanel("label"), FieldPanel("unit")]),
        FieldPanel("territory"),
        FieldRowPanel([FieldPanel("baseline"), FieldPanel("target"), FieldPanel("target_on")]),
        FieldRowPanel([FieldPanel("direction"), FieldPanel("source")]),
        InlinePanel("values", heading=_("Valeurs relevées"), label=_("Valeur")),
        FieldRowPanel([FieldPanel("is_public"), FieldPanel("order")]),
    ]


class ProjectIndicatorValueQuerySet(models.QuerySet):
    """Sentences about values."""

    def public_of(self, territory_id: int | None) -> Self:
        """Those that readers may see of a territory, None being the whole department."""
        shown = self.filter(indicator__is_public=True, indicator__territory=territory_id)
        return shown.select_related("indicator").order_by(
            "indicator__order", "indicator__label", "indicator", "date"
        )


class ProjectIndicatorValue(DatedValue):
    """What was counted on a day."""

    personal_fields = ()

    indicator = ParentalKey(ProjectIndicator, on_delete=models.CASCADE, related_name="values")

    objects = ProjectIndicatorValueQuerySet.as_manager()

    class Meta(DatedValue.Meta):
        verbose_name = _("valeur de l’indicateur")
        verbose_name_plural = _("valeurs de l’indicateur")


def get_public_indicators(territory_id: int | None) -> list[ProjectIndicator]:
    """The indicators that have a value and that readers may see, with their values: one query."""
    values: Iterable[ProjectIndicatorValue] = ProjectIndicatorValue.objects.public_of(territory_id)
    found: dict[int, ProjectIndicator] = {}
    for value in values:
        indicator = found.setdefault(value.indicator_id, value.indicator)
        indicator.__dict__.setdefault("readings", []).append(value)
    return list(found.values())
