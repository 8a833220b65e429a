"""The base page, parent of every page type."""

import uuid
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction, Revision
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.base.editor_forms import BasePageForm, PageCopyForm
from portal.base.navigation import HOME_DEPTH, LanguageLink, language_links, site_root_paths
from portal.base.publication import find_placeholders
from portal.base.querysets import with_menu_title
from portal.base.translation_fields import TranslatedFact
from portal.cache.held import copy_of, held
from portal.images.alt_text import alt_text_problem


class BasePage(Page):
    """Abstract parent of every page: how it is summed up, illustrated, dated and shared.

    A child builds its panels from the named pieces below rather than copying them::

        content_panels = [*BasePage.content_panels, FieldPanel("body")]
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    short_title = models.CharField(
        _("titre court"),
        max_length=40,
        blank=True,
        help_text=_("Pour le menu et le fil d’Ariane, quand le titre est long."),
    )
    summary = models.CharField(
        _("résumé"),
        max_length=280,
        blank=True,
        help_text=_(
            "Une ou deux phrases simples. Elles paraissent sous le titre, dans les listes, "
            "dans les moteurs de recherche et quand la page est partagée."
        ),
    )
    listing_image = models.ForeignKey(
        "images.CustomImage",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Elle paraît dans les listes et quand la page est partagée."),
    )
    listing_image_alt = models.CharField(
        _("texte de remplacement de l’image"),
        max_length=160,
        blank=True,
        help_text=_("Ce que l’image apprend à quelqu’un qui ne la voit pas."),
    )
    listing_image_is_decorative = models.BooleanField(
        _("image décorative"),
        default=False,
        help_text=_("L’image n’apprend rien : les lecteurs d’écran la passent."),
    )
    content_updated_on = models.DateField(
        _("dernière mise à jour du contenu"),
        null=True,
        blank=True,
        help_text=_("Laissez vide : la date de la dernière publication est montrée."),
    )
    owner_role = models.CharField(
        _("rôle responsable"),
        max_length=120,
        blank=True,
        help_text=_("Un rôle, jamais un nom : par exemple « chef de projet du PTSM »."),
    )

    class Meta:
        abstract = True

    exclude_fields_in_copy = ["uuid"]

    _summary_panel = FieldPanel("summary")
    _listing_panel = MultiFieldPanel(
        [
            FieldPanel("listing_image"),
            FieldPanel("listing_image_alt"),
            FieldPanel("listing_image_is_decorative"),
        ],
        heading=_("Image de la page"),
    )
    _care_panel = MultiFieldPanel(
        [FieldPanel("content_updated_on"), FieldPanel("owner_role")],
        heading=_("Suivi de la page"),
    )

    base_form_class = BasePageForm
    copy_form_class = PageCopyForm

    content_panels = [*Page.content_panels, _summary_panel]
    promote_panels = [FieldPanel("short_title"), *Page.promote_panels, _listing_panel]
    settings_panels = [*Page.settings_panels, _care_panel]

    search_fields = [*Page.search_fields, index.SearchField("summary", boost=2)]

    # Words are translated, facts are shared by all languages: portal.base.translation_fields.
    override_translatable_fields = [
        TranslatableField("short_title"),
        TranslatableField("summary"),
        TranslatedFact("listing_image_alt"),
        TranslatableField("owner_role"),
        SynchronizedField("listing_image", overridable=False),
        SynchronizedField("listing_image_is_decorative", overridable=False),
        SynchronizedField("content_updated_on", overridable=False),
    ]

    def clean(self) -> None:
        super().clean()
        if self.listing_image_id and not self.listing_image_is_decorative:
            problem = alt_text_problem(self.listing_image_alt, self.listing_image)
            if problem:
                raise ValidationError({"listing_image_alt": problem})

    def publication_problems(self) -> dict[str, str]:
        """What keeps this version from being published: field, sentence. A child may add its own.

        A draft may be anything: nobody reads it.
        """
        return find_placeholders(self)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if self._state.adding and self.alias_of_id:
            self.uuid = uuid.uuid4()  # Wagtail gives an alias every field of its source
        return super().save(*args, **kwargs)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Publish a revision by any road (form, schedule, approval, batch), or refuse it.

        What follows from it is in one transaction; its text, which never changes, is read before.
        """
        if problems := revision.as_object().publication_problems():
            raise ValidationError(list(problems.values()))
        with transaction.atomic():
            return super().publish(revision, *args, **kwargs)

    @transaction.atomic
    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        return super().unpublish(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Page:
        """The page with the content of a revision, or of its source; it stays itself."""
        page = super().with_content_json(content)
        page.uuid = self.uuid
        return page

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page of an address at once, where Wagtail asks twice for each level.

        When no page has the whole address, the nearest one above it may know what follows.
        """
        asked = "/".join(path_components)
        found = held(f"route:{self.path}:{asked}", lambda: self._find_below(path_components))
        if found is None:
            return super().route(request, path_components)
        length = len(found.url_path[len(self.url_path) :].strip("/").split("/"))
        return copy_of(found).route(request, path_components[length:])

    def _find_below(self, path_components: list[str]) -> Page | None:
        """The page of this address, or the nearest above it; None when it is this one."""
        lengths = range(len(path_components), 0, -1)
        paths = [f"{self.url_path}{'/'.join(path_components[:n])}/" for n in lengths]
        pages = Page.objects.descendant_of(self).filter(url_path__in=paths)
        page = pages.order_by("-depth").first() if paths else None
        if page is None:
            return None
        kind = page.specific_class
        return kind.read(page) if issubclass(kind or Page, BasePage) else page.specific

    @classmethod
    def read(cls, page: Page) -> Page:
        """The specific page of a bare row; a child may prefetch what it shows in the same query."""
        return page.specific

    def _get_site_root_paths(self, cache_object: Any = None) -> Any:
        """What each address of a page is made from: Wagtail would ask a cache for each of them.

        ``wagtail.contrib.redirects`` reads them from ``cache_object`` when an address changes.
        """
        paths = site_root_paths()
        if cache_object is not None:
            cache_object._wagtail_cached_site_root_paths = paths
        return paths

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["structured_data"] = [*self.structured_data(), self.breadcrumb_data()]
        return context

    @cached_property
    def updated_on(self) -> date:
        """The date of « dernière mise à jour »."""
        if self.content_updated_on:
            return self.content_updated_on
        moment = self.last_published_at or self.latest_revision_created_at or timezone.now()
        return timezone.localdate(moment)

    @cached_property
    def ancestors_in_site(self) -> list[Page]:
        """The ancestors of this page from the home page down, for the breadcrumb."""
        if self.depth and self.depth <= HOME_DEPTH:
            return []
        ancestors = self.get_ancestors().filter(depth__gte=HOME_DEPTH).order_by("depth")
        above = self.path[: -self.steplen]
        return held(f"ancestors:{above}", lambda: list(with_menu_title(ancestors)))

    @property
    def lineage(self) -> list[Page]:
        """The breadcrumb of what this page answers below its own address."""
        return [*self.ancestors_in_site, self]

    def breadcrumb_data(self) -> dict[str, Any]:
        """The breadcrumb as JSON-LD (schema.org)."""
        trail: list[Any] = self.lineage
        return {
            "@context": "https://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": rank,
                    "name": page.menu_title,
                    "item": page.full_url,
                }
                for rank, page in enumerate(trail, start=1)
            ],
        }

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Who may read the page: Wagtail's answer, in one query instead of two.

        An alias is restricted as the page that it repeats.
        """
        if not held("is-restricted", PageViewRestriction.objects.exists):
            return PageViewRestriction.objects.none()
        step = Page.steplen
        lineage = [self.path[:end] for end in range(step, len(self.path) + 1, step)]
        return PageViewRestriction.objects.filter(
            Q(page__path__in=lineage, page__alias_of=None)
            | Q(page__aliases__path__in=lineage)
            | Q(page__aliases__aliases__path__in=lineage)
        ).distinct()

    def structured_data(self) -> list[dict[str, Any]]:
        """JSON-LD of the page (schema.org objects); empty unless a child overrides it."""
        return []

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """The languages in which this page can be read; none when there is one only."""
        return held(f"languages:{self.pk}", lambda: language_links(self)) if self.pk else []

    @property
    def menu_title(self) -> str:
        return self.short_title or self.title

    @cached_property
    def home(self) -> Page:
        """The home page of this page's language."""
        return self.ancestors_in_site[0] if self.depth > HOME_DEPTH else self
