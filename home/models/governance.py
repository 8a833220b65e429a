"""Inline models of the page of the PTSM: bodies, articulations, documents."""

import uuid
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home.blocks import MEMBER_BLOCKS
from home.choices import (
    CONCERNED,
    ArticulationKind,
    DocumentKind,
    GovernanceAim,
    MeetingFrequency,
)
from home.editor_choices import DocumentAccessibility
from portal.base.fields import CodesField, StreamField


class GovernanceBody(TranslatableMixin, Orderable):
    """A group of people who decide, steer, act or speak for the project."""

    personal_fields = ()

    page = ParentalKey("home.PtsmPage", on_delete=models.CASCADE, related_name="bodies")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField(_("nom"), max_length=120)
    aim = models.CharField(
        _("à quoi elle sert"),
        max_length=16,
        choices=GovernanceAim,
        help_text=_("Les quatre buts de l’instruction du 1er décembre 2025."),
    )
    more_aims = CodesField(
        _("à quoi elle sert aussi"),
        choices=GovernanceAim.choices,
        help_text=_("Une même instance peut répondre à plusieurs buts."),
    )
    role = models.TextField(_("ce qu’elle fait"), help_text=_("Une ou deux phrases simples."))
    members = StreamField(MEMBER_BLOCKS, blank=True, verbose_name=_("membres"))
    frequency = models.CharField(
        _("se réunit"), max_length=16, choices=MeetingFrequency, blank=True, default=""
    )
    last_meeting = models.DateField(_("dernière réunion"), null=True, blank=True)
    next_meeting = models.DateField(_("prochaine réunion"), null=True, blank=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("aim"),
        FieldPanel("more_aims"),
        FieldPanel("role"),
        FieldPanel("members"),
        FieldRowPanel(
            [FieldPanel("frequency"), FieldPanel("last_meeting"), FieldPanel("next_meeting")]
        ),
    ]
    override_translatable_fields = [
        TranslatableField("name"),
        TranslatableField("role"),
        TranslatableField("members"),
        SynchronizedField("aim", overridable=False),
        SynchronizedField("more_aims", overridable=False),
        SynchronizedField("frequency", overridable=False),
        SynchronizedField("last_meeting", overridable=False),
        SynchronizedField("next_meeting", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("instance")
        verbose_name_plural = _("instances")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.last_meeting and self.next_meeting and self.next_meeting <= self.last_meeting:
            message = _("La prochaine réunion vient après la dernière.")
            raise ValidationError({"next_meeting": message})

    @property
    def aims(self) -> list[str]:
        """The aims that it serves, its first one first."""
        return list(dict.fromkeys([self.aim, *self.more_aims]))

    @property
    def seats(self) -> tuple[int, int, int] | None:
        """Seats of personnes concernées and relatives, all seats, and their share in hundredths.

        None as long as the seats of one group of members are not said.
        """
        groups = [(block.value["kind"], block.value.get("seats")) for block in self.members]
        if not groups or any(seats is None for _kind, seats in groups):
            return None
        total = sum(seats for _kind, seats in groups)
        concerned = sum(seats for kind, seats in groups if kind in CONCERNED)
        return (concerned, total, round(100 * concerned / total)) if total else None


class PtsmArticulation(TranslatableMixin, Orderable):
    """Another plan, council or service that the project works with, and how."""

    personal_fields = ()

    page = ParentalKey("home.PtsmPage", on_delete=models.CASCADE, related_name="articulations")
    code = models.CharField(_("avec"), max_length=20, choices=ArticulationKind)
    text = models.TextField(
        _("comment"), blank=True, help_text=_("Vide : la page dit « pas encore publié ».")
    )
    link_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page du portail"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link_url = models.URLField(_("ou un site"), blank=True)

    panels = [
        FieldPanel("code"),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("link_page"), FieldPanel("link_url")]),
    ]
    override_translatable_fields = [
        TranslatableField("text"),
        SynchronizedField("code", overridable=False),
        SynchronizedField("link_page", overridable=False),
        SynchronizedField("link_url", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("articulation")
        verbose_name_plural = _("articulations")

    def __str__(self) -> str:
        return self.get_code_display()

    @property
    def acronym(self) -> str:
        """The part of the name before its colon, if any."""
        return self.get_code_display().partition(":")[0].rstrip()

    @property
    def full_name(self) -> str:
        return self.get_code_display().partition(":")[2].lstrip()

    @property
    def site_name(self) -> str:
        """The name of the site that an external link leads to."""
        return urlsplit(self.link_url).netloc.removeprefix("www.")


class PtsmDocument(TranslatableMixin, Orderable):
    """A public document of the project, and whether everyone can read it."""

    personal_fields = ()

    page = ParentalKey("home.PtsmPage", on_delete=models.CASCADE, related_name="documents")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    kind = models.CharField(_("nature"), max_length=20, choices=DocumentKind)
    title = models.CharField(_("titre"), max_length=160)
    file = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("fichier"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    url = models.URLField(_("ou adresse sur un autre site"), blank=True)
    published_on = models.DateField(_("date du document"), null=True, blank=True)
    file_format = models.CharField(
        _("format"), max_length=20, blank=True, help_text=_("Pour une adresse : « PDF ».")
    )
    size = models.CharField(
        _("poids"), max_length=20, blank=True, help_text=_("Pour une adresse : « 1,2 Mo ».")
    )
    accessible = models.CharField(
        _("accessible"),
        max_length=8,
        choices=DocumentAccessibility,
        default=DocumentAccessibility.UNKNOWN,
    )
    accessible_url = models.URLField(_("adresse de la version accessible"), blank=True)

    panels = [
        FieldPanel("kind"),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("file"), FieldPanel("url")]),
        FieldRowPanel([FieldPanel("published_on"), FieldPanel("file_format"), FieldPanel("size")]),
        FieldRowPanel([FieldPanel("accessible"), FieldPanel("accessible_url")]),
    ]
    override_translatable_fields = [
        TranslatableField("title"),
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "kind",
                "file",
                "url",
                "published_on",
                "file_format",
                "size",
                "accessible",
                "accessible_url",
            )
        ),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.file_id and self.url:
            message = _("Un fichier ou une adresse : l’un des deux.")
            raise ValidationError({"url": message})
        if self.accessible == DocumentAccessibility.ELSEWHERE and not self.accessible_url:
            message = _("Donnez l’adresse de la version accessible.")
            raise ValidationError({"accessible_url": message})

    @property
    def address(self) -> str:
        """Where to read it; empty when it is not published yet."""
        return self.file.url if self.file_id else self.url

    @property
    def full_title(self) -> str:
        return f"{self.get_kind_display()} : {self.title}"

    @property
    def size_label(self) -> str:
        """The weight of the file, measured; as it was typed for an address elsewhere."""
        return filesizeformat(self.file.get_file_size()) if self.file_id else self.size

    @property
    def accessible_label(self) -> str:
        """Whether everyone can read it, in words; empty when nobody knows."""
        if self.accessible == DocumentAccessibility.ELSEWHERE:
            return format_html('<a href="{}">{}</a>', self.accessible_url, _("Version accessible"))
        words = {
            DocumentAccessibility.YES: _("Document accessible."),
            DocumentAccessibility.NO: _("Ce document n’est pas accessible à tous."),
        }
        return str(words.get(self.accessible, ""))

    @property
    def format_label(self) -> str:
        return self.file.file_extension.upper() if self.file_id else self.file_format
