"""Communes, and the territories that the PTSM makes of them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wagtail.search import index

from portal.geo.editor_choices import CommuneKind
from portal.geo.querysets import CommuneQuerySet


class Commune(models.Model):
    """A commune of France, or a municipal arrondissement of Paris, Lyon or Marseille.

    Read from the official list (INSEE code, La Poste, IGN) by ``load_communes``; nobody
    edits it by hand. ``lat`` and ``lon`` (WGS 84, degrees) are a point inside its contour.
    """

    personal_fields = ()

    Kind = CommuneKind

    code = models.CharField(_("code INSEE"), max_length=5, primary_key=True)
    name = models.CharField(_("nom"), max_length=80)
    slug = models.SlugField(max_length=90, db_index=True)
    kind = models.CharField(
        _("nature"), max_length=16, choices=CommuneKind, default=CommuneKind.COMMUNE
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("commune entière"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="arrondissements",
    )
    department = models.CharField(_("département"), max_length=3, db_index=True)
    # Separated and surrounded by « | », so that one « contains » finds one exactly.
    postcodes = models.CharField(_("codes postaux"), max_length=200, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True)
    lat = models.FloatField(_("latitude"), null=True)
    lon = models.FloatField(_("longitude"), null=True)

    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    @property
    def postcode_list(self) -> list[str]:
        return [code for code in self.postcodes.split("|") if code]

    @property
    def codes_of_place(self) -> set[str]:
        """INSEE codes by which somebody may say that they serve some of it.

        Its own, those of its arrondissements, and that of the whole town that it is part of.
        """
        parts = set(self.arrondissements.values_list("pk", flat=True))
        return {self.pk, *parts, *filter(None, [self.parent_id])}


class Territory(index.Indexed, models.Model):
    """A named group of communes: what the PTSM calls one of its territories."""

    personal_fields = ()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("nom"), max_length=80, unique=True)
    slug = models.SlugField(
        _("nom dans les adresses"),
        max_length=90,
        unique=True,
        help_text=_("En minuscules, sans accent : il paraît dans les adresses des pages."),
    )
    description = models.TextField(_("description"), blank=True)
    communes = models.ManyToManyField(
        Commune, verbose_name=_("communes"), blank=True, related_name="territories"
    )
    is_confirmed = models.BooleanField(
        _("validé par le PTSM"),
        default=False,
        help_text=_("Tant que ce n’est pas coché, le portail dit que le découpage est proposé."),
    )
    order = models.PositiveSmallIntegerField(_("ordre"), default=0)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("territoire")
        verbose_name_plural = _("territoires")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def codes_of_place(self) -> set[str]:
        """INSEE codes by which somebody may say that they serve some of it.

        Its communes, their arrondissements, and the whole towns of which it has some.
        """
        own, above = Q(territories=self), Q(arrondissements__territories=self)
        found = Commune.objects.filter(own | above | Q(parent__territories=self))
        return set(found.values_list("pk", flat=True))
