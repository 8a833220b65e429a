"""Types of places, priorities, help lines, lexicon, search words: what portals start with."""

from pathlib import Path
from typing import Any

from django.db import models

from wagtail.models import Locale

from actions.models import Priority
from home.demo.files import CONTENT, REFERENCE, ContentEntry, read_csv, read_yaml
from home.demo.seeder import (
    HELP_LINES,
    PRIORITIES,
    SEARCH_WORDS,
    TERMS,
    TYPES,
    DemoSeeder,
    SeedKind,
)
from portal.crisis.models import HelpLine
from portal.glossary.models import GlossaryTerm
from resources.models import ResourceType
from search.models import LexiconEntry

_TYPE_FIELDS = ("code", "name", "explanation", "family", "is_care", "schema_type")
_TYPE_DETAILS = ("plural", "full_name", "plain_words", "with_article", "finess_category")
_LINE_FIELDS = ("situation", "name", "source", "verified_on", "order")


def build_types(seeder: DemoSeeder, locale: Locale) -> None:
    for rank, entry in enumerate(read_yaml(REFERENCE / "resource_types.yaml"), start=1):
        entry.expect(_TYPE_FIELDS, _TYPE_DETAILS)
        values = {**entry, "order": rank * 10}
        _once(seeder, TYPES, f"type:{entry['code']}", ResourceType, locale, values, entry)


def build_priorities(seeder: DemoSeeder, locale: Locale, own_words: Path | None = None) -> None:
    """The six national priorities, in the department's own words where it has some."""
    fields = ("number", "title", "plain_title", "aim", "article")
    changes = {}
    for entry in read_yaml(own_words) if own_words else []:
        changes[entry.expect(["number", "title"], fields)["number"]] = entry
    for entry in read_yaml(REFERENCE / "priorities.yaml"):
        entry.expect(fields)
        number = entry["number"]
        values = {**entry, "official_wording": entry["title"], "order": number}
        values |= changes.get(number, {})
        _once(seeder, PRIORITIES, f"priority:{number}", Priority, locale, values, entry)


def build_help_lines(seeder: DemoSeeder, locale: Locale, *, with_local: bool = False) -> None:
    paths = [REFERENCE / "help_lines.yaml"]
    if with_local:
        paths.append(CONTENT / "help_lines.yaml")
    for path in paths:
        for entry in read_yaml(path):
            optional = (
                "number", "channel", "link", "details", "hours", "opening_hours", "cost",
                "is_crisis",
            )  # fmt: skip
            entry.expect(["key", *_LINE_FIELDS], optional)
            values = {name: value for name, value in entry.items() if name != "key"}
            key = f"help-line:{entry['key']}"
            _once(seeder, HELP_LINES, key, HelpLine, locale, values, entry)


def build_glossary(seeder: DemoSeeder, locale: Locale) -> None:
    for entry in read_csv(REFERENCE / "glossary.csv"):
        entry.expect(["term", "expansion", "synonyms", "definition", "source"])
        is_word = entry["expansion"] == entry["term"]
        values = {
            **entry,
            "expansion": "" if is_word else entry["expansion"],
            # An acronym of uncertain meaning is told in the lexicon only.
            "is_explained_in_texts": (
                entry["term"].isupper() and not entry["source"].startswith("à confirmer")
            ),
        }
        _once(seeder, TERMS, f"term:{entry['term']}", GlossaryTerm, locale, values, entry)


def build_search_words(seeder: DemoSeeder) -> None:
    """What people write, and what they look for then; the same in every language."""
    for entry in read_yaml(REFERENCE / "lexicon.yaml"):
        optional = ("types", "is_name", "public", "practical", "language", "synonyms")
        entry.expect(["name", "phrases"], optional)
        lines = {name: "\n".join(entry.get(name, [])) for name in ("phrases", "synonyms")}
        values = {**entry, **lines}
        _once(seeder, SEARCH_WORDS, f"lexicon:{entry['name']}", LexiconEntry, None, values, entry)


def _once(
    seeder: DemoSeeder,
    kind: SeedKind,
    key: str,
    model: type[models.Model],
    locale: Locale | None,
    values: dict[str, Any],
    entry: ContentEntry,
) -> None:
    def make() -> models.Model:
        snippet = model(**({"locale": locale} if locale else {}), **values)
        snippet.full_clean()
        snippet.save()
        return snippet

    seeder.once(kind, key, make, entry)
