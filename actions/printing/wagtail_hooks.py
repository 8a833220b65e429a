"""Address of the roadmap as a Word document, below the editor's."""

from django.urls import URLPattern, path

from wagtail import hooks

from actions.printing.word import roadmap_word


@hooks.register("register_admin_urls")
def roadmap_word_urls() -> list[URLPattern]:
    return [path("feuille-de-route.docx", roadmap_word, name="roadmap_word")]
