"""A date of the agenda."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from newsletter.choices import EventAccess
from newsletter.date_format import format_when
from newsletter.json_ld import describe_event
from newsletter.models.related import RelatedPage, pages_to_read_next
from newsletter.querysets import EventQuerySet
from portal.base.choices import Public
from portal.base.fields import CodesField, StreamField
from portal.base.translation_fields import TranslatedFact
from portal.blocks import BODY_BLOCKS
from portal.geo.models import Commune
from search.models import SearchablePage


class EventPage(SearchablePage):
    """Serves whoever wonders « can I go, when, where, and how? »."""

    page_description = _("Un rendez-vous : quand, où, pour qui, comment y participer.")
    parent_page_types = ["newsletter.EventIndexPage"]
    subpage_types: list[str] = []
    search_kind = "EVENEMENT"

    personal_fields = ()

    start = models.DateTimeField(_("début"), help_text=_("Heure de Paris."))
    end = models.DateTimeField(
        _("fin"),
        null=True,
        blank=True,
        help_text=_("Heure de Paris. Laissez vide si elle n’est pas connue."),
    )
    all_day = models.BooleanField(
        _("toute la journée"),
        default=False,
        help_text=_("Les heures ne sont pas montrées ; la fin est le dernier jour."),
    )
    is_cancelled = models.BooleanField(
        _("annulé"),
        default=False,
        help_text=_("La page reste en ligne, avec la mention « Annulé »."),
    )
    cancelled_reason = models.CharField(
        _("pourquoi, et que faire"),
        max_length=280,
        blank=True,
        help_text=_("Par exemple « Salle indisponible. Une nouvelle date sera proposée. »"),
    )

    place = models.CharField(
        _("lieu"), max_length=200, blank=True, help_text=_("Nom de la salle et adresse.")
    )
    commune = models.ForeignKey(
        Commune,
        verbose_name=_("commune"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    online_url = models.URLField(
        _("lien pour suivre à distance"), blank=True, help_text=_("Il sera public.")
    )

    publics = CodesField(_("pour qui"), choices=Public.choices)
    cost = models.CharField(
        _("coût"), max_length=120, blank=True, help_text=_("Par exemple « Gratuit ».")
    )
    registration = models.CharField(
        _("inscription"),
        max_length=280,
        blank=True,
        help_text=_("S’il faut s’inscrire : comment, jusqu’à quand. Sinon « Sans inscription »."),
    )
    registration_url = models.URLField(_("page d’inscription"), blank=True)
    access = CodesField(_("pour que chacun puisse venir"), choices=EventAccess.choices)
    access_details = models.CharField(
        _("précisions sur l’accès"),
        max_length=280,
        blank=True,
        help_text=_("À qui demander un aménagement, avant quelle date, comment venir en bus…"),
    )

    organiser = models.CharField(
        _("organisé par"),
        max_length=160,
        blank=True,
        help_text=_("Le nom d’une structure, jamais celui d’une personne."),
    )
    organiser_entry = models.ForeignKey(
        "resources.ResourcePage",
        verbose_name=_("ou une fiche de l’annuaire"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("texte"))

    objects = PageManager.from_queryset(EventQuerySet)()

    class Meta:
        verbose_name = _("événement")
        verbose_name_plural = _("événements")

    content_panels = [
        *SearchablePage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("start"), FieldPanel("end")]), FieldPanel("all_day")],
            heading=_("Quand"),
        ),
        MultiFieldPanel(
            [FieldPanel("place"), FieldPanel("commune"), FieldPanel("online_url")],
            heading=_("Où"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("publics"),
                FieldPanel("cost"),
                FieldPanel("registration"),
                FieldPanel("registration_url"),
                FieldPanel("access"),
                FieldPanel("access_details"),
            ],
            heading=_("Participer"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("organiser"), FieldPanel("organiser_entry")], heading=_("Qui organise")
        ),
        InlinePanel("related_pages", label=_("page liée"), heading=_("Pour aller plus loin")),
        MultiFieldPanel(
            [FieldPanel("is_cancelled"), FieldPanel("cancelled_reason")], heading=_("Annulation")
        ),
    ]

    search_fields = [
        *SearchablePage.search_fields,
        index.SearchField("body"),
        index.SearchField("place"),
        index.FilterField("start"),
        index.FilterField("end"),
        index.FilterField("all_day"),
        index.FilterField("is_cancelled"),
    ]

    override_translatable_fields = [
        *SearchablePage.override_translatable_fields,
        TranslatedFact("cancelled_reason"),
        TranslatedFact("cost"),
        TranslatedFact("registration"),
        TranslatedFact("access_details"),
        TranslatableField("body"),
        SynchronizedField("start", overridable=False),
        SynchronizedField("end", overridable=False),
        SynchronizedField("all_day", overridable=False),
        SynchronizedField("is_cancelled", overridable=False),
        SynchronizedField("place", overridable=False),
        SynchronizedField("commune", overridable=False),
        SynchronizedField("online_url", overridable=False),
        SynchronizedField("publics", overridable=False),
        SynchronizedField("registration_url", overridable=False),
        SynchronizedField("access", overridable=False),
        SynchronizedField("organiser", overridable=False),
        SynchronizedField("organiser_entry", overridable=False),
        SynchronizedField("related_pages", overridable=False),
    ]

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.start and self.end and self.end < self.start:
            errors["end"] = _("La fin vient avant le début : vérifiez les deux dates.")
        if self.is_cancelled and not self.cancelled_reason.strip():
            errors["cancelled_reason"] = _("Dites pourquoi c’est annulé, et ce qu’on peut faire.")
        if errors:
            raise ValidationError(errors)

    @property
    def first_day(self) -> date:
        return timezone.localtime(self.start).date()

    @property
    def last_day(self) -> date:
        return timezone.localtime(self.end or self.start).date()

    @property
    def when(self) -> str:
        """« mardi 1er décembre 2026, de 14 h à 16 h »."""
        return format_when(self.start, self.end, self.all_day)

    @property
    def where(self) -> str:
        """« Salle des fêtes, Aubagne », or nothing when it is held online only."""
        commune = self.commune.name if self.commune else ""
        if commune and commune in self.place:
            return self.place
        return ", ".join(filter(None, [self.place, commune]))

    @property
    def line(self) -> str:
        """Date, place and cost: what a list says of an event."""
        place = self.where or (_("à distance") if self.online_url else "")
        return ", ".join(str(part) for part in (self.when, place, self.cost) if part)

    @property
    def is_on_site(self) -> bool:
        return bool(self.place or self.commune_id)

    @property
    def is_over(self) -> bool:
        now = timezone.now()
        if self.end and not self.all_day:
            return self.end <= now
        return self.last_day < timezone.localdate(now)

    @property
    def organiser_name(self) -> str:
        return self.organiser_entry.title if self.organiser_entry else self.organiser

    @property
    def public_words(self) -> list[str]:
        return self._meta.get_field("publics").labels(self.publics)

    @property
    def access_words(self) -> list[str]:
        return self._meta.get_field("access").labels(self.access)

    @cached_property
    def read_next(self) -> list[Page]:
        return pages_to_read_next(self)

    def structured_data(self) -> list[dict[str, Any]]:
        return [describe_event(self)]


class EventRelatedPage(RelatedPage):
    personal_fields = ()

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="related_pages")

    class Meta(RelatedPage.Meta):
        verbose_name = _("page liée")
        verbose_name_plural = _("pages liées")
