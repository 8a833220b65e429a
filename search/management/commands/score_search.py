from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from search.scoring import (
    MEASURES,
    ScoreReport,
    UnreadableQuestions,
    read_questions,
    score,
)

LABELS = {
    "crisis": "Crise",
    "place": "Lieu compris",
    "type": "Bon type parmi les trois premiers",
    "facets": "Facettes",
}


class Command(BaseCommand):
    """Says how good the answers are on a file of questions whose answer is known."""

    help = "Note la recherche sur un fichier de la forme de relevance_dev.jsonl."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FICHIER")
        parser.add_argument(
            "--engine",
            choices=["embedded", "server"],
            help="Le moteur embarqué, ou celui de SEARCH_URL ; sinon celui qui répond au public.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            questions = list(read_questions(options["file"]))
        except (OSError, UnicodeDecodeError, UnreadableQuestions) as mistake:
            raise CommandError(f"{options['file']} : {mistake}") from mistake
        with _answering(options["engine"]):
            result = score(questions)
        if options["engine"] == "server" and result.degraded:
            raise CommandError(f"Le moteur de recherche n’a pas répondu {result.degraded} fois.")
        self._tell(result)

    def _tell(self, result: ScoreReport) -> None:
        for measure in MEASURES:
            right, asked = result.right[measure], result.asked[measure]
            self.stdout.write(
                f"{LABELS[measure]} : {right}/{asked} ({result.percent(measure):.1f} %)"
            )
        for miss in result.misses:
            self.stdout.write(
                f"  {LABELS[miss.measure]} – « {miss.text} » : "
                f"attendu {miss.wanted}, obtenu {miss.got}"
            )


@contextmanager
def _answering(engine: str | None) -> Iterator[None]:
    """Have this engine answer, for the time of the command."""
    address = settings.SEARCH_URL
    if engine == "server" and not address:
        raise CommandError("SEARCH_URL n’est pas réglé : il n’y a pas d’autre moteur.")
    try:
        if engine == "embedded":
            settings.SEARCH_URL = ""
        yield
    finally:
        settings.SEARCH_URL = address
