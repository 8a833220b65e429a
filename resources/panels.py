"""Tabs of the editing screen of an entry."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import ObjectList, TabbedInterface


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
