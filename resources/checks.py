"""What is refused at start: a field of an entry of which an output says nothing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.core.checks import CheckMessage, Error, register
from django.utils.translation import gettext as _

from resources import update_form
from resources.entry import search_document
from resources.entry_fields import entry_fields, fields_read
from resources.hsds import mapping as hsds
from resources.imports import field_names as imports
from resources.open_data import data_inclusion
from resources.open_data import fields as open_data
from resources.printing import entry as printing
from resources.referents import completeness


class EntryOutput(NamedTuple):
    """Something made of the fields of an entry: those it reads, and why it leaves out others.

    ``module`` is where both are written. A name of a list (« services ») in ``left_out`` stands
    for all fields of its rows.
    """

    module: str
    fields: set[str]
    left_out: Mapping[str, str]

    def leaves_out(self, name: str) -> bool:
        return not self.left_out.keys().isdisjoint({name, name.partition(".")[0]})


def entry_outputs() -> list[EntryOutput]:
    return [
        EntryOutput("resources.imports.field_names", imports.field_names(), imports.LEFT_OUT),
        EntryOutput(
            "resources.open_data.fields",
            fields_read(field.source for field in open_data.FIELDS),
            open_data.LEFT_OUT,
        ),
        EntryOutput(
            "resources.open_data.data_inclusion",
            fields_read(data_inclusion.STRUCTURE.values(), data_inclusion.SERVICE.values()),
            data_inclusion.LEFT_OUT,
        ),
        EntryOutput(
            "resources.hsds.mapping",
            fields_read(*(properties.values() for properties in hsds.ALL)),
            hsds.LEFT_OUT,
        ),
        EntryOutput("resources.update_form", update_form.field_names(), update_form.LEFT_OUT),
        EntryOutput(
            "resources.printing.entry",
            fields_read(printing.HEADING.values(), printing.FACTS),
            printing.LEFT_OUT,
        ),
        EntryOutput(
            "resources.referents.completeness", completeness.field_names(), completeness.LEFT_OUT
        ),
        EntryOutput(
            "resources.entry.search_document",
            search_document.FIELDS_READ,
            search_document.LEFT_OUT,
        ),
    ]


@register()
def every_output_decides_on_every_field(**_kwargs: Any) -> list[CheckMessage]:
    """E001: an output says nothing of a field. E002: it names one twice, or one that is gone."""
    fields = entry_fields()
    outputs = entry_outputs()
    return [*_undecided(fields, outputs), *_misnamed(fields, outputs)]


def _undecided(fields: Iterable[str], outputs: list[EntryOutput]) -> Iterator[CheckMessage]:
    for name in fields:
        modules = [
            one.module for one in outputs if name not in one.fields and not one.leaves_out(name)
        ]
        if modules:
            yield Error(
                _("Le champ « %(name)s » d’une fiche n’est pas nommé dans : %(modules)s.")
                % {"name": name, "modules": ", ".join(modules)},
                hint=_(
                    "Dans chacun de ces modules, nommez-le parmi les champs lus, ou écrivez : "
                    'LEFT_OUT = {"%(name)s": "pourquoi"}.'
                )
                % {"name": name},
                id="resources.E001",
            )


def _misnamed(fields: Iterable[str], outputs: list[EntryOutput]) -> Iterator[CheckMessage]:
    known = {*fields, *(name.partition(".")[0] for name in fields)}
    for one in outputs:
        twice = {name for name in one.fields if one.leaves_out(name)}
        if misnamed := sorted({*one.fields, *one.left_out} - known | twice):
            yield Error(
                _("%(module)s nomme des champs qu’aucune fiche n’a, ou deux fois : %(names)s.")
                % {"module": one.module, "names": ", ".join(misnamed)},
                hint=_("Corrigez leur nom, ou retirez-les de LEFT_OUT."),
                id="resources.E002",
            )
