"""From a template to the HTML of a message that every mailbox shows: MJML, styles set inline.

Nothing is fetched, neither an include nor a style sheet.
"""

import re
from functools import cache
from typing import Any

from django.template.loader import render_to_string

import css_inline
import mrml

from portal.mail.absolute_urls import absolute

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


def render_html(template: str, context: dict[str, Any]) -> str:
    """The message that an MJML template makes; every link of it is a whole address."""
    source = render_to_string(template, context)
    html = mrml.to_html(_EDITOR_KEY.sub("", source), _parsing(), _laying_out()).content
    html = _WHOLE_LABEL.sub("", html, count=1)
    for mark, tag in _LANDMARKS.items():
        html = html.replace(mark, tag)
    html = _PATH.sub(lambda found: f'{found[1]}="{absolute(found[2])}"', html)
    return _inliner().inline(html)


def _parsing() -> mrml.ParserOptions:
    return mrml.ParserOptions(include_loader=mrml.noop_loader())


def _laying_out() -> mrml.RenderOptions:
    # Without this, a style sheet is asked of a third party for each well-known font.
    return mrml.RenderOptions(fonts={})


@cache
def _inliner() -> css_inline.CSSInliner:
    # Style tags stay for what cannot stand in an attribute: dark colours, small screens.
    return css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)
