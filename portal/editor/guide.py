"""The editor's guide, read from its Markdown: paragraphs with an address, which can be searched."""

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from markdown_it import MarkdownIt

from portal.text.normalize import plain

FILE = settings.BASE_DIR / "portal" / "docs" / "editor-guide.md"
_TITLE = re.compile(r"\*\*(?P<words>[^*]+?)\.?\*\*")

#: Headings of panels and forms, each with the paragraph that explains it.
PARAGRAPH_OF_PANEL = {
    "Adresse": "annuaire",
    "Calendrier": "fiches-actions",
    "Contenu de la lettre": "ecrire-un-numero",
    "Documents": "le-ptsm",
    "En bref": "ecrire-pour-etre-lu",
    "Étapes": "fiches-actions",
    "État": "fiches-actions",
    "Gouvernance": "le-ptsm",
    "Horaires": "annuaire",
    "Indicateurs": "fiches-actions",
    "Journal": "fiches-actions",
    "Objectifs": "fiches-actions",
    "Pilotes et partenaires": "fiches-actions",
    "Relecture": "les-pages-des-besoins",
    "Résumé": "ecrire-pour-etre-lu",
    "Titre": "ecrire-pour-etre-lu",
}


@dataclass(frozen=True)
class GuideParagraph:
    """One paragraph, or the beginning of a chapter, with the address of both."""

    chapter: str
    title: str
    anchor: str
    html: SafeString

    @property
    def is_chapter(self) -> bool:
        return self.title == self.chapter


@cache
def guide_paragraphs() -> tuple[GuideParagraph, ...]:
    """All the guide, in its order. Without HTML of its own: the Markdown may hold none."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    found: list[GuideParagraph] = []
    anchors: set[str] = set()
    chapter, title, lines = "", "", list[str]()

    def close() -> None:
        text = "\n".join(lines).strip()
        if not chapter or not (text or title == chapter):
            return
        anchor = base = slugify(title)
        number = 2
        while anchor in anchors:
            anchor, number = f"{base}-{number}", number + 1
        anchors.add(anchor)
        # No other page of the guides is served in the editor: its name is enough.
        text = re.sub(r"\[([^\]]+)\]\((?!https?:)[^)]*\)", r"\1", text)
        html = mark_safe(markdown.render(text))  # noqa: S308  (no HTML is let through)
        found.append(GuideParagraph(chapter, title, anchor, html))

    for line in FILE.read_text(encoding="utf-8").splitlines():
        begins = _TITLE.match(line)
        if line.startswith("## "):
            close()
            chapter = title = line[3:].strip()
            lines = []
        elif begins:
            close()
            title, lines = begins["words"], [line]
        else:
            lines.append(line)
    close()
    return tuple(found)


def search_guide(question: str) -> list[GuideParagraph]:
    """The paragraphs that hold every word of a question, accents and capitals aside."""
    words = plain(question).split()
    return [
        one
        for one in guide_paragraphs()
        if all(word in plain(f"{one.title} {strip_tags(one.html)}") for word in words)
    ]


def paragraph_of_panel(heading: str) -> GuideParagraph | None:
    anchor = PARAGRAPH_OF_PANEL.get(heading)
    return next((one for one in guide_paragraphs() if one.anchor == anchor), None)
