"""Whether messages are read in the demonstration; every template has it without loading it."""

from django import template

from portal.mail import demo_mailbox

register = template.Library()


@register.simple_tag
def demo_mailbox_address() -> str:
    """Where the demonstration shows what it « sent »; empty elsewhere."""
    return demo_mailbox.demo_mailbox_address()
