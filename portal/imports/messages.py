"""What a report says of a value that is written, or kept."""

from typing import Any

from django.utils.translation import gettext as _

from portal.imports.contract import FieldValues, ImportTarget

_LONGEST = 80


class ChangeMessages:
    """The words of one plan, with the names that its target gives to fields and codes."""

    def __init__(self, target: ImportTarget) -> None:
        self.target = target

    def of_version(self, differing: FieldValues) -> str:
        words = _(
            "Modifiée depuis le téléchargement du tableau : gardée telle quelle. "
            "Dans le fichier, autres valeurs pour : %(names)s."
        )
        return words % {"names": ", ".join(self.target.label_of(name) for name in differing)}

    def of_change(self, name: str, now: Any, value: Any) -> str:
        if is_empty(now):
            words = _("%(label)s : « %(new)s »")
        elif is_empty(value):
            words = _("%(label)s : « %(old)s » est retiré")
        else:
            words = _("%(label)s : « %(new)s » au lieu de « %(old)s »")
        return words % self._named(name, now, value)

    def of_kept(self, name: str, now: Any, value: Any) -> str:
        if is_empty(now):
            words = _("%(label)s : gardé vide, une personne l’a vidé (fichier : « %(new)s »)")
        elif is_empty(value):
            words = _("%(label)s : gardé, modifié par une personne : « %(old)s » (fichier : vide)")
        else:
            words = _(
                "%(label)s : gardé, modifié par une personne : « %(old)s » (fichier : « %(new)s »)"
            )
        return words % self._named(name, now, value)

    def _named(self, name: str, now: Any, value: Any) -> dict[str, str]:
        return {
            "label": self.target.label_of(name),
            "old": _shortened(self.target.in_words(name, now)),
            "new": _shortened(self.target.in_words(name, value)),
        }


def is_empty(value: Any) -> bool:
    return value is None or value == "" or value == []


def are_same(one: Any, other: Any) -> bool:
    """Two values that mean the same; True and 1 do not."""
    if is_empty(one) and is_empty(other):
        return True
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
