"""The labelled sentences that the danger model learns from: one file for each kind.

Written for this project, none by a real person, none describing a means in a way that can be
used. Each line: degree, family, register and sentence, between tabs. A family is one wording and
its variants; measure on whole families left out, never on lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "sentences"
#: Sentences that are never learned: written before the rules were last changed, to measure them.
HELD_OUT = Path(__file__).parent / "data" / "held_out"
DEGREES = ("danger", "distress", "none")


class UnreadableSentences(Exception):
    """A line is not of the expected form; the message says which, never what it holds."""


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """``kind`` is the name of its file; ``register`` is « standard », « sms », « foreign:en »…"""

    text: str
    degree: str
    kind: str
    family: str
    register: str

    @property
    def is_foreign(self) -> bool:
        return self.register.startswith("foreign")


def read_sentences(folder: Path = FOLDER) -> Iterator[LabelledSentence]:
    """The sentences of all kinds, files and lines in order."""
    for path in sorted(folder.glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            if not line or line.startswith("#"):
                continue
            cells = line.split("\t")
            if len(cells) != 4 or cells[0] not in DEGREES or not all(cells):
                raise UnreadableSentences(f"{path.name}, ligne {number}")
            degree, family, register, text = cells
            yield LabelledSentence(text, degree, path.stem, family, register)
