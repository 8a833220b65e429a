"""``{% include %}``, which keeps the text of the components that are the same on page after page.

A component is a function of its arguments, of the language, and of nothing else: for the same
ones, the text made before is given again. Only of components whose arguments are the words of
editors: what a reader typed, or what is said to one person, is never kept.
"""

from datetime import date
from types import NoneType
from typing import Any

from django import template
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.template.base import FilterExpression, Parser, Token
from django.template.base import Template as CompiledTemplate
from django.template.context import Context
from django.template.loader_tags import IncludeNode, do_include
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

KEPT = frozenset(
    f"components/{name}.html"
    for name in (
        "badge",
        "card",
        "crisis-strip",
        "event",
        "hero-illustration",
        "languages",
        "last-updated",
        "link-card",
        "near-me",
        "site-footer",
        "site-header",
    )
)
#: Texts of two kilobytes or so: 2 MB in each process at most.
_MOST = 1000
_PLAIN = frozenset([str, SafeString, int, bool, date, NoneType])
_texts: dict[Any, SafeString] = {}


class KeptIncludeNode(IncludeNode):
    """An ``include … only`` of a component that is kept."""

    def render(self, context: Context) -> SafeString:
        values = {name: given.resolve(context) for name, given in self.extra_context.items()}
        component = self._component(context)
        try:
            named = tuple((name, _frozen(value)) for name, value in values.items())
            key = (component, get_language(), named)
        except TypeError:  # an object, whose text may change while it stays the same
            return super().render(context)
        text = _texts.get(key)
        if text is None:
            text = component.render(context.new(values))
            if len(_texts) >= _MOST:
                _texts.clear()
            _texts[key] = text
        return text

    def _component(self, context: Context) -> CompiledTemplate:
        """The template itself is in the key: one that was changed is another."""
        engine = context.template.engine  # type: ignore[union-attr]
        return engine.get_template(self.template.var)  # type: ignore[no-any-return]


@register.tag("include")
def include(parser: Parser, token: Token) -> IncludeNode:
    """Django's tag, with the same words."""
    node: IncludeNode = do_include(parser, token)
    named: FilterExpression = node.template
    if node.isolated_context and str(named.var) in KEPT and not named.filters:
        return KeptIncludeNode(
            named, extra_context=node.extra_context, isolated_context=node.isolated_context
        )
    return node


@receiver(setting_changed)
def _forget_texts(**_: Any) -> None:
    _texts.clear()


def _frozen(value: Any) -> tuple[type, Any]:
    """What stands for an argument in a key: equal for those that give the same text.

    Raises TypeError for what is neither words, a number, a day nor a list of those.
    """
    kind = type(value)
    if kind in _PLAIN:
        return kind, value
    if isinstance(value, tuple | list):
        return kind, tuple(map(_frozen, value))
    if isinstance(value, Promise):
        return str, str(value)
    raise TypeError
