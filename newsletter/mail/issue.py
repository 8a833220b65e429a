"""Rendering of an issue as a message, once for all subscribers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from newsletter.mail.layout import frame_context
from newsletter.mail.links import (
    SINCE_HERE,
    TOKEN_HERE,
    absolute,
    preferences_address,
    unsubscribe_address,
)
from portal.mail.layout import render_html
from portal.mail.plain_text import render_text
from portal.text.control_characters import strip_control_characters

#: Mailboxes cut a message above 102 kB; the links of a token and the headers take some.
TOO_HEAVY = 100_000
#: The blocks that begin a card of the message; the others go on with the one above.
_BEGIN = {"edito", "news", "action", "entries", "events", "heading"}


class IssueMessage(Protocol):
    """What a message is made from: an issue of the letter, which knows how to be shown."""

    title: str
    summary: str
    body: Any
    locale: Any

    @property
    def over(self) -> str: ...

    @property
    def words_beside_subject(self) -> str: ...

    @property
    def readable(self) -> Any: ...

    @property
    def url(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class RenderedIssue:
    """TOKEN_HERE and SINCE_HERE stand for what each person's copy says."""

    subject: str
    html: str
    text: str


def render_issue(issue: IssueMessage) -> RenderedIssue:
    """The message that an issue is, from the page as it is in memory, drafts included."""
    with translation.override(issue.locale.language_code):
        context = _context(issue)
        children = list(issue.body)
        parts = [_rendered(child, "mjml", context) for child in children]
        cards = _in_cards(zip((child.block_type for child in children), parts, strict=True))
        html = render_html("mail/issue.mjml", {**context, "cards": cards})
        parts = [_rendered(child, "txt", context) for child in children]
        text = render_text("mail/issue.txt", {**context, "parts": [one for one in parts if one]})
    subject = strip_control_characters(issue.title)
    return RenderedIssue(subject, html, strip_control_characters(text))


def size_of(rendered: RenderedIssue) -> int:
    """The weight of the HTML part, in octets."""
    return len(rendered.html.encode())


def why_too_heavy(rendered: RenderedIssue) -> str:
    """What to tell an editor whose issue would be cut; nothing when it is not."""
    weight = size_of(rendered)
    if weight <= TOO_HEAVY:
        return ""
    return _(
        "Ce numéro pèse %(weight)d ko : au-delà de %(limit)d ko, les messageries coupent la fin. "
        "Retirez des parties, ou gardez-en pour le prochain numéro."
    ) % {"weight": -(-weight // 1000), "limit": TOO_HEAVY // 1000}


def _context(issue: IssueMessage) -> dict[str, Any]:
    return frame_context() | {
        "readable": issue.readable,
        "title": issue.title,
        "over": issue.over,
        "summary": issue.summary,
        "preheader": issue.words_beside_subject,
        "address": absolute(issue.url or "/"),
        "since": SINCE_HERE,
        "unsubscribe_address": unsubscribe_address(TOKEN_HERE),
        "preferences_address": preferences_address(TOKEN_HERE),
    }


def _rendered(child: Any, kind: str, context: dict[str, Any]) -> SafeString:
    """A block in one of the two parts of the message; empty when it has nothing to show."""
    own = child.block.get_context(child.value, parent_context=context)
    words = render_to_string(f"mail/letter/{child.block_type}.{kind}", own)
    return mark_safe(words.strip())  # noqa: S308  # made by a template


def _in_cards(parts: Iterable[tuple[str, SafeString]]) -> list[list[SafeString]]:
    """The parts of each card: a title takes what follows, a button what stands above it."""
    cards: list[list[SafeString]] = []
    previous = ""
    for kind, part in parts:
        if not part:
            continue
        if not cards or (kind in _BEGIN and previous != "heading"):
            cards.append([])
        cards[-1].append(part)
        previous = kind
    return cards
