"""Copy of shared fields from a source page or snippet to its translation.

What is shared is said by each model: see ``portal.base.translation_fields``. Child rows are
matched by ``translation_key``: a row that the source gained is added in the source's words, one
that it lost is removed. Unlike in wagtail-localize's own copy, an emptied list is emptied in the
translation too, and nothing is reported as changed when all was equal already.
"""

from collections.abc import Collection
from functools import cache
from typing import Any

from django.db import models

from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin
from wagtail.models.copying import _copy
from wagtail_localize.fields import get_translatable_fields

from portal.base.translation_fields import TranslatedFact, is_shared
from portal.translations.block_facts import copy_block_facts

#: What a copied row has for itself.
_OWN_TO_A_ROW = ["id", "uuid"]


@cache
def translation_fields(model: type[models.Model]) -> list[tuple[Any, Any]]:
    """What a model says of its fields: pairs of the declaration and Django's field."""
    return [(said, said.get_field(model)) for said in get_translatable_fields(model)]


def is_child_list(field: Any) -> bool:
    return isinstance(field, models.ManyToOneRel) and isinstance(field.remote_field, ParentalKey)


def copy_shared_fields(
    source: Any, target: Any, changed_texts: Collection[str] = (), path: str = ""
) -> bool:
    """Give ``target`` the facts of ``source``, in memory; return whether any of them differed.

    ``changed_texts`` are the paths of the source's texts that are no longer what was translated
    (as ``portal.translations.texts`` names them); those of a ``TranslatedFact`` are copied too.
    """
    changed = False
    kind: Any = type(source)
    for said, field in translation_fields(kind):
        if is_child_list(field):
            if issubclass(field.related_model, TranslatableMixin):
                changed |= _copy_rows(source, target, field.name, changed_texts, path)
            elif is_shared(said):
                changed |= _copy_plain_rows(source, target, field)
        elif isinstance(field, StreamField):
            changed |= _copy_blocks(source, target, field)
        elif is_shared(said) or (
            isinstance(said, TranslatedFact) and f"{path}{field.name}" in changed_texts
        ):
            changed |= _copy_value(source, target, field)
    return changed


def _copy_blocks(source: Any, target: Any, field: Any) -> bool:
    own = copy_block_facts(getattr(source, field.name), getattr(target, field.name))
    if own is not None:
        setattr(target, field.name, own)
    return own is not None


def _copy_value(source: Any, target: Any, field: Any) -> bool:
    if field.many_to_many:
        rows = list(getattr(source, field.name).all())
        if {row.pk for row in rows} == {row.pk for row in getattr(target, field.name).all()}:
            return False
        getattr(target, field.name).set(rows)
        return True
    value = getattr(source, field.attname)
    if getattr(target, field.attname) == value:
        return False
    setattr(target, field.attname, value)
    return True


def _copy_rows(
    source: Any, target: Any, name: str, changed_texts: Collection[str], path: str
) -> bool:
    """Rows that are translated one by one."""
    known = {row.translation_key: row for row in getattr(target, name).all()}
    rows, changed = [], False
    for row in getattr(source, name).all():
        own = known.pop(row.translation_key, None)
        if own is None:
            own, changed = _new_row(row, locale_id=target.locale_id), True
        else:
            below = f"{path}{name}.{row.translation_key}."
            changed |= copy_shared_fields(row, own, changed_texts, below)
            if own.sort_order != row.sort_order:
                own.sort_order, changed = row.sort_order, True
        rows.append(own)
    if changed or known:
        setattr(target, name, rows)
    return changed or bool(known)


def _copy_plain_rows(source: Any, target: Any, relation: Any) -> bool:
    """Rows that hold facts alone: all of them, or none, are replaced."""
    own = {"id", relation.field.name}
    names = [f.attname for f in relation.related_model._meta.concrete_fields if f.name not in own]
    rows = list(getattr(source, relation.name).all())
    old, new = (
        [[getattr(row, name) for name in names] for row in some]
        for some in (getattr(target, relation.name).all(), rows)
    )
    if old == new:
        return False
    setattr(target, relation.name, [_new_row(row) for row in rows])
    return True


def _new_row(row: Any, **values: Any) -> Any:
    copied, _children = _copy(row, exclude_fields=_OWN_TO_A_ROW, update_attrs=values)
    return copied


def adopt_row_keys(draft: Any, saved: Any) -> None:
    """Give new rows of a draft the primary keys of the rows of the saved object.

    Otherwise publishing the draft would insert a second row of the same translation.
    """
    kind: Any = type(saved)
    for _said, field in translation_fields(kind):
        if is_child_list(field) and issubclass(field.related_model, TranslatableMixin):
            rows = list(getattr(draft, field.name).all())
            if not any(row.pk is None for row in rows):
                continue
            keys = dict(getattr(saved, field.name).values_list("translation_key", "pk"))
            for row in rows:
                row.pk = row.pk or keys.get(row.translation_key)
            setattr(draft, field.name, rows)
