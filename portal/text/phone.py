"""Phone numbers as pages and documents write them: the only way that one is printed or called."""

import re
from functools import lru_cache
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from portal.text.phone_parsing import e164, parse_phone

# Of a text that is escaped: « &#x27; » holds no number.
_DIGITS = re.compile(r"(?<![#\w])\+?\d(?:[\d .\u00a0]*\d)?(?!\w)")


@lru_cache(1000)
def phone_href(number: str) -> str:
    """The ``tel:`` address of a French number: short and special numbers stay as they are."""
    digits = "".join(c for c in str(number).replace("(0)", "") if c.isdigit() or c == "+")
    digits = f"+{digits[2:]}" if digits.startswith("00") and len(digits) > 10 else digits
    if len(digits) == 10 and digits.startswith("0") and not digits.startswith("08"):
        read = parse_phone(digits)
        return f"tel:{e164(read)}" if read else f"tel:+33{digits[1:]}"
    return f"tel:{digits}"


def phone_number(number: str) -> SafeString:
    """The HTML of a number, which stays in one piece, its digits in order.

    The class (``base.css``, ``pdf.css``) keeps it on one line; ``bdi`` and ``dir`` keep its groups
    from being reversed in a text that is written from right to left.
    """
    return format_html('<bdi class="phone-number" dir="ltr">{}</bdi>', number)


def link_text(text: Any, address: str) -> Any:
    """The text of a link, with its numbers marked when its address calls or writes to one."""
    if not str(address).startswith(("tel:", "sms:")):
        return text
    marked = _DIGITS.sub(lambda found: phone_number(found[0]), escape(text))
    return mark_safe(marked)  # noqa: S308
