"""Translations in the editor: what is to be read again, and where facts are changed."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page, TranslatableMixin

from portal.base.admin_menu import report_urls, view_menu_item
from portal.text.date_format import format_date
from portal.translations.admin_views import (
    SubmitPageView,
    TranslationCompareView,
    TranslationReviewReport,
    person,
)
from portal.translations.following import is_public, is_source, other_versions
from portal.translations.models import TranslationState
from portal.translations.source_words import mark_words, source_words

TRANSLATED = False

ServePage = Callable[..., HttpResponseBase]


@hooks.register("on_serve_page")
def mark_french_words(next_serve_page: ServePage) -> ServePage:
    """What a page of another language says in French is read aloud in French."""

    def serve(page: Page, request: HttpRequest, *given: Any) -> HttpResponseBase:
        response = next_serve_page(page, request, *given)
        if isinstance(response, TemplateResponse):
            response.add_post_render_callback(partial(_mark_french_words, page))
        return response

    return serve


def _mark_french_words(page: Page, response: TemplateResponse) -> None:
    if words := source_words(page):
        response.content = mark_words(response.content.decode(), words)


@hooks.register("register_content_menu_item")
def translation_review_menu_item() -> MenuItem:
    return view_menu_item(TranslationReviewReport, order=20)


@hooks.register("register_admin_urls")
def translation_review_urls() -> list[URLPattern]:
    compare = TranslationCompareView.as_view()
    return [
        *report_urls("reports/traductions-a-revoir/", TranslationReviewReport),
        path("reports/traductions-a-revoir/<int:pk>/", compare, name="translation_compare"),
    ]


@hooks.register("register_admin_urls", order=-1)
def translate_page_url() -> list[URLPattern]:
    """At the address of wagtail-localize's own, and before it."""
    return [path("localize/submit/page/<int:page_id>/", SubmitPageView.as_view())]


@hooks.register("before_edit_page", order=-2)
@hooks.register("before_edit_snippet", order=-2)
def tell_state_of_translation(request: HttpRequest, instance: Any) -> None:
    """Above the form of a translation: what has changed in French, and where facts are changed."""
    if request.method != "GET" or not isinstance(instance, TranslatableMixin):
        return
    if is_source(instance):
        return
    state = TranslationState.objects.of([instance]).select_related("changed_by").first()
    if state is None:
        return
    words = _(
        "Téléphones, adresses, horaires, dates et chiffres se changent dans la version en "
        "français : ils suivent ici aussitôt."
    )
    if state.changed_at is None:
        messages.info(request, words)
        return
    changed = _("À revoir : le français a changé le %(day)s%(by)s.") % {
        "day": format_date(timezone.localdate(state.changed_at)),
        "by": _(" (%(name)s)") % {"name": person(state.changed_by)} if state.changed_by else "",
    }
    button = messages.button(
        reverse("translation_compare", args=[state.pk]), _("Voir ce qui a changé")
    )
    messages.warning(request, f"{changed} {words}", buttons=[button])


@hooks.register("before_publish_page")
def refuse_before_its_source(request: HttpRequest, page: Any) -> HttpResponse | None:
    """What was written is saved as a draft; a translation is public when its source is."""
    if is_source(page) or all(is_public(one) for one in other_versions(page) if is_source(one)):
        return None
    words = _(
        "Enregistré, mais pas publié : la page en français n’est pas publiée. Publiez-la d’abord."
    )
    messages.error(request, words)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("after_publish_page")
def tell_what_is_to_review(request: HttpRequest, page: Any) -> None:
    """After the French page: which of its versions no longer say the same, or are not public."""
    if not is_source(page):
        return
    versions = [one for one in other_versions(page) if one.alias_of_id is None]
    if not versions:
        return
    states = TranslationState.objects.of(versions).to_review()
    behind = set(states.values_list("object_id", flat=True))
    shown = {one.locale.get_display_name() for one in versions if one.pk in behind}
    if shown:
        words = _("À revoir, puisque le français a changé : %(languages)s.")
        button = messages.button(reverse("translation_review"), _("Traductions à revoir"))
        languages = ", ".join(sorted(map(str, shown)))
        messages.warning(request, words % {"languages": languages}, buttons=[button])
    hidden = {one.locale.get_display_name() for one in versions if not is_public(one)}
    if hidden:
        words = _("Pas publiées dans ces langues : %(languages)s.")
        messages.info(request, words % {"languages": ", ".join(sorted(map(str, hidden)))})
