"""Registry of what « À faire » shows; each app registers its own in ``todo_sources.py``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Urgency(IntEnum):
    """The order of the list: people who wait, then what has a date, then what keeps it true."""

    PEOPLE = 1
    TODAY = 2
    WEEK = 3


class Subject(models.TextChoices):
    """What the list may be narrowed to."""

    MESSAGES = "messages", _("Messages du public")
    DIRECTORY = "annuaire", _("Annuaire")
    ACTIONS = "actions", _("Actions")
    CONTENT = "ecrits", _("Écrits et dates")
    PORTAL = "portail", _("Le portail")


@dataclass(frozen=True, slots=True)
class TodoStep:
    """The one thing to do: an address to open, or a form of one button (``is_post``).

    ``data`` is what the button sends. An address that is opened receives ``next``, the way back.
    """

    label: str | Promise
    url: str
    is_post: bool = False
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TodoItem:
    """One line of the list.

    ``key`` names it from one day to the next: what is put off is remembered by it. ``why`` says in
    one sentence why it is there and since when; ``since`` is the same moment, to sort by.
    ``template``, with ``context``, is what is answered without leaving the line; ``unfolds``, the
    words that open it.
    ``longest`` is the most that it may be put off.
    """

    key: str
    title: str
    why: str
    step: TodoStep
    since: date | datetime | None = None
    urgency: Urgency = Urgency.WEEK
    template: str = ""
    unfolds: str | Promise = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    longest: timedelta = timedelta(days=366)
    #: When it is not that of its source.
    kind: str | Promise = ""


class TodoSource:
    """What one app asks people to do.

    A subclass says whom it concerns (``is_for``) and gives the items, the most urgent first
    (``items``). ``waiting`` may give rows of which there are none when there is no item: those of
    all sources are asked in one query, and a source without any is not read. Of more than ``most``
    items of one urgency, the list shows the first ones, and how many are left with the way to
    ``more_url``. ``tells_arrivals``: what comes is written by mail within the hour.
    """

    name: ClassVar[str]
    kind: ClassVar[str | Promise]
    subject: ClassVar[Subject]
    icon: ClassVar[str] = "tasks"
    order: ClassVar[int] = 100
    most: ClassVar[int] = 5
    tells_arrivals: ClassVar[bool] = False

    def is_for(self, user: Any) -> bool:
        raise NotImplementedError

    def waiting(self, user: Any, now: datetime) -> models.QuerySet | None:
        return None

    def items(self, user: Any, now: datetime) -> Iterable[TodoItem]:
        raise NotImplementedError

    def more_url(self) -> str:
        """The address of the whole list; empty when there is none."""
        return ""


@dataclass(frozen=True, slots=True)
class WriteLink:
    """Something that may be written, in the menu « Écrire »."""

    label: str | Promise
    url: str


_sources: dict[str, TodoSource] = {}
_write_links: list[Any] = []


def register_todo_source(source: type[TodoSource]) -> type[TodoSource]:
    """Decorator of a source: its items enter the list."""
    _sources[source.name] = source()
    return source


def todo_sources() -> list[TodoSource]:
    return sorted(_sources.values(), key=lambda source: (source.order, source.name))


def register_write_links(find: Any) -> None:
    """Register a function that gives the ``WriteLink`` of a user."""
    if find not in _write_links:
        _write_links.append(find)


def write_links(user: Any) -> list[WriteLink]:
    return [link for find in _write_links for link in find(user)]
