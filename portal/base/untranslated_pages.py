"""What somebody reads who asks, in another language, for a page that exists in French only.

They are told so in their language, and led to the French page: sent there without a word, they
would believe that they had pressed the wrong link.
"""

from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, override

from wagtail.models import Page, Site

from portal.base.navigation import language_name


class UntranslatedWords(NamedTuple):
    """The sentences, in the language asked for; ``note`` says that nobody has read them again."""

    title: str
    text: str
    link: str
    note: str = ""


#: Languages that have no catalogue: the pages around these words stay in French.
#: Read again by nobody.
_WITHOUT_CATALOGUE = {
    "ar": UntranslatedWords(
        "هذه الصفحة متوفرة بالفرنسية فقط",
        "لم تُترجَم هذه الصفحة بعد. أرقام الطوارئ أدناه تعمل بكل اللغات.",
        "قراءة الصفحة بالفرنسية",
        "لم يراجع أحد هذه الترجمة.",
    ),
}


def source_page_at(request: HttpRequest, path: str) -> Page | None:
    """The public page of the portal's own language at this path, if there is one."""
    site = Site.find_for_request(request)
    if site is None or get_language() == settings.LANGUAGE_CODE:
        return None
    components = [component for component in path.split("/") if component]
    try:
        page: Page = site.root_page.specific.route(request, components).page
    except Http404:
        return None
    return None if page.get_view_restrictions().exists() else page


def serve_untranslated(request: HttpRequest, page: Page) -> HttpResponse:
    """Lead to the translation of ``page`` where it has another address, else say that it has none.

    ``page`` is in the portal's own language, ``get_language()`` is the one that is asked for.
    """
    language = get_language() or settings.LANGUAGE_CODE
    versions = Page.objects.live().filter(
        translation_key=page.translation_key, locale__language_code=language, alias_of=None
    )
    if version := versions.first():
        return redirect(version.get_url(request))
    words = _words(language)
    shell = settings.LANGUAGE_CODE if language in _WITHOUT_CATALOGUE else language
    with override(shell):
        context = {
            "words": words,
            "language": language,
            "address": page.get_url(request),
            "page_title": page.title,
        }
        return render(request, "errors/untranslated.html", context, status=404)


def _words(language: str) -> UntranslatedWords:
    if language in _WITHOUT_CATALOGUE:
        return _WITHOUT_CATALOGUE[language]
    title = gettext("Cette page n’existe qu’en français")
    if language.startswith(settings.LANGUAGE_CODE):
        title = gettext("Cette page n’existe pas en « %(language)s »") % {
            "language": language_name(language)
        }
    return UntranslatedWords(
        title,
        gettext("Elle n’a pas encore cette version. Les numéros d’urgence sont plus bas."),
        gettext("Lire la page"),
    )
