"""Departments of France, with the French preposition of each (« dans les », « de »)."""

import csv
from dataclasses import dataclass
from functools import cache

from portal.geo.services import DATA_DIR


@dataclass(frozen=True, slots=True)
class Department:
    """``in_department``: « dans les Bouches-du-Rhône »; ``of_department``: « de Paris »."""

    code: str
    name: str
    in_department: str
    of_department: str


@cache
def departments() -> dict[str, Department]:
    """All departments by INSEE code (``13``, ``2A``, ``974``), from the shipped list."""
    with (DATA_DIR / "departments.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: Department(**row) for row in csv.DictReader(lines)}


def department_of_code(code: str) -> Department | None:
    """The department of a code as people type it: « 1 » and « 2a » are accepted."""
    return departments().get(code.strip().upper().zfill(2))
