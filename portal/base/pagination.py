"""Pagination that answers any page number by the nearest page that exists."""

from typing import Any

from django.core.paginator import Page, Paginator

PER_PAGE = 20
_LONGEST_NUMBER = 9


def get_page(items: Any, asked: str | None, per_page: int = PER_PAGE) -> Page:
    """One page of ``items`` (a queryset or a list).

    ``asked`` is what the address says: « abc » and « -3 » give the first page, « 9999 »
    the last one.
    """
    paginator = Paginator(items, per_page)
    return paginator.page(min(_number(asked), paginator.num_pages))


def _number(asked: str | None) -> int:
    text = (asked or "").strip()
    if not text.isascii() or not text.isdigit():
        return 1
    # Python refuses to read numbers of thousands of digits.
    return max(1, int(text)) if len(text) <= _LONGEST_NUMBER else 10**_LONGEST_NUMBER
