from django import template
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from portal.glossary.explanations import explain_terms, glossary_index

register = template.Library()


class DefineTermsNode(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        html = self.nodelist.render(context)
        # What comes out of templates is safe already; explain() adds escaped text only.
        return mark_safe(explain_terms(html, glossary_index(get_language()), _seen(context)))  # noqa: S308


def _seen(context: Context) -> set[str]:
    """The terms already explained in this page: one set a request."""
    request = context.get("request")
    if request is None:
        return set()
    if not hasattr(request, "explained_terms"):
        request.explained_terms = set()
    return request.explained_terms


@register.tag
def define_terms(parser: Parser, token: Token) -> DefineTermsNode:
    """Explain the acronyms of what it wraps, each once a page::

    {% define_terms %}{% include_block page.body %}{% end_define_terms %}
    """
    nodelist = parser.parse(("end_define_terms",))
    parser.delete_first_token()
    return DefineTermsNode(nodelist)
