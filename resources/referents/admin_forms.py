"""The coordinator's form of a referent, and the filters of the lists."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.blocks import PageChooserBlock, StreamBlock, StreamValue
from wagtail.blocks.base import BlockField

import django_filters

from resources.editor_choices import ReferentState
from resources.models import Referent, ResourcePage

#: As many entries as needed, each found by the usual chooser.
ENTRIES = StreamBlock(
    [("entry", PageChooserBlock("resources.ResourcePage", label=_("Fiche")))],
    min_num=1,
    label=_("Fiches"),
)


class ReferentForm(WagtailAdminModelForm):
    entries = BlockField(block=ENTRIES, label=_("Fiches"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = list(self.instance.entries.all()) if self.instance.pk else []
        self.old_email = self.instance.email
        chosen = [("entry", entry) for entry in self.before or [None]]
        self.initial["entries"] = StreamValue(ENTRIES, chosen)

    def clean_entries(self) -> list[ResourcePage]:
        """The entries in French: their translations follow."""
        chosen = [block.value for block in self.cleaned_data["entries"] if block.value]
        keys = {page.translation_key for page in chosen}
        entries = ResourcePage.objects.in_source_language().filter(translation_key__in=keys)
        if not entries:
            raise ValidationError(_("Choisissez au moins une fiche."))
        return list(entries)


class NewReferentForm(ReferentForm):
    invites = forms.BooleanField(
        label=_("Envoyer l’invitation tout de suite"), required=False, initial=True
    )


class ReferentFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("État"),
        choices=ReferentState.choices,
        widget=forms.RadioSelect,
        empty_label=_("Tous"),
    )

    class Meta:
        model = Referent
        fields: list[str] = []


class EntryFilterSet(PageFilterSet):
    """The filters of the list of entries: those without anybody to tend them are a list too."""

    has_referent = django_filters.ChoiceFilter(
        label=_("Référent"),
        choices=[("non", _("Sans référent")), ("oui", _("Avec un référent"))],
        widget=forms.RadioSelect,
        empty_label=_("Tous"),
        method="with_or_without",
    )

    def with_or_without(self, entries: QuerySet, name: str, value: str) -> QuerySet:
        tended = Exists(Referent.objects.active().filter(entries=OuterRef("pk")))
        return entries.filter(tended) if value == "oui" else entries.exclude(tended)

    class Meta:
        model = ResourcePage
        fields = ["type", "status", "verified_on", "is_example"]
