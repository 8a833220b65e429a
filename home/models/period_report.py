"""« Bilan »: a period, and what the coordination wants to say of it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import RevisionMixin

from portal.base.editor_forms import EditorForm
from portal.text.date_format import format_date

TRANSLATED = False


class PeriodReport(RevisionMixin, models.Model):
    """A period of which the portal writes the report; its figures are computed when it is read.

    The words are the coordination's own: each saving keeps a version, which « Historique » gives
    back.
    """

    unseen_by_readers = True
    personal_fields = ()
    base_form_class = EditorForm

    start = models.DateField(gettext_lazy("du"))
    end = models.DateField(gettext_lazy("au"))
    words = models.TextField(
        gettext_lazy("les mots de la coordination"),
        blank=True,
        help_text=gettext_lazy("Ils ouvrent le bilan. Une ligne vide fait un paragraphe."),
    )
    explanation = models.TextField(
        gettext_lazy("ce qui explique ces chiffres"),
        blank=True,
        help_text=gettext_lazy("À la fin du bilan, après les tableaux."),
    )

    class Meta:
        verbose_name = gettext_lazy("bilan")
        verbose_name_plural = gettext_lazy("bilans")
        ordering = ["-end", "-start"]
        constraints = [
            models.UniqueConstraint(
                fields=["start", "end"],
                name="home_one_report_a_period",
                violation_error_message=gettext_lazy("Cette période a déjà son bilan."),
            )
        ]

    panels = [
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("words"),
        FieldPanel("explanation"),
    ]

    def __str__(self) -> str:
        if (self.start, self.end) == (date(self.start.year, 1, 1), date(self.start.year, 12, 31)):
            return _("Bilan de l’année %(year)s") % {"year": self.start.year}
        days = {"start": format_date(self.start), "end": format_date(self.end)}
        return _("Bilan du %(start)s au %(end)s") % days

    def clean(self) -> None:
        super().clean()
        if self.start and self.end and self.end < self.start:
            raise ValidationError({"end": _("La fin vient avant le début.")})
        if self.start and self.start > timezone.localdate():
            raise ValidationError({"start": _("Cette période n’a pas encore commencé.")})

    @property
    def until(self) -> date:
        """The last day that its figures may tell."""
        return min(self.end, timezone.localdate())
