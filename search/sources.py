"""What the apps above give to the search, which knows none of them.

An app registers in its ``ready``: documents that are no page of their own (a help line, a
word of the lexicon), and which entries are open at this moment.
"""

from collections.abc import Callable, Iterable

from search.contracts import SearchDocument

Source = Callable[[], Iterable[SearchDocument]]
OpenNow = Callable[[], frozenset[str]]

_sources: dict[str, Source] = {}
_open_now: list[OpenNow] = []


def register_source(prefix: str, documents: Source) -> None:
    """Documents whose keys begin with ``prefix:``, read anew at each rebuild."""
    _sources[prefix] = documents


def sources() -> dict[str, Source]:
    return dict(_sources)


def register_open_now(keys: OpenNow) -> None:
    """How to know the keys of the entries that are open now."""
    _open_now[:] = [keys]


def open_now_keys() -> frozenset[str]:
    return _open_now[0]() if _open_now else frozenset()
