"""Context of the layout of the letter's messages: its reply address and its data controller."""

from typing import Any

from newsletter.models.letter_settings import LetterSettings
from portal.mail import layout


def frame_context() -> dict[str, Any]:
    """The context of « mail/layout.mjml » and of the text templates, without the message's own."""
    letter, context = LetterSettings.load(), layout.frame_context()
    controller = letter.controller or context["controller"]
    return context | {"reply_to": letter.answers_to, "controller": controller}
