"""« C’est quoi un CMP ? »: who asks what a word means is led to where words are explained."""

from search.understanding.tokenize import QueryText

#: Where words are explained.
EXPLAIN = ("LEXIQUE", "PAGE_INFO")

_ASKED = (
    ("est", "quoi"),
    ("veut", "dire", "quoi"),
    ("que", "veut", "dire"),
    ("veut", "dire"),
    ("veulent", "dire"),
    ("qu", "est", "ce"),
    ("que", "est", "ce"),
    ("definition",),
    ("definitions",),
    ("definir",),
    ("signification",),
    ("signifie",),
    ("signifient",),
)
#: « Qu’est-ce »: the apostrophe hides its first letters.
_HIDDEN = ("est", "ce")


def take_definition(question: QueryText) -> bool:
    """Whether it asks what a word means; the words that ask are then taken."""
    for start in range(len(question.words)):
        for asked in (*_ASKED, _HIDDEN):
            if _is_asked(question, start, asked):
                question.taken.update(range(start, start + len(asked)))
                return True
    return False


def _is_asked(question: QueryText, start: int, asked: tuple[str, ...]) -> bool:
    end = start + len(asked)
    if tuple(question.words[start:end]) != asked or len(question.words) == len(asked):
        return False
    token = question.tokens[start]
    return asked is not _HIDDEN or question.text[token.begins].lower() == "q"
