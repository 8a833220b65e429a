"""How the directory calls its types, for the search to understand them."""

from collections.abc import Iterator

from django.db.models.signals import post_delete, post_save

from portal.base.cached import forget_all
from resources.models import ResourceType
from search.source_registry import TypeName, register_type_names


def names_of_types() -> Iterator[TypeName]:
    """Each type in each language; one query."""
    types = ResourceType.objects.select_related("locale").order_by("order", "name", "pk")
    for one in types:
        names = (one.name, one.plural, one.full_name, one.code)
        yield TypeName(
            code=one.code,
            language=one.locale.language_code,
            label=one.name,
            names=tuple(dict.fromkeys(filter(None, names))),
        )


register_type_names(names_of_types)
for signal in (post_save, post_delete):
    signal.connect(forget_all, sender=ResourceType, dispatch_uid=f"type-names-{id(signal)}")
