from argparse import ArgumentParser
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.management import BaseCommand, CommandError

from search.understanding.danger import lemmas
from search.understanding.danger.model import FILE
from search.understanding.danger.reading import verbs
from search.understanding.danger.sentences import UnreadableSentences, read_sentences

if TYPE_CHECKING:
    from search.understanding.danger.training import DangerScore


class Command(BaseCommand):
    """Trains the danger model again, and says what it sees of wordings that were left out."""

    help = "Réapprend le modèle de danger sur les phrases du projet, et dit ce qu’il voit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="Ne rien écrire ; échouer si le fichier n’est pas celui que les phrases donnent.",
        )

        parser.add_argument(
            "--measure", action="store_true", help="Ne rien écrire ; dire seulement ce qu’il voit."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            from search.understanding.danger import lemma_table
            from search.understanding.danger.training import (
                DangerTraining,
                held_out_kinds,
                held_out_scores,
            )
        except ImportError as missing:
            raise CommandError(
                "scikit-learn ou simplemma manque : « make tools » les installe."
            ) from missing
        table = lemma_table.table_of(lemma_table.lemmas_by_form(verbs()))
        if options["check"] and lemmas.FILE.read_text(encoding="utf-8") != table:
            raise CommandError("La table des verbes n’est plus celle des règles : réapprenez.")
        if not options["check"] and not options["measure"]:
            lemmas.FILE.write_text(table, encoding="utf-8")
            lemmas.lemmas.cache_clear()
        try:
            training = DangerTraining(list(read_sentences()))
        except UnreadableSentences as mistake:
            raise CommandError(str(mistake)) from mistake
        if options["measure"]:
            self._tell("Familles laissées de côté", training.scores())
            self._tell("Phrases jamais apprises", held_out_scores())
            right, told = held_out_kinds()
            self.stdout.write(f"Bons numéros, des dangers en rouge : {right}/{told}")
            return
        content = training.model().to_bytes()
        if options["check"]:
            if not FILE.exists() or FILE.read_bytes() != content:
                raise CommandError("Le modèle n’est plus celui des phrases : réapprenez-le.")
            return
        FILE.write_bytes(content)
        self._tell("Familles laissées de côté", training.scores())

    def _tell(self, title: str, scores: "Iterable[DangerScore]") -> None:
        self.stdout.write(f"{title} : règles seules, rouge, vu (rouge ou calme)")
        for one in scores:
            self.stdout.write(
                f"{one.group:24} {one.count:5}  {one.rules:6.1%} {one.red:6.1%} {one.seen:6.1%}"
            )
