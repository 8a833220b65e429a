"""« Sujets » and « Texte d’accord »: what people choose from, and what they agree to."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, NumberColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from newsletter.models import ConsentText, IssuePage, Subscriber, Topic
from newsletter.models.consent import default_words


class TopicIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet:
        active = Q(subscribers__state=Subscriber.State.ACTIVE)
        return super().get_base_queryset().annotate(followers=Count("subscribers", filter=active))


class TopicDeleteView(generic.DeleteView):
    """A topic that somebody chose stays: without it, they would get every letter."""

    template_name = "newsletter/admin/delete_topic.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"is_protected": self.is_chosen}

    @property
    def is_chosen(self) -> bool:
        topic = self.object
        issues = IssuePage.objects.filter(topics=topic)
        return bool(topic.subscribers.exists() or issues.exists())

    def form_valid(self, form: Any) -> HttpResponse:
        if self.is_chosen:
            return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)


class TopicViewSet(ModelViewSet):
    model = Topic
    name = "letter_topics"
    url_prefix = "lettre/sujets"
    menu_label = gettext_lazy("Sujets")
    icon = "tag"
    copy_view_enabled = False
    index_view_class = TopicIndexView
    delete_view_class = TopicDeleteView
    list_display = [
        "name",
        Column("code", label=gettext_lazy("Code"), sort_key="code"),
        NumberColumn("followers", label=gettext_lazy("Abonnés qui l’ont choisi")),
        BooleanColumn("is_offered", label=gettext_lazy("Proposé")),
        Column("order", label=gettext_lazy("Ordre"), sort_key="order"),
    ]
    ordering = ["order", "name"]


class ConsentIndexView(generic.IndexView):
    add_item_label = gettext_lazy("Nouvelle version")

    def get_base_queryset(self) -> QuerySet:
        agreed = Subscriber.objects.filter(consent=OuterRef("pk"))
        return super().get_base_queryset().annotate(is_used=Exists(agreed))


class NewVersionView(generic.CreateView):
    """The next version begins with the words of the last one."""

    page_title = gettext_lazy("Nouvelle version")
    success_message = gettext_lazy("La nouvelle version est celle que les personnes lisent.")
    submit_button_label = gettext_lazy("Enregistrer cette version")

    def get_initial_form_instance(self) -> ConsentText:
        last = ConsentText.objects.first()
        return ConsentText(text=last.text if last else default_words())

    def get_success_buttons(self) -> list[Any]:
        return []


class ConsentDeleteView(generic.DeleteView):
    """A slip of the pen that nobody has agreed to yet may go; a proof never does."""

    def form_valid(self, form: Any) -> HttpResponse:
        if Subscriber.objects.filter(consent=self.object).exists():
            messages.error(
                self.request,
                _("Des personnes ont accepté ce texte : il est leur preuve, et reste."),
            )
            return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)


class ConsentTextViewSet(ModelViewSet):
    """Versions that follow one another: none is ever changed."""

    model = ConsentText
    name = "letter_consent"
    url_prefix = "lettre/accord"
    menu_label = gettext_lazy("Texte d’accord")
    icon = "clipboard-list"
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["version", "written_at", "text"]
    index_view_class = ConsentIndexView
    add_view_class = NewVersionView
    delete_view_class = ConsentDeleteView
    list_display = [
        "__str__",
        Column("text", label=gettext_lazy("Texte")),
        DateColumn("written_at", label=gettext_lazy("Écrit le")),
        BooleanColumn("is_used", label=gettext_lazy("Déjà accepté")),
    ]
    ordering = ["-version"]
    #: No screen changes a version, whatever address is typed.
    without = frozenset({"edit", "history", "history_results", "usage"})

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        absent = {f"{name}_url_name": None for name in ("edit", "history", "usage")}
        return {**super().get_common_view_kwargs(**kwargs), **absent}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [one for one in super().get_urlpatterns() if one.name not in self.without]

    def register_admin_url_finder(self) -> None:
        """There is no screen to edit a version."""
