"""« ? »: the paragraph of the guide that explains a panel."""

from django import template
from django.urls import reverse

from portal.editor.guide import paragraph_of_panel

register = template.Library()


@register.simple_tag
def guide_address(heading: object) -> str:
    """The address of the paragraph about the panel of this heading; empty without one."""
    paragraph = paragraph_of_panel(str(heading))
    return f"{reverse('editor_guide')}#{paragraph.anchor}" if paragraph else ""
