"""An issue of the letter: a page, and the source of the message sent by e-mail."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from newsletter.blocks import ISSUE_BLOCKS, pages_in
from newsletter.models.topic import Topic
from newsletter.page_refs import ReadablePages
from newsletter.panels import WeightPanel, preview_message
from newsletter.querysets import IssueQuerySet
from portal.base.fields import StreamField
from portal.base.navigation import language_of
from portal.base.publication import holds_words
from portal.geo.models import Territory
from portal.text.date_format import format_date
from search.contracts import SearchDocument
from search.models import SearchablePage

PAGE, MAIL, TEXT = "", "courriel", "texte"
_EASY_LANGUAGE = "fr-simple"
_NUMBER_TAKEN = _("Ce numéro existe déjà : prenez le suivant.")


class IssuePage(SearchablePage):
    """Serves whoever follows the PTSM: what has changed, read here or in one's mailbox."""

    page_description = _("Un numéro de la lettre : écrit une fois, lu ici et par e-mail.")
    parent_page_types = ["newsletter.LetterIndexPage"]
    subpage_types: list[str] = []
    search_kind = "NEWSLETTER"
    search_words = "lettre d’information newsletter"

    personal_fields = ()

    number = models.PositiveIntegerField(_("numéro"))
    date = models.DateField(
        _("date"), default=timezone.localdate, help_text=_("Seuls le mois et l’année sont montrés.")
    )
    preheader = models.CharField(
        _("après l’objet du message"),
        max_length=140,
        blank=True,
        help_text=_("La ligne que la messagerie montre à côté de l’objet. Vide : le résumé."),
    )
    body = StreamField(ISSUE_BLOCKS, blank=True, verbose_name=_("contenu"))
    topics = ParentalManyToManyField(
        Topic,
        verbose_name=_("pour qui"),
        blank=True,
        related_name="+",
        help_text=_("Aucun sujet coché : la lettre part à tout le monde."),
    )
    territories = ParentalManyToManyField(
        Territory,
        verbose_name=_("territoires"),
        blank=True,
        related_name="+",
        help_text=_("Aucun territoire coché : tout le département."),
    )

    objects = PageManager.from_queryset(IssueQuerySet)()

    class Meta:
        verbose_name = _("numéro de la lettre")
        verbose_name_plural = _("numéros de la lettre")

    content_panels = [
        *SearchablePage.content_panels,
        FieldRowPanel([FieldPanel("number"), FieldPanel("date")]),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("preheader"),
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                FieldPanel("territories", widget=forms.CheckboxSelectMultiple),
                WeightPanel(),
            ],
            heading=_("L’envoi par e-mail"),
        ),
    ]

    search_fields = [
        *SearchablePage.search_fields,
        index.SearchField("body"),
        index.FilterField("date"),
        index.FilterField("number"),
    ]

    override_translatable_fields = [
        *SearchablePage.override_translatable_fields,
        TranslatableField("preheader"),
        TranslatableField("body"),
        SynchronizedField("number", overridable=False),
        SynchronizedField("date", overridable=False),
        SynchronizedField("topics", overridable=False),
        SynchronizedField("territories", overridable=False),
    ]

    def publication_problems(self) -> dict[str, str]:
        """A number is published once in each language; a draft or a copy takes none."""
        problems = super().publication_problems()
        if self._is_number_taken():
            problems["number"] = str(_NUMBER_TAKEN)
        if self.is_empty:
            problems["body"] = str(_("Cette lettre est vide : ajoutez au moins une partie."))
        return problems

    def clean(self) -> None:
        super().clean()
        if self.live and self._is_number_taken():
            raise ValidationError({"number": _NUMBER_TAKEN})

    def _is_number_taken(self) -> bool:
        same = IssuePage.objects.live().filter(number=self.number, locale_id=self.locale_id)
        return bool(self.number) and same.exclude(pk=self.pk).exists()

    @property
    def is_empty(self) -> bool:
        """Whether nobody wrote anything in it: neither words, nor a picture, nor a page."""
        return not holds_words(self.body.stream_block.get_prep_value(self.body))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        beside = IssuePage.objects.listed_under(self.letter).beside(self.number)
        return context | {
            "readable": self.readable,
            "letter": self.letter,
            "previous": next((one for one in beside if one.number < self.number), None),
            "next": next((one for one in beside if one.number > self.number), None),
        }

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [(PAGE, _("Page")), (MAIL, _("Courriel")), (TEXT, _("Courriel, texte seul"))]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page, or either part of the message, from what is being written."""
        if mode_name in (MAIL, TEXT):
            return preview_message(request, self, as_text=mode_name == TEXT)
        return super().serve_preview(request, mode_name)

    @cached_property
    def letter(self) -> Page:
        """The page of the letter, above every issue."""
        return self.ancestors_in_site[-1]

    @property
    def is_easy(self) -> bool:
        """Whether the page wears the easy-to-read layout."""
        return language_of(self) == _EASY_LANGUAGE

    @property
    def menu_title(self) -> str:
        return self.short_title or str(_("Lettre n° %(number)s") % {"number": self.number})

    @property
    def month(self) -> str:
        """« novembre 2026 »."""
        return format_date(self.date, "F Y")

    @property
    def over(self) -> str:
        """« La lettre du PTSM, n° 12 · novembre 2026 »."""
        facts = {"letter": self.letter.title, "number": self.number, "month": self.month}
        return str(_("%(letter)s, n° %(number)s · %(month)s") % facts)

    @property
    def words_beside_subject(self) -> str:
        return self.preheader or self.summary

    @property
    def readable(self) -> ReadablePages:
        """What its blocks may show of the pages they lead to, in the language of the moment."""
        return ReadablePages(pages_in(self.body))

    def structured_data(self) -> list[dict[str, Any]]:
        issue = {
            "@context": "https://schema.org",
            "@type": "PublicationIssue",
            "name": self.title,
            "issueNumber": self.number,
            "datePublished": self.date.isoformat(),
            "url": self.full_url,
        }
        if self.summary:
            issue["description"] = self.summary
        return [issue]

    def to_search_document(self) -> SearchDocument:
        document = super().to_search_document()
        words = f"{document.kind_words} numéro {self.number} {self.month}"
        return replace(document, kind_words=words)
