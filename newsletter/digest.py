"""Digest: the draft of the next issue, made from the changes since the last one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Locale

from newsletter.blocks import pages_in
from newsletter.digest_registry import DigestChange, DigestSource, digest_sources
from newsletter.models import IssuePage
from newsletter.subscription.models import LetterIndexPage

TRANSLATED = False

WITHOUT_A_LAST_ISSUE = timedelta(days=60)
#: Above this number, a letter could not tell them all: the editor ticks the few that matter.
TICKED_AT_MOST = 12
#: Blocks that tell several pages at once: the title of the block, and the name of its list.
_LISTS = {"entries": ("Dans l’annuaire", "entries"), "events": ("Les prochaines dates", "events")}


@dataclass(frozen=True, slots=True)
class DigestProposal:
    change: DigestChange
    was_told: bool
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class DigestGroup:
    """What one source proposes; ``is_long`` when nothing is ticked because there is so much."""

    label: Any
    proposals: list[DigestProposal]

    @property
    def is_long(self) -> bool:
        return len(self.proposals) > TICKED_AT_MOST


@dataclass(frozen=True, slots=True)
class DigestContent:
    since: datetime
    latest: IssuePage | None
    groups: list[DigestGroup] = field(default_factory=list)

    def proposals(self) -> Iterator[DigestProposal]:
        for group in self.groups:
            yield from group.proposals

    def chosen(self, keys: Iterable[str]) -> list[DigestChange]:
        wanted = set(keys)
        return [one.change for one in self.proposals() if one.change.key in wanted]


def get_letter_page() -> LetterIndexPage | None:
    """The letter that the coordinator writes, in the main language."""
    return LetterIndexPage.objects.filter(locale=Locale.get_default()).first()


def may_compose(user: Any, letter: LetterIndexPage | None) -> bool:
    """Whether there is a letter, and this person may write an issue of it."""
    return bool(letter and letter.permissions_for_user(user).can_add_subpage())


def gather_changes(letter: LetterIndexPage) -> DigestContent:
    """What changed since the last issue that came out, or for two months without one."""
    issues = IssuePage.objects.child_of(letter).live().newest_first()
    # An issue that said nothing told nobody what had changed.
    latest = next((issue for issue in issues.iterator() if not issue.is_empty), None)
    came_out = latest.first_published_at if latest else None
    since = came_out or timezone.now() - WITHOUT_A_LAST_ISSUE
    told = {page.pk for page in pages_in(latest.body) if page} if latest else set()
    groups = [_group(source, since, told) for source in digest_sources()]
    return DigestContent(since, latest, [group for group in groups if group.proposals])


def _group(source: DigestSource, since: datetime, told: set[int]) -> DigestGroup:
    changes = list(source.find(since))
    is_long = len(changes) > TICKED_AT_MOST
    return DigestGroup(
        source.label,
        [
            DigestProposal(
                change, change.page_id in told, not is_long and change.page_id not in told
            )
            for change in changes
        ],
    )


@transaction.atomic
def make_issue(letter: LetterIndexPage, changes: Iterable[DigestChange], user: Any) -> IssuePage:
    """A draft of the next number, with these changes in their order; nothing is published."""
    number = _next_number(letter)
    issue = IssuePage(
        title=_("Lettre n° %(number)s") % {"number": number},
        number=number,
        locale=letter.locale,
        owner=user,
        live=False,
        has_unpublished_changes=True,
        body=_blocks(changes),
    )
    letter.add_child(instance=issue)
    issue.save_revision(user=user)
    return issue


def _next_number(letter: LetterIndexPage) -> int:
    issues = IssuePage.objects.filter(locale_id=letter.locale_id)
    return (issues.aggregate(Max("number"))["number__max"] or 0) + 1


def _blocks(changes: Iterable[DigestChange]) -> list[dict[str, Any]]:
    """One block a change, but for those that a block tells together."""
    blocks: list[dict[str, Any]] = []
    lists: dict[str, list[Any]] = {}
    for change in changes:
        if change.block_type not in _LISTS:
            blocks.append({"type": change.block_type, "value": change.block_value})
            continue
        if change.block_type not in lists:
            title, name = _LISTS[change.block_type]
            lists[change.block_type] = []
            value = {"title": title, name: lists[change.block_type]}
            blocks.append({"type": change.block_type, "value": value})
        lists[change.block_type].append(change.block_value)
    return blocks
