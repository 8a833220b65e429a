"""Kinds of fields of a translatable model, beside those of wagtail-localize.

Each field of a translatable model says in ``override_translatable_fields`` what other languages
do with it:

- ``SynchronizedField(name, overridable=False)``: shared, the value is the source's;
- ``TranslatedFact(name)``: a fact told in words, so a translation of old words would be false;
- ``TranslatableField(name)``: text; when the source changes, the translation is to be read again;
- ``SynchronizedField(name)``: taken from the source once, then each language has its own.

``portal.translations`` keeps the first two true, and a system check refuses a field that says
nothing.
"""

from wagtail_localize.fields import SynchronizedField, TranslatableField

TRANSLATED = False


class TranslatedFact(TranslatableField):
    """A fact told in words: « du lundi au vendredi », « salle indisponible », « gratuit ».

    It is translated like any text. As soon as the source says something else, every language says
    it in the source's words, until they are translated again.
    """

    def __repr__(self) -> str:
        return f"<TranslatedFact {self.field_name}>"


def is_shared(field: object) -> bool:
    """Whether a field of ``override_translatable_fields`` has the source's value everywhere."""
    return isinstance(field, SynchronizedField) and not field.overridable
