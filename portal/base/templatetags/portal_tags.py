"""Tags that every template has without loading them."""

import json
from datetime import date
from functools import cache
from itertools import zip_longest
from typing import Any

from django import template
from django.conf import settings
from django.core import paginator
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.forms import BoundField, CheckboxInput
from django.template import Context
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.images.models import AbstractImage, ResponsiveImage
from wagtail.models import Page

from portal.base import charts
from portal.base.navigation import (
    FooterColumn,
    MenuItem,
    build_footer_columns,
    crisis_address,
    default_footer_columns,
    menu_items,
    typed_language,
)
from portal.text.date_format import format_date
from portal.text.phone import link_text, phone_href, phone_number

register = template.Library()

_JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
@cache
def icon(name: str, flip: bool = False) -> SafeString:
    """Draw one icon of ``icons.svg``; ``flip`` mirrors it in right-to-left languages."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        " flip" if flip else "",
        static("portal/icons.svg"),
        name,
    )


@register.simple_tag
def pictogram_drawing(name: str) -> SafeString:
    """Draw a picture of ``pictures.svg`` (« p-… »), which shows a meaning, or else an icon."""
    if not name.startswith("p-"):
        return icon(name)
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("portal/pictures.svg"),
        name,
    )


@receiver(setting_changed)
def _forget_icons(**_: Any) -> None:
    icon.cache_clear()


@register.simple_tag(takes_context=True)
def crisis_page_url(context: Context) -> str:
    """Address of the page of immediate help, in the reader's language when it exists."""
    return crisis_address(_page(context))


@register.simple_tag
def editor_text_lang() -> SafeString:
    """The ``lang`` of words that editors typed once, on a page in another language."""
    language = typed_language()
    return format_html(' lang="{}"', language) if language else SafeString()


@register.simple_tag
def service_worker() -> SafeString:
    """What tells ``main.js`` to have the browser keep the crisis page; nothing when that is off."""
    if not settings.PORTAL_OFFLINE_COPIES:
        return SafeString()
    return format_html(' data-worker="{}"', "/service-worker.js")


@register.simple_tag
def json_ld(data: Any) -> SafeString:
    """Write structured data; browsers never run a block of this type."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_JSON_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


@register.simple_tag(takes_context=True)
def main_menu(context: Context) -> list[MenuItem]:
    """The links of the menu; none on a page that answers without a database."""
    return menu_items(context.get("request"), _page(context))


@register.simple_tag
def elided_pages(page_obj: paginator.Page) -> list[int | str]:
    """The page numbers worth showing around the page at hand, « … » for the others."""
    return list(
        page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    )


@register.simple_tag
def bar_chart(points: Any, goal: Any = "") -> charts.BarChart:
    """The drawing of dated values: see ``portal.base.charts``."""
    return charts.bar_chart(points, goal)


@register.simple_tag
def with_headings(row: list[Any], head: list[Any]) -> list[tuple[Any, Any]]:
    """Pairs of a column's heading and its cell, for each cell of a row."""
    return list(zip_longest(head[: len(row)], row, fillvalue=""))


@register.simple_tag
def body_image(image: AbstractImage) -> SafeString:
    """An image of a text, no heavier than the reader's screen asks for."""
    specs = [f"width-{width}|format-webp" for width in (480, 800, 1200)]
    renditions = image.get_renditions(*specs)
    attributes = {"sizes": "(min-width: 44rem) 42rem, 100vw", "loading": "lazy"}
    return ResponsiveImage(renditions, attributes).__html__()


@register.simple_tag
def footer_columns(footer: Any) -> list[FooterColumn]:
    """The columns of the footer, from the settings of the portal."""
    return build_footer_columns(footer) if footer else default_footer_columns()


@register.simple_tag(takes_context=True)
def userbar_if_signed_in(context: Context) -> str:
    """Wagtail's bar, for who may be signed in.

    A reader carries no session cookie: nothing is asked, so that the answer does not
    vary with cookies and can be kept by a cache.
    """
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    return wagtailuserbar(context)


def _page(context: Context) -> Page | None:
    page = context.get("page")
    return page if isinstance(page, Page) else None


register.filter(phone_href)
register.filter(phone_number)
register.filter(link_text)


@register.filter
def long_date(value: date | None) -> str:
    """« 1er décembre 2026 »; empty when there is no date."""
    return format_date(value) if value else ""


@register.filter
def is_optional(field: BoundField) -> bool:
    return not field.field.required


@register.filter
def field_layout(field: BoundField) -> str:
    """The layout of a field in the « field » component: « checkbox », « group » or empty."""
    if isinstance(field.field.widget, CheckboxInput):
        return "checkbox"
    return "group" if field.use_fieldset else ""


@register.filter
def file_size(octets: int | None) -> str:
    """The size of a file in French units: « 240 Ko », « 1,1 Mo »."""
    if not octets:
        return ""
    if octets < 1_000_000:
        return _("%(size)s Ko") % {"size": max(round(octets / 1000), 1)}
    return _("%(size)s Mo") % {"size": number_format(octets / 1_000_000, 1)}
