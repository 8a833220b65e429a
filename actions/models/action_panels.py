"""The editor's screen of an action sheet, in the order one tells an action."""

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

STORY = [
    FieldRowPanel([FieldPanel("reference"), FieldPanel("priority")]),
    FieldPanel("dimensions"),
    FieldPanel("why"),
    FieldPanel("objectives"),
    FieldPanel("recommendations", widget=CheckboxSelectMultiple),
]
PEOPLE = [
    FieldPanel("publics"),
    MultiFieldPanel(
        [FieldPanel("whole_department"), FieldPanel("territories", widget=CheckboxSelectMultiple)],
        heading=_("Où"),
    ),
    InlinePanel("partners", heading=_("Pilotes et partenaires"), label=_("Pilote ou partenaire")),
    InlinePanel("funders", heading=_("Financeurs"), label=_("Financeur")),
    MultiFieldPanel(
        [FieldPanel("participation"), FieldPanel("participation_text")],
        heading=_("Place des personnes concernées et des proches"),
    ),
    InlinePanel(
        "linked_resources",
        heading=_("Ce que cette action change près de chez vous"),
        label=_("Lieu concerné"),
    ),
    FieldPanel("contact_email"),
]
CALENDAR = [
    MultiFieldPanel(
        [FieldPanel("status"), FieldPanel("status_reason")],
        heading=_("État"),
        help_text=_("Le retard se calcule seul, avec les dates."),
    ),
    FieldRowPanel(
        [FieldPanel("start"), FieldPanel("planned_end"), FieldPanel("actual_end")],
        heading=_("Dates"),
    ),
    InlinePanel("steps", heading=_("Étapes"), label=_("Étape")),
    FieldPanel("review_on"),
    InlinePanel(
        "notes",
        heading=_("Journal"),
        label=_("Note"),
        help_text=_("Une note n’est publique que si la case « publique » est cochée."),
    ),
]
MEASURE = [
    InlinePanel("indicators", heading=_("Indicateurs"), label=_("Indicateur")),
    InlinePanel("documents", heading=_("Documents"), label=_("Document")),
    MultiFieldPanel([FieldPanel("source"), FieldPanel("is_example")], heading=_("D’où cela vient")),
]
