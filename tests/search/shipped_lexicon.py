"""The lexicon that ships with the portal, for the questions of one module, which only read."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from home.demo.files import REFERENCE, read_yaml
from search.contracts import SearchQuery, UnderstoodQuery
from search.models import LexiconEntry
from search.understanding import understand


@contextmanager
def shipped_lexicon(django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        LexiconEntry.objects.bulk_create(
            LexiconEntry(
                **{
                    **entry,
                    "phrases": "\n".join(entry["phrases"]),
                    "synonyms": "\n".join(entry.get("synonyms", [])),
                }
            )
            for entry in read_yaml(REFERENCE / "lexicon.yaml")
        )
        yield
        LexiconEntry.objects.all().delete()


def asked(text: str) -> UnderstoodQuery:
    """What is understood of a question."""
    return understand(SearchQuery(text=text))


def rows(text: str) -> list[tuple[str, ...]]:
    """The cells of a table written one row a line."""
    return [tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines()]
