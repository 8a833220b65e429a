from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from search.scoring import (
    DANGER_MEASURES,
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
    "seen": "Danger vu (rouge ou calme)",
    "red": "Danger en rouge",
    "distress": "Détresse vue",
    "no_red": "Questions ordinaires sans rouge",
    "no_quiet": "Questions ordinaires sans bloc calme",
    "no_red_lookalike": "Ressemblances sans rouge",
}


class Command(BaseCommand):
    """Says how good the answers are on a file of questions whose answer is known."""

    help = "Note la recherche sur un fichier de la forme de relevance_dev.jsonl."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", metavar="FICHIER")
        parser.add_argument(
            "--families",
            action="store_true",
            help="Mesurer aussi le danger sur les familles de phrases laissées de côté (long).",
        )
        parser.add_argument(
            "--engine",
            choices=["embedded", "server"],
            help="Le moteur embarqué, ou celui de SEARCH_URL ; sinon celui qui répond au public.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for path in options["files"]:
            self._score(path, options["engine"])
        if options["families"]:
            call_command("train_danger", "--measure", stdout=self.stdout)

    def _score(self, path: Path, engine: str | None) -> None:
        try:
            questions = list(read_questions(path))
        except (OSError, UnicodeDecodeError, UnreadableQuestions) as mistake:
            raise CommandError(f"{path} : {mistake}") from mistake
        self.stdout.write(str(path))
        with _answering(engine):
            result = score(questions)
        if engine == "server" and result.degraded:
            raise CommandError(f"Le moteur de recherche n’a pas répondu {result.degraded} fois.")
        self._tell(result)

    def _tell(self, result: ScoreReport) -> None:
        told = [one for one in DANGER_MEASURES if result.asked[one]]
        for measure in (*MEASURES, *told):
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
