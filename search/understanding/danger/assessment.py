"""What somebody who types this may need at once: a red block, a quiet one, or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.understanding.danger.features import features
from search.understanding.danger.model import DANGER, HELP, danger_model
from search.understanding.danger.reading import ReadWord, read_words
from search.understanding.danger.rules import chosen_kind, gravest, heard_by_rules, quiet_kind
from search.understanding.danger.subjects import Subject, names_a_work, subject_of
from search.understanding.danger.words import (
    AGITATION,
    ATTEMPT,
    CHILD,
    DISTRESS,
    EMERGENCY,
    LEARNED,
    NOT_NOW,
    OVERDOSE,
    SUBJECTS,
    SUICIDE,
    VIOLENCE,
)

#: Said laughing (« mdr »), these are a doubt.
_LAUGHED_AT = frozenset((SUICIDE, VIOLENCE))
#: The dangers that another may be chosen for; a breath that fails, or an attempt, stays first.
_OPEN = {
    SUICIDE: (ATTEMPT, SUICIDE, CHILD, VIOLENCE, AGITATION),
    OVERDOSE: (ATTEMPT, VIOLENCE, AGITATION),
    CHILD: (SUICIDE, CHILD, VIOLENCE, AGITATION),
    VIOLENCE: (SUICIDE, CHILD, VIOLENCE, AGITATION),
    AGITATION: (CHILD, VIOLENCE, AGITATION),
    EMERGENCY: (ATTEMPT, SUICIDE, CHILD, VIOLENCE, AGITATION),
}
_LAUGHS = frozenset(("mdr", "mdrr", "ptdr", "ptdrr", "lol", "xd", "haha", "hahaha"))


@dataclass(frozen=True, slots=True)
class DangerSigns:
    """``danger``: a kind of ``KINDS``, shown in red; ``quiet``: a kind of ``QUIET_KINDS``.

    One at most is not empty: what is red says all.
    """

    danger: str = ""
    quiet: str = ""


def signs_in(text: str) -> DangerSigns:
    """The signs of danger or distress of a text. Never an error, whatever was typed.

    The rules decide; the model adds to them, and takes nothing away.

    >>> signs_in("je veux en finir").danger, signs_in("je craque").quiet, signs_in("cmp aubagne")
    ('suicide', 'detresse', DangerSigns(danger='', quiet=''))
    """
    read = read_words(text)
    kinds, rest = heard_by_rules(read)
    laughs = is_laughed_at(read)
    signs = signs_of_rules(kinds, laughs)
    subject = subject_of(read)
    if subject is Subject.SERVICE and signs.danger in SUBJECTS:
        return DangerSigns(quiet=SUBJECTS[signs.danger])
    if subject in (Subject.WORK, Subject.LEARNING):
        return _signs_of_subject(subject, signs)
    if signs.danger and names_a_work(read):
        return DangerSigns(quiet=DISTRESS)
    model = danger_model() if rest else None
    if model is None:
        return _told(read, kinds, "") if signs.danger else signs
    found = features(rest)
    if signs.danger:
        return _told(read, kinds, model.kind(found))
    if not laughs and model.score(DANGER, found) >= model.red:
        likeliest = model.kind(found)
        return _told(read, frozenset((likeliest,)), likeliest)
    if signs.quiet in ("", NOT_NOW, LEARNED) and model.score(HELP, found) >= model.quiet:
        return DangerSigns(quiet=signs.quiet or DISTRESS)
    return signs


def _told(read: Sequence[ReadWord], kinds: frozenset[str], likeliest: str) -> DangerSigns:
    """The danger to show, of those that were heard; ``likeliest`` to the model, or nothing."""
    gravest_kind = gravest(kinds)
    others = _OPEN.get(gravest_kind, ())
    chosen = chosen_kind(read)
    if chosen in others and (chosen == ATTEMPT or likeliest not in ("", gravest_kind)):
        return DangerSigns(danger=chosen)
    if chosen != gravest_kind and likeliest in others and likeliest in kinds:
        return DangerSigns(danger=likeliest)
    return DangerSigns(danger=gravest_kind)


def _signs_of_subject(subject: Subject, signs: DangerSigns) -> DangerSigns:
    """Of a work, nothing; of what is learnt about danger, one quiet line."""
    is_heard = subject is Subject.LEARNING and (signs.danger or signs.quiet)
    return DangerSigns(quiet=LEARNED) if is_heard else DangerSigns()


def is_laughed_at(read: Iterable[ReadWord]) -> bool:
    """Whether somebody says it laughing (« mdr »)."""
    return any(one.word in _LAUGHS for one in read)


def signs_of_rules(kinds: frozenset[str], laughs: bool) -> DangerSigns:
    """What the kinds that the rules have heard call for; suicide said laughing is a doubt."""
    danger = gravest(kinds)
    if laughs and danger in _LAUGHED_AT:
        return DangerSigns(quiet=DISTRESS)
    if danger:
        return DangerSigns(danger=danger)
    return DangerSigns(quiet=quiet_kind(kinds))


def crisis_in(text: str) -> str:
    """The kind of danger that a text tells of, empty when there is none.

    >>> crisis_in("je veux en finir"), crisis_in("mourir de rire"), crisis_in("sui cide")
    ('suicide', '', 'suicide')
    """
    return signs_in(text).danger
