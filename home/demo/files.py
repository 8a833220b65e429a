"""Reading of the data files, with an error that says the file and the line."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

import yaml

HOME_DIR = Path(__file__).resolve().parents[1]
REFERENCE = HOME_DIR / "reference"
CONTENT = HOME_DIR / "demo" / "content"


class ContentError(Exception):
    """A data file says something that the portal cannot use; the message says where."""


class ContentEntry(dict):
    """A mapping of a data file, which knows where it stands."""

    def __init__(self, values: Iterable = (), *, path: Path | str = "", line: int = 0) -> None:
        super().__init__(values)
        self.path = path
        self.line = line

    @property
    def where(self) -> str:
        return f"{Path(self.path).name}, ligne {self.line}"

    def expect(self, required: Iterable[str], optional: Iterable[str] = ()) -> "ContentEntry":
        """Refuse a key that nobody reads and the absence of one that is needed."""
        required, known = set(required), {*required, *optional}
        if unknown := sorted(set(self) - known):
            raise self.error(
                f"clé inconnue « {unknown[0]} ». Clés possibles : {', '.join(sorted(known))}."
            )
        if missing := sorted(required - set(self)):
            raise self.error(f"il manque « {missing[0]} ».")
        return self

    def error(self, message: str | ValidationError) -> ContentError:
        if isinstance(message, ValidationError):
            message = " ".join(
                f"{field} : {' '.join(texts)}"
                for field, texts in getattr(message, "message_dict", {"": message.messages}).items()
            )
        return ContentError(f"{self.where} : {message}")

    def merged(self, other: dict) -> "ContentEntry":
        """This entry, completed and changed by another one."""
        return ContentEntry({**self, **other}, path=self.path, line=self.line)


class _ContentLoader(yaml.CSafeLoader):
    """YAML whose mappings know their file and line."""


def _mapping(loader: _ContentLoader, node: yaml.MappingNode) -> ContentEntry:
    loader.flatten_mapping(node)
    keys = [loader.construct_object(key) for key, _value in node.value]
    entry = ContentEntry(
        loader.construct_mapping(node, deep=True),
        path=node.start_mark.name,
        line=node.start_mark.line + 1,
    )
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise entry.error(f"la clé « {twice} » est écrite deux fois.")
    return entry


_ContentLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path) -> Any:
    """What the file holds; mappings come as ``Entry``."""
    with path.open(encoding="utf-8") as stream:
        try:
            # A child of CSafeLoader: it builds plain values only.
            return yaml.load(stream, Loader=_ContentLoader)  # noqa: S506
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 0
            message = f"{path.name}, ligne {line} : ce n’est pas du YAML ({error.problem})."
            raise ContentError(message) from error


def read_entries(path: Path) -> list[ContentEntry]:
    """The entries of a file: a list, or ``entries`` completed by the ``defaults`` above them."""
    data = read_yaml(path)
    if isinstance(data, list):
        return data
    data.expect(["entries"], ["defaults"])
    defaults = data.get("defaults", {})
    return [
        ContentEntry({**defaults, **entry}, path=entry.path, line=entry.line)
        for entry in data["entries"]
    ]


def read_csv(path: Path, delimiter: str = ",") -> list[ContentEntry]:
    """The rows of a CSV file with a header, one entry each."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, delimiter=delimiter)
        return [ContentEntry(row, path=path, line=reader.line_num) for row in reader]
