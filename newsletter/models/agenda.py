"""The agenda: dates that people can go to."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from newsletter.forms import AgendaFilterForm
from newsletter.models.events import EventPage
from search.models import SearchablePage

PER_PAGE = 20


class EventIndexPage(SearchablePage):
    """Serves whoever looks for a date to meet, learn or take part."""

    page_description = _("L’agenda : les prochaines dates, puis les dates passées.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["newsletter.EventPage"]
    max_count_per_parent = 1

    personal_fields = ()
    search_kind = "EVENEMENT"
    search_words = "événements dates rencontres"

    class Meta:
        verbose_name = _("agenda")
        verbose_name_plural = _("agendas")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        form = AgendaFilterForm(request.GET)
        form.is_valid()  # an unknown choice is said beside its field, and narrows nothing
        events = EventPage.objects.listed_under(self).with_place()
        if territory := form.cleaned_data.get("territoire"):
            events = events.about(territory)
        if public := form.cleaned_data.get("public"):
            events = events.filter(publics__has=public)
        events = events.past() if form.shows_past else events.not_over()
        return context | {
            "form": form,
            "show_past": form.shows_past,
            "kept_query": form.kept_query,
            "events": Paginator(events, PER_PAGE).get_page(request.GET.get("page")),
        }
