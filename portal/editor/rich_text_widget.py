"""The editor of rich text, which keeps what it cannot read rather than fail.

A browser whose script did not run, a robot or somebody's own program posts what Draftail never
would. Wagtail then answers 500, deletes the text, or stores a link that no page can show.
"""

import json
from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea

from portal.base.rich_text import STORED_PK

#: Lists within lists, as deep as Draftail goes (``maxListNesting``).
_DEEPEST = 4
#: The entities that stand for something stored, named by its number.
_NUMBERED = ("DOCUMENT", "IMAGE")


class RichTextArea(DraftailRichTextArea):
    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """The posted text as Wagtail stores it; None when the field was not posted."""
        posted = super(DraftailRichTextArea, self).value_from_datadict(data, files, name)
        if posted is None:
            return None
        exporter = self.converter.exporter
        types = set(exporter.block_options) - {"fallback"}
        content = read_content(posted, types, set(exporter.entity_options))
        return str(self.converter.to_database_format(json.dumps(content)))


def read_content(posted: str, types: set[str], entity_types: set[str]) -> dict[str, Any]:
    """What was posted, as a content state of Draft.js whose every part can be shown.

    ``types`` of blocks and ``entity_types``: what the field offers. A block of another type is a
    paragraph; a link that leads to nothing known is its text; what is no content state at all is
    the text of one paragraph.
    """
    try:
        content = json.loads(posted) if posted.strip() else {}
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or not isinstance(content.get("blocks") or [], list):
        return {"blocks": [_block({"text": posted}, {}, types)], "entityMap": {}}
    given = content.get("entityMap")
    entities = given if isinstance(given, dict) else {}
    known = {str(key): value for key, value in entities.items() if _is_usable(value, entity_types)}
    blocks = [one for one in content.get("blocks") or [] if isinstance(one, dict)]
    return {"blocks": [_block(one, known, types) for one in blocks], "entityMap": known}


def _is_usable(entity: Any, types: set[str]) -> bool:
    if not isinstance(entity, dict) or not isinstance(entity.get("data"), dict):
        return False
    if entity.get("type") not in types:
        return False
    number = entity["data"].get("id")
    if number is None:
        return entity.get("type") not in _NUMBERED and isinstance(entity["data"].get("url"), str)
    return STORED_PK.fullmatch(str(number)) is not None


def _block(given: dict[str, Any], entities: dict[str, Any], types: set[str]) -> dict[str, Any]:
    text = given.get("text")
    text = text if isinstance(text, str) else ""
    kind, depth = given.get("type"), given.get("depth")
    return {
        "key": str(given.get("key") or "a"),
        "text": text,
        "type": kind if kind in types else "unstyled",
        "depth": min(max(depth, 0), _DEEPEST) if isinstance(depth, int) else 0,
        "inlineStyleRanges": [
            one for one in _ranges(given, "inlineStyleRanges", text) if "style" in one
        ],
        "entityRanges": [
            one for one in _ranges(given, "entityRanges", text) if str(one.get("key")) in entities
        ],
    }


def _ranges(given: dict[str, Any], name: str, text: str) -> list[dict[str, Any]]:
    """The ranges of a block that lie within its text, in characters."""
    ranges = given.get(name)
    found = []
    for one in ranges if isinstance(ranges, list) else []:
        match one:
            case {"offset": int(offset), "length": int(length)}:
                start, end = max(offset, 0), min(offset + length, len(text))
                if start < end:
                    found.append({**one, "offset": start, "length": end - start})
    return found
