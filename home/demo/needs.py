"""The pages of needs: from their data file to the fields and blocks of ``NeedPage``."""

from typing import Any

from home.demo.files import ContentEntry
from home.demo.seeder import DemoSeeder
from home.demo.text import rich_text, stream
from home.models import NeedPage
from portal.crisis.models import HelpLine

#: Given as they are written.
_PLAIN = ("need", "line_title", "danger", "danger_words", "has_quick_exit")
FIELDS = (*_PLAIN, "line", "second_line", "phrases", "now", "doors", "say", "more")


def fill_need_page(seeder: DemoSeeder, page: NeedPage, entry: ContentEntry) -> None:
    """Write the fields of a page that was just made; its links need all pages to be there."""
    for name in _PLAIN:
        if name in entry:
            setattr(page, name, entry[name])
    page.phrases = "\n".join(entry.get("phrases", []))
    for name in ("line", "second_line"):
        if key := entry.get(name):
            setattr(page, name, _line(seeder, key, entry))
    for name in ("now", "more"):
        stream(page, name, [_block(seeder, block) for block in entry.get(name, [])])
    for name in ("doors", "say"):
        if name in entry:
            stream(page, name, [{"type": name, "value": {**_EMPTY[name], **entry[name]}}])


#: What a part may leave out.
_EMPTY: dict[str, dict[str, Any]] = {
    "doors": {"types": [], "age": None, "text": ""},
    "say": {"words": "", "points": [], "reassurance": ""},
}


def _block(seeder: DemoSeeder, block: ContentEntry) -> dict[str, Any]:
    block.expect([], ["steps", "lines", "question", "fold"])
    ((kind, value),) = block.items()
    if kind == "steps":
        return {"type": kind, "value": {"items": [{"text": "", **step} for step in value]}}
    if kind == "fold":
        text = rich_text(value["text"], seeder.get)
        return {"type": kind, "value": {"title": value["title"], "text": text}}
    if kind == "lines":
        lines = [_line(seeder, key, value) for key in value["lines"]]
        pks = [line.pk for line in lines if line]
        return {"type": kind, "value": {"title": value["title"], "lines": pks}}
    answers = [_answer(seeder, answer) for answer in value["answers"]]
    return {"type": kind, "value": {"question": value["question"], "answers": answers}}


def _answer(seeder: DemoSeeder, answer: ContentEntry) -> dict[str, Any]:
    answer.expect(["label"], ["page", "address"])
    page = seeder.needed(f"page:{answer['page']}", answer) if "page" in answer else None
    return {
        "label": answer["label"],
        "page": page.pk if page else None,
        "address": answer.get("address", ""),
    }


def _line(seeder: DemoSeeder, key: str, entry: ContentEntry) -> HelpLine | None:
    """None when an editor deleted it."""
    return seeder.needed(f"help-line:{key}", entry)
