"""What a page of need says in red, from the numbers of ``portal.crisis``."""

from typing import NamedTuple

from portal.crisis.help_numbers import BY_SMS, MEDICAL, SUICIDE, HelpNumber, danger_message

#: The kind whose line is on every page of need.
_LINE = "suicide"


class DangerSign(NamedTuple):
    """``words`` say when to call ``number``, day and night; ``at_once`` is for a life in danger.

    ``block`` holds the numbers of another danger, which come before that line.
    """

    words: str
    number: HelpNumber
    at_once: HelpNumber
    block: tuple[HelpNumber, ...] = ()


def danger_sign(kind: str, words: str, said: str = "") -> DangerSign:
    """``kind`` is one of ``NeedDanger``; ``said`` a number that the page already gives.

    The block has two numbers: the first of the kind's message to be called, and the one for whoever
    may not speak.
    """
    message = None if kind == _LINE else danger_message(kind)
    if message is None:
        return DangerSign(words, SUICIDE, MEDICAL)
    others = [help for help in message.numbers if help.number != said]
    called = [help for help in others if help != BY_SMS][:1]
    silent = [help for help in others if help == BY_SMS]
    return DangerSign(words, SUICIDE, MEDICAL, (*called, *silent))
