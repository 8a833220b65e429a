"""How the danger model is trained, and measured on wordings that it has not seen.

Needs scikit-learn, which only developers install. Deterministic: liblinear with a fixed seed,
weights rounded to a byte, no thread. The same sentences give the same file.

NB-SVM (Wang and Manning, ACL 2012): each feature is weighted by the ratio of its frequencies in
the two classes, then a logistic regression is fitted.
"""

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from search.understanding.danger import words
from search.understanding.danger.assessment import (
    DangerSigns,
    is_laughed_at,
    signs_in,
    signs_of_rules,
)
from search.understanding.danger.features import BUCKETS, features
from search.understanding.danger.model import DANGER, HELP, DangerModel
from search.understanding.danger.reading import read_words
from search.understanding.danger.rules import heard_by_rules
from search.understanding.danger.sentences import HELD_OUT, LabelledSentence, read_sentences

FOLDS = 5
_REGULARISATION = 1.0
#: Which block answers the sentences of each file.
BLOCKS = {
    words.SUICIDE: "suicide means farewell selfharm relative_signs voices",
    words.ATTEMPT: "attempt",
    words.OVERDOSE: "intoxication",
    words.CHILD: "minor",
    words.VIOLENCE: "violence_now violence_past sexual threat",
    words.AGITATION: "agitation",
    words.EMERGENCY: "emergency",
    words.BREATH: "vital",
}
#: What is shown as a block, rather than as one sentence.
_CALM = frozenset((words.DISTRESS, words.BEREAVED, words.PAST_ABUSE, words.NO_ROOF))
#: Red above the higher of these percentiles of left-out French sentences, quiet likewise; the
#: rules' own false alarms come on top: one ordinary question in a hundred is red, eight are quiet.
RED = {"ordinary": 99.0, "lookalike": 95.0}
QUIET = {"ordinary": 93.0, "lookalike": 75.0}


@dataclass(frozen=True, slots=True)
class DangerScore:
    """Shares, from 0 to 1, of sentences of one group that are shown something.

    ``red`` and ``seen`` (red or quiet) by rules and model together; ``rules`` by rules alone.
    """

    group: str
    count: int
    rules: float
    red: float
    seen: float


class DangerTraining:
    """The sentences as numbers; each part of them is left out once, by whole families."""

    def __init__(self, sentences: Sequence[LabelledSentence]) -> None:
        self.sentences = list(sentences)
        read = [read_words(one.text) for one in self.sentences]
        heard = [heard_by_rules(words_read) for words_read in read]
        rows = [sorted(features(rest)) for _kinds, rest in heard]
        self._laughs = np.array([is_laughed_at(words_read) for words_read in read])
        self._signs = [
            signs_of_rules(kinds, laughs)
            for (kinds, _rest), laughs in zip(heard, self._laughs, strict=True)
        ]
        ends = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
        columns = np.array([column for row in rows for column in row], dtype=np.int32)
        ones = np.ones(len(columns))
        self._matrix = sparse.csr_matrix((ones, columns, ends), shape=(len(rows), BUCKETS))
        sizes = Counter(one.family for one in self.sentences)
        self._weights = np.array([sizes[one.family] ** -0.5 for one in self.sentences])
        self._folds = np.array([crc32(one.family.encode()) % FOLDS for one in self.sentences])
        self._kinds = np.array([one.kind for one in self.sentences])
        self._foreign = np.array([one.is_foreign for one in self.sentences])
        self._degrees = np.array([one.degree for one in self.sentences])
        self._targets = {
            DANGER: self._degrees == "danger",
            HELP: self._degrees != "none",
        }

    def model(self) -> DangerModel:
        """The model of all the sentences, with thresholds of left-out ones."""
        everyone = np.ones(len(self.sentences), dtype=bool)
        dangers = self._targets[DANGER]
        fitted = [self._fit(self._targets[name], everyone) for name in (DANGER, HELP)]
        for files in BLOCKS.values():
            fitted.append(self._fit(np.isin(self._kinds, files.split()), dangers))
        packed = [_packed(coefficients) for coefficients, _bias in fitted]
        return DangerModel(
            outputs=(DANGER, HELP, *BLOCKS),
            scales=tuple(scale for scale, _bytes in packed),
            biases=tuple(round(bias, 4) for _coefficients, bias in fitted),
            red=round(self._threshold(self.left_out[DANGER], RED), 3),
            quiet=round(self._threshold(self.left_out[HELP], QUIET), 3),
            weights=array("b", b"".join(numbers for _scale, numbers in packed)),
        )

    @property
    def left_out(self) -> dict[str, np.ndarray]:
        """The score of each sentence, by the model that has not seen its family."""
        if not hasattr(self, "_left_out"):
            self._left_out = {name: self._cross(target) for name, target in self._targets.items()}
        return self._left_out

    def scores(self) -> list[DangerScore]:
        """What is seen of families left out: French by degree, then each kind, then foreign."""
        red_from = self._threshold(self.left_out[DANGER], RED)
        quiet_from = self._threshold(self.left_out[HELP], QUIET)
        rules = np.array([bool(signs.danger) for signs in self._signs])
        heard = np.array([signs.quiet in _CALM for signs in self._signs])
        red = rules | (self.left_out[DANGER] >= red_from) & ~self._laughs
        seen = red | heard | (self.left_out[HELP] >= quiet_from)
        foreign = self._foreign
        groups = {
            "danger, français": (self._degrees == "danger") & ~foreign,
            "détresse, français": (self._degrees == "distress") & ~foreign,
            "questions ordinaires": (self._kinds == "ordinary") & ~foreign,
            "ressemblances": (self._kinds == "lookalike") & ~foreign,
            "danger, autres langues": (self._degrees == "danger") & foreign,
            "demandes, autres langues": (self._degrees == "none") & foreign,
        }
        for kind in sorted(set(self._kinds) - {"ordinary", "lookalike"}):
            groups[f"  {kind}"] = (self._kinds == kind) & ~foreign
        return [
            DangerScore(
                name,
                int(those.sum()),
                float(rules[those].mean()),
                float(red[those].mean()),
                float(seen[those].mean()),
            )
            for name, those in groups.items()
            if those.any()
        ]

    def _cross(self, target: np.ndarray) -> np.ndarray:
        scores = np.zeros(len(self.sentences))
        for fold in range(FOLDS):
            left_out = self._folds == fold
            coefficients, bias = self._fit(target, ~left_out)
            scores[left_out] = self._matrix[left_out] @ coefficients + bias
        return scores

    def _fit(self, target: np.ndarray, among: np.ndarray) -> tuple[np.ndarray, float]:
        matrix, wanted, weights = self._matrix[among], target[among], self._weights[among]
        ratio = np.log(_shares(matrix, weights, wanted) / _shares(matrix, weights, ~wanted))
        fitted = LogisticRegression(
            C=_REGULARISATION, solver="liblinear", dual=True, random_state=0, max_iter=300, tol=1e-2
        ).fit(matrix.multiply(ratio).tocsr(), wanted, sample_weight=weights)
        return ratio * fitted.coef_[0], float(fitted.intercept_[0])

    def _threshold(self, scores: np.ndarray, percentiles: dict[str, float]) -> float:
        return max(
            float(np.percentile(scores[(self._kinds == kind) & ~self._foreign], percent))
            for kind, percent in percentiles.items()
        )


def held_out_scores() -> list[DangerScore]:
    """What the shipped rules and model see of the sentences that are never learned, by file."""
    texts: dict[str, list[str]] = {}
    for one in read_sentences(HELD_OUT):
        texts.setdefault(one.kind, []).append(one.text)
    return [_held_out_score(kind, those) for kind, those in texts.items()]


def held_out_kinds() -> tuple[int, int]:
    """Of held-out sentences in red whose family names a kind: how many are given it, and how many.

    « fourth-suicide.012 » names one. Who does not breathe is also an emergency: 15 comes first.
    """
    wanted = [
        (one.family.partition(".")[0].partition("-")[2], signs_in(one.text).danger)
        for one in read_sentences(HELD_OUT)
    ]
    told = [(kind, shown) for kind, shown in wanted if kind and shown]
    same = {words.EMERGENCY: (words.EMERGENCY, words.BREATH)}
    return sum(shown in same.get(kind, (kind,)) for kind, shown in told), len(told)


def _held_out_score(kind: str, texts: Sequence[str]) -> DangerScore:
    signs = [signs_in(text) for text in texts]
    rules = [_signs_of_rules(text) for text in texts]
    return DangerScore(
        kind,
        len(texts),
        float(np.mean([bool(one.danger) for one in rules])),
        float(np.mean([bool(one.danger) for one in signs])),
        float(np.mean([bool(one.danger) or one.quiet in _CALM for one in signs])),
    )


def _signs_of_rules(text: str) -> DangerSigns:
    read = read_words(text)
    return signs_of_rules(heard_by_rules(read)[0], is_laughed_at(read))


def _shares(matrix: sparse.csr_matrix, weights: np.ndarray, those: np.ndarray) -> np.ndarray:
    """How often each feature is met among those sentences, never quite zero."""
    met = 1.0 + weights[those] @ matrix[those]
    return met / met.sum()


def _packed(coefficients: np.ndarray) -> tuple[float, bytes]:
    """The step of one byte, and the weights in steps."""
    scale = float(f"{np.abs(coefficients).max() / 127:.6g}")
    steps = np.clip(np.rint(coefficients / scale), -127, 127).astype(np.int8)
    return scale, steps.tobytes()
