"""What the danger model looks at: words, their classes, sounds and letters, each as a number."""

from collections.abc import Iterator, Sequence
from zlib import crc32

from portal.text.phonetics import phonetic_key
from search.understanding.danger.reading import ReadWord

#: How many numbers there are; two features may share one.
BUCKETS = 1 << 15
#: Of how many words a text is read: those who paste a page are heard by the rules.
MOST_WORDS = 60
_SIZES = (3, 4, 5)


def features(read: Sequence[ReadWord]) -> set[int]:
    """The numbers, below ``BUCKETS``, of all that is said."""
    return {crc32(name.encode()) % BUCKETS for name in _names(read[:MOST_WORDS])}


def _names(read: Sequence[ReadWord]) -> Iterator[str]:
    words = ["^", *(_number(one.word) for one in read), "$"]
    yield from _runs("w", words, 3)
    yield from _runs("s", [phonetic_key(word) for word in words], 2)
    yield from _classes(read)
    yield from _letters(read)


def _runs(mark: str, words: Sequence[str], longest: int) -> Iterator[str]:
    """Each word, and each run of two to ``longest`` of them."""
    for end in range(1, len(words) + 1):
        for size in range(1, min(longest, end) + 1):
            yield f"{mark} {' '.join(words[end - size : end])}"


def _classes(read: Sequence[ReadWord]) -> Iterator[str]:
    """Classes of words, alone, near one another (up to two words between), and anywhere."""
    classes = [("^",), *(one.classes or (_number(one.word),) for one in read), ("$",)]
    for index, names in enumerate(classes):
        yield from (f"c {name}" for name in names)
        for far, mark in enumerate("cgh", start=1):
            if index >= far:
                yield from _pairs(mark, classes[index - far], names)
    present = sorted({name for one in read for name in one.classes})
    for position, name in enumerate(present):
        yield from (f"b {name} {other}" for other in present[position + 1 :])


def _letters(read: Sequence[ReadWord]) -> Iterator[str]:
    for one in read:
        if one.word.isdigit():
            continue
        framed = f"<{one.word}>"
        for size in _SIZES:
            for start in range(len(framed) - size + 1):
                yield f"l {framed[start : start + size]}"


def _pairs(mark: str, left: Sequence[str], right: Sequence[str]) -> Iterator[str]:
    for one in left:
        for other in right:
            yield f"{mark} {one} {other}"


def _number(word: str) -> str:
    """A number is one whichever it is; a postcode or a telephone is another one."""
    if not word.isdigit():
        return word
    return "#" if len(word) < 4 else "##"
