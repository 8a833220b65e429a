"""The text part of a message: written as text, never what is left of HTML."""

import re
from html.parser import HTMLParser
from textwrap import wrap
from typing import Any

from django.template.loader import render_to_string

from wagtail.rich_text import RichText, expand_db_html

from portal.mail.layout import absolute

WIDTH = 72
_BULLET = re.compile(r"(\s*)(- |\d+\. )?")


def render_text(template: str, context: dict[str, Any]) -> str:
    """A text template as a message: lines of 72 signs, one empty line between parts."""
    return laid_out(render_to_string(template, context))


def laid_out(text: str) -> str:
    """The text with no long line and no hole; an address is never cut."""
    lines = [folded for line in text.splitlines() for folded in _fold(line)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def underlined(title: str, sign: str = "-") -> str:
    """A title as text shows it."""
    lines = wrap(title, WIDTH)
    longest = max(map(len, lines), default=0)
    return "\n".join([*lines, sign * longest])


def text_of(rich: RichText | str) -> str:
    """Rich text as text: paragraphs, lists, and each link after what it is in.

    « Lisez l’annuaire » then « l’annuaire : https://… » below it.
    """
    writer = _Writer()
    writer.feed(expand_db_html(rich.source if isinstance(rich, RichText) else rich))
    writer.close()
    return writer.text


def _fold(line: str) -> list[str]:
    """The line in pieces, those that follow aligned with the words of the first."""
    start = _BULLET.match(line)
    indent = " " * len(start[0]) if start else ""
    pieces = wrap(
        line.strip(" "),
        WIDTH,
        initial_indent=start[1] if start else "",
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return pieces or [""]


class _Writer(HTMLParser):
    """Writes what Wagtail’s rich text may hold; the words of any other tag are kept."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._words = ""
        self._lists: list[int | None] = []  # the next number, or None for bullets
        self._bullet = ""
        self._link: tuple[str, str] | None = None  # its address, and the words before it
        self._links: list[str] = []

    @property
    def text(self) -> str:
        self._end_part()
        return "\n".join(self._parts).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "li", "ul", "ol", "h3", "h4", "blockquote"):
            self._end_part()
        if tag in ("ul", "ol"):
            self._lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            self._bullet = self._next_bullet()
        elif tag == "br":
            self._words += "\n"
        elif tag == "a" and (address := dict(attrs).get("href")):
            self._link, self._words = (address, self._words), ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link:
            address, before = self._link
            self._links.append(_link_line(self._words, address))
            self._words, self._link = before + self._words, None
        elif tag in ("p", "li", "h3", "h4", "blockquote"):
            self._end_part()
        elif tag in ("ul", "ol"):
            self._end_part()
            self._lists = self._lists[:-1]
            self._parts += [] if self._lists else [""]
        if tag == "p" and not self._lists:
            self._parts.append("")

    def handle_data(self, data: str) -> None:
        self._words += re.sub(r"[ \t\r\n]+", " ", data)

    def _next_bullet(self) -> str:
        indent = "  " * max(len(self._lists) - 1, 0)
        number = self._lists[-1] if self._lists else None
        if number is None:
            return f"{indent}- "
        self._lists[-1] = number + 1
        return f"{indent}{number}. "

    def _end_part(self) -> None:
        """Write the words that wait, each line of a list under its bullet, and their links."""
        hang = " " * len(self._bullet)
        for rank, line in enumerate(self._words.strip().split("\n")):
            if line.strip():
                self._parts.append((hang if rank else self._bullet) + line.strip())
        self._parts += [hang + line for line in self._links if line]
        self._words, self._bullet, self._links = "", "", []


def _link_line(words: str, address: str) -> str:
    """« l’annuaire : https://… »; nothing when the words are the address already."""
    whole = absolute(address)
    bare = whole.split(":", 1)[1] if whole.startswith(("tel:", "mailto:", "sms:")) else whole
    words = words.strip()
    if whole.startswith("#") or not words or words in (whole, bare):
        return ""  # it leads nowhere from a message, or its words say it all
    return f"{words}\N{NO-BREAK SPACE}: {bare}"
