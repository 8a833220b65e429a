"""From the light markup of the data files to rich text and stream blocks.

Paragraphs are separated by an empty line; « ## » starts a heading, « - » a list, and
``**bold**`` and ``[words](target)`` stand inside. A target is ``page:<key>`` (or
``action:``, ``resource:``…) for an object that was set up, a path, or a web address.
"""

import re
from collections.abc import Callable
from html import escape
from typing import Any

from wagtail.blocks import StreamBlock
from wagtail.models import Page

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")

PageFinder = Callable[[str], Page | None]


def rich_text(text: str, find: PageFinder) -> str:
    """Paragraphs and lists as the HTML that Wagtail keeps in its database."""
    chunks = [chunk.strip() for chunk in text.strip().split("\n\n") if chunk.strip()]
    return "".join(_chunk(chunk, find) for chunk in chunks)


def inline(text: str, find: PageFinder) -> str:
    # Spaces that hold « ? » to its word are kept: only ends of lines become spaces.
    words = re.sub(r"[ \t\n]+", " ", text.strip())
    html = _BOLD.sub(r"<b>\1</b>", escape(words, quote=False))
    return _LINK.sub(lambda match: _link(match[1], match[2], find), html)


def body_blocks(text: str, find: PageFinder) -> list[dict[str, Any]]:
    """The raw blocks of a page's body: a heading block at each « ## », text between."""
    blocks: list[dict[str, Any]] = []
    for part in re.split(r"(?m)^(?=## )", text.strip()):
        heading, rest = "", part
        if part.startswith("## "):
            heading, _newline, rest = part[3:].partition("\n")
            blocks.append({"type": "heading", "value": heading.strip()})
        if rest.strip():
            blocks.append({"type": "paragraph", "value": rich_text(rest, find)})
    return blocks


def stream(page: Page, field: str, raw: list[dict[str, Any]]) -> None:
    """Give a stream field its blocks, refused as the editor's screen would refuse them."""
    block: StreamBlock = page._meta.get_field(field).stream_block
    setattr(page, field, block.clean(block.to_python(raw)))


def _chunk(chunk: str, find: PageFinder) -> str:
    lines = chunk.split("\n")
    if all(line.startswith("- ") for line in lines):
        items = "".join(f"<li>{inline(line[2:], find)}</li>" for line in lines)
        return f"<ul>{items}</ul>"
    return f"<p>{inline(chunk, find)}</p>"


def _link(words: str, target: str, find: PageFinder) -> str:
    if re.match(r"^(page|action|resource|recommendation|news):", target):
        page = find(target)
        # The page was deleted since: its words stay, without a link to nowhere.
        return f'<a linktype="page" id="{page.pk}">{words}</a>' if page else words
    return f'<a href="{target}">{words}</a>'
