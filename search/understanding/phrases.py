"""Phrases that mean something, and where a question says them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from search.analysis import stem, words
from search.understanding.tokenize import GAPS, QueryText

#: Who helps with rights and procedures.
PROCEDURES = frozenset(("DROITS", "MDPH"))


@dataclass(frozen=True, slots=True)
class PhraseMeaning:
    """What a phrase says.

    ``types`` are named by it, ``likely`` are what the person probably looks for. ``public``
    is said, ``implied`` goes without saying (a maison des adolescents is for teenagers).
    ``is_felt``: the phrase tells what somebody lives, and names no place nor profession.
    """

    types: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    public: str = ""
    implied: str = ""
    practical: tuple[str, ...] = ()
    language: str = ""
    open_now: bool = False
    synonyms: tuple[str, ...] = ()
    promoted: tuple[str, ...] = ()
    is_felt: bool = False

    @property
    def is_procedure(self) -> bool:
        """Whether it is about a right or a procedure, which is not care."""
        return not PROCEDURES.isdisjoint(self.likely[:1])


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A phrase found in a question: its meaning, and which words said it, small ones too."""

    meaning: PhraseMeaning
    indices: tuple[int, ...]
    weight: int


@dataclass(slots=True)
class _TrieNode:
    after: dict[str, "_TrieNode"] = field(default_factory=dict)
    word: str = ""
    lead: str = ""
    meaning: PhraseMeaning | None = None
    left_out: int = 0


#: A small word that one word needs beside it: « par téléphone » is no « téléphone ».
LEADS = frozenset(("par",))
SHORTEST_STEM = 4
_KEPT_PLURALS = frozenset(("as", "is", "os", "us"))
#: A shorter word begins too many others; after two whole ones, a letter less.
SHORTEST_CUT = 4


@lru_cache(maxsize=20_000)
def phrase_key(word: str) -> str:
    """What is compared of a folded word: its stem, or all but its plural when that is short.

    The stem of « aidant » is also that of « aide ».
    """
    found = stem(word)
    if len(found) < SHORTEST_STEM:
        return word.removesuffix("s")
    # « vidéos »: the stemmer takes no plural away after these vowels.
    return found[:-1] if found[-2:] in _KEPT_PLURALS else found


class PhraseBook:
    """Phrases by their words, the longest first; a later phrase takes an earlier one's place.

    A phrase is said when its words follow each other in order, small words aside: « groupes
    d’entraide mutuelle » is « groupe entraide mutuelle ».
    """

    def __init__(self, phrases: Iterable[tuple[str, PhraseMeaning]] = ()) -> None:
        self._root = _TrieNode()
        #: The words of all the phrases.
        self.words: set[str] = set()
        #: The names of several words, by themselves without their blanks: « hopitaldejour ».
        self._glued: dict[str, str] = {}
        self._keys: set[str] = set()
        for phrase, meaning in phrases:
            self.add(phrase, meaning)

    def add(self, phrase: str, meaning: PhraseMeaning) -> None:
        every = words(phrase)
        content = [word for word in every if word not in GAPS]
        node = self._root
        for word in content:
            self.words.add(word)
            self._keys.add(phrase_key(word))
            node = node.after.setdefault(phrase_key(word), _TrieNode(word=word))
        if len(content) > 1 and not meaning.is_felt:
            whole = " ".join(every)
            self._glued |= {"".join(every): whole, "".join(content): whole}
        # « mon CMP » is more than « CMP »: it does not take its place.
        left_out = len(every) - len(content)
        if content and (node.meaning is None or left_out <= node.left_out):
            node.meaning, node.left_out = meaning, left_out
            node.lead = every[0] if len(every) == 2 and every[0] in LEADS else ""

    def knows(self, word: str) -> bool:
        """Whether a phrase has this folded word, in whatever number or gender."""
        return word in self.words or phrase_key(word) in self._keys

    def unglued(self, word: str) -> str:
        """The name that was typed without its blanks; empty when it is none.

        >>> book = PhraseBook([("hôpital de jour", PhraseMeaning(types=("HDJ",)))])
        >>> book.unglued("hopitaldejour"), book.unglued("hopitaljours"), book.unglued("hopital")
        ('hopital de jour', 'hopital de jour', '')
        """
        return self._glued.get(word) or self._glued.get(word.removesuffix("s"), "")

    def find(self, question: QueryText, mend: Callable[[str], str] = str) -> list[PhraseMatch]:
        """The phrases that the question says, from its first word to its last.

        ``mend`` gives the word that a word unknown here was meant to be, or the word itself.
        """
        content = question.content
        keys = [self._keys_of(question.words[index], mend) for index in content]
        found: list[PhraseMatch] = []
        position = 0
        while position < len(content):
            said = self._at(question, content, keys, position)
            if said:
                found.append(said)
            position += said.weight if said else 1
        return found

    def cut_words(self, question: QueryText) -> dict[int, str]:
        """The words that were not typed to their end, whole: « centre medico psycho ».

        They are part of a name of several words, whose first is whole; what somebody lives is told
        in whole words.
        """
        content = question.content
        found: dict[int, str] = {}
        position = 0
        while position < len(content):
            whole = self._whole_name(question, content[position:])
            cut = whole and any(word for word in whole.values())
            if cut and len(whole) > self._longest(question, content, position):
                found |= {index: word for index, word in whole.items() if word}
                position += len(whole)
            else:
                position += 1
        return found

    def _longest(self, question: QueryText, content: Sequence[int], position: int) -> int:
        keys = [(phrase_key(question.words[index]),) for index in content]
        said = self._at(question, content, keys, position)
        return said.weight if said else 0

    def _whole_name(self, question: QueryText, content: Sequence[int]) -> dict[int, str]:
        """The words of the longest name that begins there, whole where they are cut, else empty."""
        paths: list[tuple[_TrieNode, dict[int, str]]] = [(self._root, {})]
        longest: dict[int, str] = {}
        for rank, index in enumerate(content):
            if rank and _is_cut(question, content[rank - 1], index):
                break
            word = question.words[index]
            # « hopital de jou »: a small word between counts as one that is said.
            is_sure = index - content[0] > 1
            may_be_cut = rank and len(word) >= SHORTEST_CUT - is_sure
            paths = [
                (node, {**path, index: whole})
                for node, path in paths
                for node, whole in _after(node, word, may_be_cut=bool(may_be_cut))
            ]
            named = (path for node, path in paths if node.meaning and not node.meaning.is_felt)
            longest = next(named, longest)
        return longest if len(longest) > 1 else {}

    def _keys_of(self, word: str, mend: Callable[[str], str]) -> tuple[str, ...]:
        """The keys under which a word may be known, as it is written first."""
        if word in self.words:
            return (phrase_key(word),)
        return tuple(dict.fromkeys((phrase_key(word), phrase_key(mend(word)))))

    def _at(
        self,
        question: QueryText,
        content: Sequence[int],
        keys: Sequence[tuple[str, ...]],
        position: int,
    ) -> PhraseMatch | None:
        node, longest = self._root, None
        for end in range(position, len(content)):
            if end > position and _is_cut(question, content[end - 1], content[end]):
                break
            after = next((node.after[one] for one in keys[end] if one in node.after), None)
            if after is None:
                break
            node = after
            if node.meaning is not None and _has_lead(question, content[position], node.lead):
                indices = tuple(range(content[position], content[end] + 1))
                longest = PhraseMatch(node.meaning, indices, end + 1 - position)
        return longest


def _has_lead(question: QueryText, index: int, lead: str) -> bool:
    return not lead or (index > 0 and question.words[index - 1] == lead)


def _after(node: _TrieNode, word: str, *, may_be_cut: bool) -> Iterator[tuple[_TrieNode, str]]:
    """The nodes that a word leads to, and the word that it begins, empty when it is whole."""
    key = phrase_key(word)
    if key in node.after:
        yield node.after[key], ""
    if may_be_cut:
        for other, after in node.after.items():
            if other != key and other.startswith(word):
                yield after, after.word


def _is_cut(question: QueryText, before: int, after: int) -> bool:
    """Whether a word already understood stands between these two."""
    return any(index in question.taken for index in range(before + 1, after))
