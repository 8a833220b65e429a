"""« Abonnés »: who gets the letter and the proof that they asked; never what they read."""

from collections import OrderedDict
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from newsletter.admin.import_views import SubscriberTemplateView
from newsletter.admin.subscriber_forms import AddSubscriberForm, SubscriberFilterSet
from newsletter.import_types import SUBSCRIBERS
from newsletter.models import Delivery, Subscriber
from newsletter.services.export import EXPORTED, line_of
from newsletter.services.subscription import NotAdded, add_by_staff, change_preferences
from portal.exports.admin_export import HarmlessExportMixin
from portal.imports.views import ImportRedirectView
from portal.privacy.registry import PersonalDataSource, erase_person, personal_data_sources
from portal.text.date_format import format_date


def log_without_address(subscriber: Subscriber, action: str, **details: Any) -> None:
    """The history says who did what, and keeps nobody's address: it outlives the erasure."""
    log(subscriber, action, title=_("Abonné %(pk)s") % {"pk": subscriber.pk}, **details)


def say_erase(buttons: list[Any]) -> list[Any]:
    """« Effacer » instead of « Supprimer »: what is erased is more than a line of a list."""
    for button in buttons:
        if button.icon_name == "bin":
            button.label = _("Effacer")
    return buttons


class SubscriberIndexView(HarmlessExportMixin, generic.IndexView):
    def get_list_more_buttons(self, instance: Subscriber) -> list[Any]:
        return say_erase(super().get_list_more_buttons(instance))

    def get_base_queryset(self) -> QuerySet:
        people = super().get_base_queryset().select_related("territory", "consent")
        return people.prefetch_related("topics")

    def to_row_dict(self, item: Subscriber) -> OrderedDict[str, Any]:
        return OrderedDict(line_of(item))

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if self.user_has_permission("add"):
            words, url = _("Importer un fichier CSV"), SUBSCRIBERS.url
            buttons.append(Button(words, url=url, icon_name="upload", priority=80))
        return buttons


class SubscriberAddView(generic.CreateView):
    success_message = gettext_lazy("La personne recevra la lettre dès le prochain envoi.")
    error_message = gettext_lazy("Personne n’a été ajouté : voyez plus bas pourquoi.")
    submit_button_label = gettext_lazy("Ajouter")

    def save_instance(self) -> Subscriber:
        typed = self.form.cleaned_data
        subscriber = add_by_staff(
            typed["address"],
            typed["topics"],
            typed["territory"],
            typed["proof"],
            self.request.user,
        )
        log_without_address(subscriber, "wagtail.create", content_changed=True)
        return subscriber

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except NotAdded as reason:
            form.add_error("address", str(reason))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class SubscriberEditView(generic.EditView):
    """What somebody receives, when they ask for a change by phone; nothing else changes."""

    success_message = gettext_lazy("Les choix de cette personne sont enregistrés.")
    delete_item_label = gettext_lazy("Effacer")

    def save_instance(self) -> Subscriber:
        chosen = self.form.cleaned_data
        # Not the whole row: the person may be leaving at this very moment.
        change_preferences(self.object, topics=chosen["topics"], territory=chosen["territory"])
        log_without_address(self.object, "wagtail.edit", content_changed=self.form.has_changed())
        return self.object


class SubscriberEraseView(generic.DeleteView):
    """Not a deletion: everything that the portal holds of the person goes, at their request."""

    template_name = "newsletter/admin/erase_subscriber.html"
    page_title = gettext_lazy("Effacer")
    success_message = gettext_lazy("Cette personne est effacée du portail.")

    @cached_property
    def erased_sources(self) -> list[PersonalDataSource]:
        """Those that this editor may erase; accounts are for an administrator."""
        user = self.request.user
        return [
            source
            for source in personal_data_sources()
            if source.permission is not None
            and (not source.permission or user.has_perm(source.permission))
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        key = self.object.email_key
        held = [
            (source, len(source.find(key)))
            for source in personal_data_sources()
            if source.name != "letter"
        ]
        context["also"] = [(one.label, n) for one, n in held if n and one in self.erased_sources]
        context["left"] = [one.label for one, n in held if n and one not in self.erased_sources]
        return context

    def delete_action(self) -> None:
        log_without_address(self.object, "wagtail.delete")
        erase_person(self.object.email_key, only=self.erased_sources)


class InspectView(generic.InspectView):
    """The proof: what the person has agreed to, when, and how it is known."""

    page_title = gettext_lazy("Accord")

    def get_topics_display_value(self) -> str:
        return ", ".join(str(topic) for topic in self.object.topics.all()) or _(
            "toutes les lettres"
        )

    def get_territory_display_value(self) -> str:
        return str(self.object.territory or _("tout le département"))

    def get_consent_display_value(self) -> str:
        consent = self.object.consent
        if consent is None:
            return _("Hors du site : voyez la preuve.")
        day = format_date(consent.written_at)
        return _("%(version)s, du %(day)s : %(words)s") % {
            "version": consent, "day": day, "words": consent.text
        }  # fmt: skip

    def get_answer_display_value(self) -> str:
        came_back = self.object.deliveries.exclude(answer="").exclude(bounce="")
        last = came_back.order_by("-pk").first()
        return last.answer if last else "–"

    def get_field_label(self, field_name: str, field: Any) -> str:
        if field_name == "answer":
            return str(Delivery._meta.get_field("answer").verbose_name).capitalize()
        return super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, datetime):
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        return value or "–"

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return say_erase(list(super().header_more_buttons))


class SubscriberViewSet(ModelViewSet):
    model = Subscriber
    name = "letter_subscribers"
    url_prefix = "lettre/abonnes"
    icon = "group"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        *("email", "state", "topics", "territory"),
        *("consent", "consented_at", "origin", "proof", "confirmed_at"),
        *("left_at", "last_sent_at", "answer"),
    ]
    index_view_class = SubscriberIndexView
    add_view_class = SubscriberAddView
    edit_view_class = SubscriberEditView
    delete_view_class = SubscriberEraseView
    inspect_view_class = InspectView
    list_display = [
        "email",
        StatusTagColumn(
            "state",
            label=gettext_lazy("État"),
            accessor="get_state_display",
            sort_key="state",
            primary=lambda subscriber: subscriber.is_active,
        ),
        Column(
            "topics",
            label=gettext_lazy("Sujets"),
            accessor=lambda subscriber: ", ".join(str(one) for one in subscriber.topics.all()),
        ),
        Column("territory", label=gettext_lazy("Territoire"), sort_key="territory__name"),
        Column("origin", label=gettext_lazy("Origine"), accessor="get_origin_display"),
        DateColumn("consented_at", label=gettext_lazy("Accord"), sort_key="consented_at"),
    ]
    list_per_page = 50
    ordering = ["-created_at", "-pk"]
    search_fields = ["email"]
    filterset_class = SubscriberFilterSet
    list_export = list(EXPORTED)
    export_filename = "abonnes"
    panels = [
        FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
        FieldPanel("territory"),
        MultiFieldPanel(
            [
                FieldPanel("state", read_only=True),
                FieldPanel("origin", read_only=True),
                FieldPanel("consented_at", read_only=True),
                FieldPanel("proof", read_only=True),
            ],
            heading=gettext_lazy("Accord"),
        ),
    ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # Nothing points to a subscriber but the ledger.
        return {**super().get_common_view_kwargs(**kwargs), "usage_url_name": None}

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        common = super().get_add_view_kwargs(**kwargs)
        return {**common, "panel": None, "form_class": AddSubscriberForm}

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = [one for one in super().get_urlpatterns() if one.name != "usage"]
        import_view = ImportRedirectView.as_view()
        template_view = self.construct_view(SubscriberTemplateView)
        return [
            *kept,
            path("import/", import_view, {"kind": SUBSCRIBERS.name}, name="import"),
            path("import/abonnes.csv", template_view, name="template"),
        ]
