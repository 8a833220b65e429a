"""A page for each need: the road from « I am not well » to somebody who answers."""

from dataclasses import replace
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home.blocks.needs import DOORS_BLOCKS, MORE_BLOCKS, NOW_BLOCKS, SAY_BLOCKS
from home.choices import NeedDanger
from home.models.proofreading import ProofreadPage
from home.needs.danger import DangerSign, danger_sign
from home.needs.finder import DoorFinder
from home.needs.numbers import FirstNumber, LineBook, first_number
from portal.base.fields import StreamField
from portal.base.offline_copies import NONE, PAGE, allow_offline_copy
from portal.crisis.models import HelpLine
from portal.crisis.needs import Need, NeedLink
from search.contracts import SearchDocument
from search.models import SearchablePage


class NeedPage(ProofreadPage, SearchablePage):
    """Serves somebody who lives through something and does not know whom to ask.

    Always in the same order: the situation, one number, the danger, what to do now, the doors of
    the commune, what to say on the phone, then more. Numbers are read from the help lines and
    places from the directory: nothing that could go stale is typed here, and nothing of the reader
    is kept.
    """

    personal_fields = ()
    #: Where « Quitter vite » leads: a site that anybody may be reading.
    quick_exit_url = "https://meteofrance.com/"
    page_description = _(
        "Une page pour un besoin : un numéro, quoi faire, où aller près de chez soi, quoi dire."
    )
    parent_page_types = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    need = models.CharField(
        _("besoin"),
        max_length=30,
        choices=Need,
        blank=True,
        help_text=_(
            "L’accueil, les blocs de danger et la recherche mènent à la page de ce besoin. Une "
            "seule page par besoin ; sans besoin, la page n’est atteinte que par des liens."
        ),
    )
    phrases = models.TextField(
        _("mots pour trouver la page"),
        blank=True,
        max_length=2000,
        help_text=_("Une phrase par ligne, comme les gens l’écrivent : « mon frère va mal »."),
    )
    line_title = models.CharField(
        _("au-dessus du numéro"),
        max_length=80,
        default=_("Parler avec quelqu’un"),
        help_text=_("Trois à cinq mots : « Parler avec quelqu’un qui connaît »."),
    )
    line = models.ForeignKey(
        HelpLine,
        verbose_name=_("le numéro à appeler d’abord"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Un seul. Ses chiffres et ses horaires viennent des numéros d’aide."),
    )
    second_line = models.ForeignKey(
        HelpLine,
        verbose_name=_("le numéro quand le premier est fermé"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Choisissez-en un qui répond jour et nuit."),
    )
    danger = models.CharField(
        _("danger"),
        max_length=20,
        choices=NeedDanger,
        default=NeedDanger.SUICIDE,
        help_text=_("Ce qui est écrit en rouge, sous le numéro."),
    )
    danger_words = models.CharField(
        _("quand appeler, en rouge"),
        max_length=80,
        default=_("Vous pensez à mourir"),
        help_text=_("Le numéro suit tout seul : « Il ou elle parle de mourir »."),
    )
    now = StreamField(
        NOW_BLOCKS,
        blank=True,
        verbose_name=_("ce qu’on peut faire maintenant"),
        help_text=_("N’y écrivez aucun numéro : prenez « Autres numéros »."),
    )
    doors = StreamField(
        DOORS_BLOCKS,
        blank=True,
        max_num=1,
        verbose_name=_("près de chez la personne"),
    )
    say = StreamField(SAY_BLOCKS, blank=True, max_num=1, verbose_name=_("quoi dire au téléphone"))
    more = StreamField(MORE_BLOCKS, blank=True, verbose_name=_("pour aller plus loin"))
    has_quick_exit = models.BooleanField(
        _("bouton « Quitter vite »"),
        default=False,
        help_text=_(
            "Pour une page qu’il peut être dangereux de lire chez soi : violences. La page dit "
            "aussi ce que ce bouton n’efface pas, et les navigateurs ne la gardent pas."
        ),
    )

    class Meta:
        verbose_name = _("page d’un besoin")
        verbose_name_plural = _("pages des besoins")

    content_panels = [
        *SearchablePage.content_panels,
        FieldPanel("need"),
        MultiFieldPanel(
            [
                FieldPanel("line_title"),
                FieldRowPanel([FieldPanel("line"), FieldPanel("second_line")]),
                FieldRowPanel([FieldPanel("danger"), FieldPanel("danger_words")]),
            ],
            heading=_("Qui appeler"),
        ),
        FieldPanel("now"),
        FieldPanel("doors"),
        FieldPanel("say"),
        FieldPanel("more"),
        MultiFieldPanel(
            [ProofreadPage.proofreading_panel],
            heading=_("Relecture"),
        ),
    ]
    promote_panels = [*SearchablePage.promote_panels, FieldPanel("phrases")]
    settings_panels = [*SearchablePage.settings_panels, FieldPanel("has_quick_exit")]

    override_translatable_fields = [
        *SearchablePage.override_translatable_fields,
        SynchronizedField("need", overridable=False),
        TranslatableField("phrases"),
        TranslatableField("line_title"),
        SynchronizedField("line", overridable=False),
        SynchronizedField("second_line", overridable=False),
        SynchronizedField("danger", overridable=False),
        TranslatableField("danger_words"),
        TranslatableField("now"),
        TranslatableField("doors"),
        TranslatableField("say"),
        TranslatableField("more"),
        SynchronizedField("has_quick_exit", overridable=False),
        *ProofreadPage.proofreading_fields,
    ]

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        try:
            super().clean()
        except ValidationError as mistake:
            mistake.update_error_dict(errors)
        if other := self._other_page_of_need():
            errors["need"] = _("La page « %(title)s » répond déjà à ce besoin.") % {
                "title": other.title
            }
        if errors:
            raise ValidationError(errors)

    def _other_page_of_need(self) -> "NeedPage | None":
        if not self.need or not self.locale_id:
            return None
        pages = NeedPage.objects.filter(need=self.need, locale_id=self.locale_id, alias_of=None)
        return pages.exclude(pk=self.pk).first()

    @classmethod
    def links(cls, locale_id: int) -> dict[str, NeedLink]:
        """The published pages of a language by need: see ``portal.crisis.needs``."""
        pages: QuerySet[NeedPage] = cls.objects.live().public().exclude(need="")
        mine = pages.filter(locale_id=locale_id, alias_of=None).order_by("-path")
        return {page.need: NeedLink(page.menu_title, page.url or "", page.summary) for page in mine}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> TemplateResponse:
        """What was typed, and a page that may be dangerous to have read, stay in no cache."""
        response = super().serve(request, *args, **kwargs)
        if self.has_quick_exit or request.GET:
            add_never_cache_headers(response)
        allow_offline_copy(request, response, NONE if self.has_quick_exit else PAGE)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"finder": self.finder(request)}

    def finder(self, request: HttpRequest) -> DoorFinder:
        """The doors for the commune of ``?ou=``."""
        wanted = next((block.value for block in self.doors), {})
        return DoorFinder(
            list(wanted.get("types", [])), wanted.get("age"), self.locale_id, request.GET
        )

    @property
    def doors_text(self) -> str:
        return next((block.value.get("text") or "" for block in self.doors), "")

    @cached_property
    def line_book(self) -> LineBook:
        return LineBook(self.locale_id)

    @cached_property
    def first_number(self) -> FirstNumber | None:
        return first_number(self.line_book, (self.line_id, self.second_line_id))

    @property
    def danger_sign(self) -> DangerSign:
        first = self.first_number
        said = first.called.line.number if first else ""
        return danger_sign(self.danger, self.danger_words, said)

    def to_search_document(self) -> SearchDocument:
        """The phrases count as what the page is: people write them, and the page shows them not."""
        document = super().to_search_document()
        words = " ".join([document.kind_words, *self.phrases.split("\n")])
        return replace(document, kind_words=words)
