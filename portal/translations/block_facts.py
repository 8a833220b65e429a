"""Facts inside blocks: numbers, days, boxes and choices are those of the source.

A block of a translation is that of the source when it has its ``id`` and its type: a copy keeps
them. Blocks that a version has for itself (easy-to-read pages) are left as they are, and so are
links, images and files, which a language may have of its own.
"""

from typing import Any

from wagtail import blocks
from wagtail.blocks import StreamValue

_FACTS = (
    blocks.IntegerBlock,
    blocks.FloatBlock,
    blocks.DecimalBlock,
    blocks.DateBlock,
    blocks.TimeBlock,
    blocks.DateTimeBlock,
    blocks.BooleanBlock,
    blocks.ChoiceBlock,
    blocks.MultipleChoiceBlock,
)


def copy_block_facts(source: StreamValue, target: StreamValue) -> StreamValue | None:
    """The blocks of ``target`` with the facts of ``source``; None when all were equal already."""
    before = list(target.raw_data)
    after = _merge_rows(target.stream_block.child_blocks, list(source.raw_data), before)
    return None if after == before else StreamValue(target.stream_block, after, is_lazy=True)


def _merge(block: Any, source: Any, target: Any) -> Any:
    if isinstance(block, _FACTS):
        return source
    if isinstance(block, blocks.StructBlock) and isinstance(target, dict):
        return target | {
            name: _merge(child, source[name], target.get(name))
            for name, child in block.child_blocks.items()
            if isinstance(source, dict) and name in source
        }
    if isinstance(block, blocks.StreamBlock) and isinstance(target, list):
        return _merge_rows(block.child_blocks, source, target)
    if isinstance(block, blocks.ListBlock) and isinstance(target, list):
        if isinstance(block.child_block, _FACTS):
            return source
        return _merge_rows({"item": block.child_block}, source, target)
    return target


def _merge_rows(kinds: Any, source: Any, target: list[Any]) -> list[Any]:
    known = {row.get("id"): row for row in source or [] if isinstance(row, dict)}
    return [_merge_row(kinds, known, row) for row in target]


def _merge_row(kinds: Any, known: dict[Any, Any], row: Any) -> Any:
    same = known.get(row.get("id")) if isinstance(row, dict) and row.get("id") else None
    if same is None or same["type"] != row["type"] or row["type"] not in kinds:
        return row
    return row | {"value": _merge(kinds[row["type"]], same["value"], row["value"])}
