"""The danger model: a linear one, trained by ``manage.py train_danger``, read in plain Python.

It only adds to the rules. Its file is a line of JSON, then a signed byte for each feature of each
output. When the file is missing or broken, the rules answer alone, and the log says so.
"""

import json
import logging
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

from search.understanding.danger.features import BUCKETS

FILE = Path(__file__).parent / "data" / "model.bin"
DANGER, HELP = "danger", "help"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DangerModel:
    """Weights by output (« danger », « help », then a kind each), and from which score they tell.

    A score is ``bias + scale × sum of the weights``; ``red`` is compared with that of « danger »,
    ``quiet`` with that of « help » (danger or distress).
    """

    outputs: tuple[str, ...]
    scales: tuple[float, ...]
    biases: tuple[float, ...]
    red: float
    quiet: float
    weights: array

    def score(self, output: str, found: Iterable[int]) -> float:
        """How much the features tell of this output; no unit, compared with a threshold."""
        place = self.outputs.index(output)
        start = place * BUCKETS
        total = sum(self.weights[start + feature] for feature in found)
        return self.biases[place] + self.scales[place] * total

    def kind(self, found: Iterable[int]) -> str:
        """The likeliest kind of danger, when there is one."""
        every = tuple(found)
        return max(self.outputs[2:], key=lambda kind: self.score(kind, every))

    def to_bytes(self) -> bytes:
        """The file's content; the same model gives the same bytes."""
        head = {
            "outputs": self.outputs,
            "scales": self.scales,
            "biases": self.biases,
            "red": self.red,
            "quiet": self.quiet,
            "crc": crc32(self.weights.tobytes()),
        }
        return json.dumps(head).encode() + b"\n" + self.weights.tobytes()


def model_from(content: bytes) -> DangerModel:
    """The model of a file's content; ``ValueError`` or ``KeyError`` when it is none."""
    head, _mark, body = content.partition(b"\n")
    told = json.loads(head)
    weights = array("b", body)
    outputs = tuple(told["outputs"])
    if len(weights) != BUCKETS * len(outputs) or crc32(body) != told["crc"]:
        raise ValueError("weights are missing or changed")
    return DangerModel(
        outputs=outputs,
        scales=tuple(map(float, told["scales"])),
        biases=tuple(map(float, told["biases"])),
        red=float(told["red"]),
        quiet=float(told["quiet"]),
        weights=weights,
    )


@cache
def danger_model() -> DangerModel | None:
    """The model of this process; None, and a line in the log, when it cannot be read."""
    try:
        return model_from(FILE.read_bytes())
    except (OSError, ValueError, KeyError, TypeError) as mistake:
        logger.error(
            "Le modèle de danger est illisible (%s) : les règles répondent seules. "
            "Refaites-le avec « manage.py train_danger ».",
            type(mistake).__name__,
        )
        return None
