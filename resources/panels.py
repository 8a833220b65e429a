"""Panels and tabs of the editing screen of an entry."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)

IDENTITY = [
    FieldPanel("acronym"),
    FieldPanel("operator"),
    PageChooserPanel("parent_structure", "resources.ResourcePage"),
    FieldRowPanel([FieldPanel("is_emergency"), FieldPanel("is_ptsm_partner")]),
]
TEXT = [
    FieldPanel("description"),
    InlinePanel("services", heading=_("Services"), label=_("Service")),
]
COVERAGE = [
    MultiFieldPanel(
        [
            FieldPanel("covers_department"),
            FieldPanel("coverage_territories", widget=forms.CheckboxSelectMultiple),
            FieldPanel("coverage_communes"),
        ],
        heading=_("Zone couverte"),
        help_text=_("Pour un service qui se déplace, ou réservé à certaines communes."),
    )
]


def entry_tabs(model: Any) -> TabbedInterface:
    """Tabs for a page model: what it is, how to reach it, whether to believe it."""
    return TabbedInterface(
        [
            ObjectList(model.content_panels, heading=_("Fiche")),
            ObjectList(
                [
                    *model.contact_panels,
                    *model.hours_panels,
                    *model.place_panels,
                    *model.coverage_panels,
                ],
                heading=_("Contact, horaires, adresse"),
            ),
            ObjectList(model.trust_panels, heading=_("Vérification")),
            ObjectList(model.promote_panels, heading=_("Référencement")),
            ObjectList(model.settings_panels, heading=_("Publication")),
        ]
    )
