"""Which fields of an entry the import table holds, and why it leaves out the others."""

from resources.imports.columns import COLUMNS

#: The column of a list, and the fields of its rows that one cell writes.
_LISTS = {"phones": {"phones.label", "phones.number"}}

LEFT_OUT = {
    "uuid": "it is the key of a row: it finds the entry again",
    "seeks_referent": "the departure of a referent writes it",
    "content_updated_on": "publication writes it",
    **dict.fromkeys(
        ("listing_image", "listing_image_alt", "listing_image_is_decorative"),
        "an image does not fit in a cell",
    ),
    "description": "a text of several blocks does not fit in a cell",
    **dict.fromkeys(("closures", "notices", "services"), "rows of several fields: on the screen"),
}


def field_names() -> set[str]:
    """Names of ``resources.entry_fields``."""
    names = [_LISTS.get(column.name, {column.name}) for column in COLUMNS]
    return set().union(*names)
