"""The forms of French verbs: a rule written with a verb holds in every tense and person."""

from functools import cache
from pathlib import Path

#: A lemma and its forms a line, folded; written by ``manage.py train_danger`` (``lemma_table``).
FILE = Path(__file__).parent / "data" / "lemmas.txt"


@cache
def lemmas() -> dict[str, str]:
    """The folded lemma of each folded form of the verbs that the rules name."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return {form: lemma for lemma, *forms in map(str.split, lines) for form in forms}
