"""Tags that every template has without loading them."""

import json
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from wagtail.models import Page

from portal.base.help_numbers import CRISIS_NUMBERS, HelpNumber

register = template.Library()

_JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def icon(name: str, flip: bool = False) -> SafeString:
    """Draw one icon of ``icons.svg``; ``flip`` mirrors it in right-to-left languages."""
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        " flip" if flip else "",
        static("portal/icons.svg"),
        name,
    )


@register.simple_tag
def crisis_numbers() -> tuple[HelpNumber, ...]:
    """The numbers of the help strip; needs no database."""
    return CRISIS_NUMBERS


@register.simple_tag
def json_ld(data: Any) -> SafeString:
    """Write structured data; browsers never run a block of this type."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_JSON_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


@register.simple_tag(takes_context=True)
def main_menu(context: dict[str, Any]) -> list[Page]:
    """The pages that editors show in the menu, in the language of the page."""
    request = context.get("request")
    home = _home(request)
    return list(home.get_children().live().in_menu().specific(defer=True)) if home else []


def _home(request: Any) -> Page | None:
    from wagtail.models import Locale, Site

    site = Site.find_for_request(request) if request else None
    if site is None:
        return None
    home = site.root_page
    locale = Locale.get_active()
    return home if home.locale_id == locale.pk else home.get_translation_or_none(locale) or home


@register.filter
def phone_href(number: str) -> str:
    """The ``tel:`` address of a French number: short numbers stay as they are."""
    digits = "".join(c for c in str(number) if c.isdigit() or c == "+")
    if len(digits) == 10 and digits.startswith("0") and not digits.startswith("08"):
        return f"tel:+33{digits[1:]}"
    return f"tel:{digits}"
