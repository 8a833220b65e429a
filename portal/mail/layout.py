"""The layout of every message: the frame's context, MJML to HTML, whole addresses.

Mailboxes show HTML of their own sort: MJML writes it, styles are set inline. Nothing is
fetched, neither an include nor a style sheet.
"""

import re
from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

import css_inline
import mrml

from portal.base.models import PortalSettings
from portal.crisis.help_numbers import CRISIS_NUMBERS
from portal.text.control_characters import strip_control_characters

# MJML knows no landmark: templates mark where they begin and end.
_LANDMARKS = {
    '<i class="open-main"></i>': "<main>",
    '<i class="close-main"></i>': "</main>",
    '<i class="open-foot"></i>': '<div role="contentinfo">',
    '<i class="close-foot"></i>': "</div>",
}
# A label of the whole message would be read before its title, and count as text out of any part.
_WHOLE_LABEL = re.compile(r' aria-label="[^"]*" aria-roledescription="email"')
_PATH = re.compile(r'\b(href|src)="(/[^"]*)"')
_EDITOR_KEY = re.compile(r' data-block-key="[^"]*"')


def frame_context() -> dict[str, Any]:
    """The context of « mail/layout.mjml » and of the text templates, without the message's own."""
    portal = PortalSettings.load()
    return {
        "portal_name": " · ".join(filter(None, [portal.site_name, portal.department_name])),
        "help_numbers": CRISIS_NUMBERS,
        "reply_to": portal.contact_email,
        "controller": portal.operator,
    }


def render_html(template: str, context: dict[str, Any]) -> str:
    """The HTML that an MJML template makes; every link of it is a whole address."""
    source = strip_control_characters(render_to_string(template, context))  # MJML is XML
    html = mrml.to_html(_EDITOR_KEY.sub("", source), _parser_options(), _render_options()).content
    html = _WHOLE_LABEL.sub("", html, count=1)
    for mark, tag in _LANDMARKS.items():
        html = html.replace(mark, tag)
    html = _PATH.sub(lambda found: f'{found[1]}="{absolute(found[2])}"', html)
    return _inliner().inline(html)


def absolute(path: str) -> str:
    """A path of this portal as a whole address, whatever host asked for it.

    What is no path (https:, mailto:, tel:) is whole already.
    """
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return base + path if path.startswith("/") else path


def _parser_options() -> mrml.ParserOptions:
    return mrml.ParserOptions(include_loader=mrml.noop_loader())


def _render_options() -> mrml.RenderOptions:
    # Without this, a style sheet is asked of a third party for each well-known font.
    return mrml.RenderOptions(fonts={})


@cache
def _inliner() -> css_inline.CSSInliner:
    # Style tags stay for what cannot stand in an attribute: dark colours, small screens.
    return css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)
