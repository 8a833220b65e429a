"""Blocks about pages of the portal: a news item, an action, entries, dates, a button."""

import copy
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.models import Page

from newsletter.page_refs import (
    PageReference,
    ReadablePages,
    action_reference,
    entry_reference,
    event_reference,
    news_reference,
    whole_rows,
)
from portal.blocks import LinkBlock

__all__ = ["ActionBlock", "ButtonBlock", "EntriesBlock", "EventsBlock", "NewsBlock"]

_ONLY_PUBLISHED = _("Une page qui n’est pas publiée n’est pas montrée.")


class LinkedPageBlock(blocks.PageChooserBlock):
    """A page that a block is about; those of a whole letter are read in one query a type."""

    def bulk_to_python(self, values: Iterable[Any]) -> list[Page | None]:
        wanted = list(values)
        found = whole_rows(self.model_class).in_bulk([pk for pk in wanted if pk])
        # One chosen twice is two objects, as Wagtail has it.
        return [copy.copy(found[pk]) if pk in found else None for pk in wanted]

    def latest(self) -> Page | None:
        """A page to show in the list of blocks."""
        rows = whole_rows(self.model_class).filter(live=True)
        return rows.order_by("-last_published_at", "pk").first()


class PagesBlock(blocks.StructBlock):
    """A block about pages: its templates get ``items``, what they say of those one can open.

    ``readable`` comes from the letter, which asks once for all its blocks.
    """

    def pages_of(self, value: Any) -> list[Page | None]:
        raise NotImplementedError

    def tell(self, value: Any, readable: ReadablePages) -> list[PageReference]:
        raise NotImplementedError

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        readable = context.get("readable") or ReadablePages(self.pages_of(value))
        return context | {"items": self.tell(value, readable)}


class PageBlock(PagesBlock):
    """A block about one page."""

    def pages_of(self, value: Any) -> list[Page | None]:
        return [value.get("page")]

    def tell(self, value: Any, readable: ReadablePages) -> list[PageReference]:
        page = readable.get(value.get("page"))
        return [self.tell_page(page, value)] if page else []

    def tell_page(self, page: Page, value: Any) -> PageReference:
        raise NotImplementedError

    def get_preview_value(self) -> Any:
        page = self.child_blocks["page"].latest()
        return self.normalize({**self.meta.preview_value, "page": page})


class NewsBlock(PageBlock):
    page = LinkedPageBlock("newsletter.NewsPage", label=_("Actualité"), help_text=_ONLY_PUBLISHED)
    title = blocks.CharBlock(
        required=False, max_length=120, label=_("Titre"), help_text=_("Vide : celui de la page.")
    )
    text = blocks.TextBlock(
        required=False, max_length=500, label=_("Texte"), help_text=_("Vide : le résumé.")
    )

    def tell_page(self, page: Page, value: Any) -> PageReference:
        return news_reference(page, value.get("title") or "", value.get("text") or "")

    class Meta:
        icon = "doc-full-inverse"
        label = _("Actualité")
        group = _("Ce qui change")
        template = "blocks/letter/news.html"
        description = _("Une actualité du portail : son titre, quelques mots, et où la lire.")
        preview_value = {"title": "", "text": ""}


class ActionBlock(PageBlock):
    page = LinkedPageBlock("actions.ActionPage", label=_("Action"), help_text=_ONLY_PUBLISHED)
    text = blocks.TextBlock(
        required=False,
        max_length=500,
        label=_("Ce qui a changé"),
        help_text=_("En une ou deux phrases. Vide : le résumé de l’action."),
    )
    state = blocks.CharBlock(
        required=False,
        max_length=60,
        label=_("État"),
        help_text=_(
            "Ce que la lettre en dit pour toujours : « En cours ». Vide : l’état que la fiche a "
            "au moment où on lit."
        ),
    )

    def tell_page(self, page: Page, value: Any) -> PageReference:
        return action_reference(page, value.get("text") or "", value.get("state") or "")

    class Meta:
        icon = "tasks"
        label = _("Avancement d’une action")
        group = _("Ce qui change")
        template = "blocks/letter/action.html"
        description = _("Une action du PTSM : ce qui a changé, et où elle en est.")
        preview_value = {"text": "La charte est signée par les bailleurs.", "state": ""}


class EntryBlock(blocks.StructBlock):
    page = LinkedPageBlock(
        "resources.ResourcePage", label=_("Fiche de l’annuaire"), help_text=_ONLY_PUBLISHED
    )
    text = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("Ce qui est nouveau"),
        help_text=_("En une phrase : « Ouvre aussi le samedi »."),
    )

    class Meta:
        icon = "list-ul"
        label = _("Fiche")


class EntriesBlock(PagesBlock):
    title = blocks.CharBlock(max_length=100, default="Dans l’annuaire", label=_("Titre"))
    entries = blocks.ListBlock(EntryBlock(), label=_("Fiches"))

    def pages_of(self, value: Any) -> list[Page | None]:
        return [entry.get("page") for entry in value["entries"]]

    def tell(self, value: Any, readable: ReadablePages) -> list[PageReference]:
        return [
            entry_reference(page, entry.get("text") or "")
            for entry in value["entries"]
            if (page := readable.get(entry.get("page")))
        ]

    def get_preview_value(self) -> Any:
        page = self.child_blocks["entries"].child_block.child_blocks["page"].latest()
        return self.normalize(
            {**self.meta.preview_value, "entries": [{"page": page, "text": ""}] if page else []}
        )

    class Meta:
        icon = "list-ul"
        label = _("Fiches de l’annuaire")
        group = _("Ce qui change")
        template = "blocks/letter/entries.html"
        description = _("Des lieux nouveaux, ou dont la fiche a changé.")
        preview_value = {"title": "Dans l’annuaire"}


class EventsBlock(PagesBlock):
    title = blocks.CharBlock(max_length=100, default="Les prochaines dates", label=_("Titre"))
    events = blocks.ListBlock(
        LinkedPageBlock("newsletter.EventPage", label=_("Rendez-vous"), help_text=_ONLY_PUBLISHED),
        label=_("Rendez-vous"),
    )

    def pages_of(self, value: Any) -> list[Page | None]:
        return list(value["events"])

    def tell(self, value: Any, readable: ReadablePages) -> list[PageReference]:
        return [event_reference(page) for one in value["events"] if (page := readable.get(one))]

    def get_preview_value(self) -> Any:
        page = self.child_blocks["events"].child_block.latest()
        return self.normalize({**self.meta.preview_value, "events": [page] if page else []})

    class Meta:
        icon = "calendar-alt"
        label = _("Rendez-vous")
        group = _("Ce qui change")
        template = "blocks/letter/events.html"
        description = _("Des dates de l’agenda, avec le lieu. Plusieurs à la fois.")
        preview_value = {"title": "Les prochaines dates"}


class ButtonBlock(LinkBlock):
    """One thing to do; it leads to a page of the portal, or elsewhere."""

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if (value.get("address") or "").startswith("#"):
            message = _("Écrivez l’adresse entière : un message n’a pas d’autre page.")
            raise blocks.StructBlockValidationError({"address": ValidationError(message)})
        return value

    def pages_of(self, value: Any) -> list[Page | None]:
        return [value.get("page")]

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        readable = context.get("readable") or ReadablePages(self.pages_of(value))
        page = readable.get(value.get("page"))
        address = (page.url if page else value.get("address")) or ""
        label = value.get("label") or (page.title if page else "")
        return context | {"url": address, "text": label}

    class Meta:
        icon = "link"
        label = _("Bouton")
        group = _("Texte et image")
        template = "blocks/letter/button.html"
        description = _("Un seul geste à proposer : lire, venir, répondre.")
        preview_value = {"label": "Ouvrir l’annuaire", "address": "/annuaire/"}
