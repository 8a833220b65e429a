"""How long a search takes among 30,000 entries, on each engine: « make bench-search ».

Each engine gets a database of its own, the same documents and the same questions, with
facets and distances. Beside each time stands that of a bare prototype in the same run: the
same words, twenty hits in the order of the words, no facet, no filter, no distance. « ×10 »
asks for 300,000 entries too, where the engine is meant for it, and prints the growth. « moteur »
is the time that a search server says it took itself, without the way there and back.

No test: a machine that is busy would fail it.
"""

import argparse
import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import django

from tests.servers.elasticsearch import elasticsearch
from tests.servers.java import NoServer
from tests.servers.opensearch import opensearch
from tests.servers.postgres import find_binaries, postgres

Times = dict[str, float]


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="300 000 fiches aussi")
    parser.add_argument("--in-process", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.in_process:
        print(json.dumps(_measure(options.in_process)))  # noqa: T201
        return
    _print("", *_COLUMNS)
    for name, run in ENGINES.items():
        few = run(30_000)
        if few is None:
            continue
        _print(f"{name}, 30 000", *(f"{few[column]:.1f}" for column in _COLUMNS))
        if options.large and name != "SQLite" and (many := run(300_000)):
            _print(f"{name}, 300 000", *(f"{many[column]:.1f}" for column in _COLUMNS))
            _print("croissance", *(f"× {many[c] / few[c]:.1f}" for c in _COLUMNS))


_COLUMNS = (
    *("p50", "p95", "max", "moteur p50", "moteur p95"),
    *("nu p50", "nu p95", "rapport p95", "lettres p95", "index (s)"),
)
# As a server is run for long: it compiles what it does often.
_JVM_OPTIONS = ("-Xms1g", "-Xmx1g")


def _print(title: str, *cells: str) -> None:
    sys.stdout.write(f"{title:22}" + "".join(f"{cell:>13}" for cell in cells) + "\n")
    sys.stdout.flush()


def _on_sqlite(entries: int) -> Times:
    with tempfile.TemporaryDirectory(prefix="portail-banc-") as folder:
        return _in_process(entries, DATABASE_URL=f"sqlite:///{Path(folder) / 'db.sqlite3'}")


def _on_postgresql(entries: int) -> Times | None:
    binaries = find_binaries()
    if binaries is None:
        _print("PostgreSQL", "absent")
        return None
    with postgres(binaries) as url:
        return _in_process(entries, DATABASE_URL=url)


def _on_server(
    name: str, server: Callable[[Sequence[str]], AbstractContextManager[str]], entries: int
) -> Times | None:
    try:
        with server(_JVM_OPTIONS) as url, tempfile.TemporaryDirectory() as folder:
            database = f"sqlite:///{Path(folder) / 'db.sqlite3'}"
            return _in_process(entries, DATABASE_URL=database, SEARCH_URL=url)
    except NoServer as reason:
        _print(name, f"absent ({reason})")
        return None


ENGINES: dict[str, Callable[[int], Times | None]] = {
    "SQLite": _on_sqlite,
    "PostgreSQL": _on_postgresql,
    "Elasticsearch": partial(_on_server, "Elasticsearch", elasticsearch),
    "OpenSearch": partial(_on_server, "OpenSearch", opensearch),
}


def _in_process(entries: int, **environment: str) -> Times:
    """Measure in a process of its own: settings are read once."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.benchmarks.search", "--in-process", str(entries)],
        env={**os.environ, **environment, "DJANGO_SETTINGS_MODULE": "portal.settings.test"},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _measure(entries: int) -> Times:
    django.setup()
    from django.core.management import call_command

    from search.engines import embedded_engine, server_engine
    from tests.benchmarks.search_corpus import beginnings, documents, questions

    logging.disable(logging.INFO)
    call_command("migrate", "search", verbosity=0)
    away = server_engine()
    engine = away or embedded_engine()
    took, bare_search = _taken_by(away) if away else ([], _bare)
    start = time.perf_counter()
    engine.rebuild(documents(entries))
    filled = time.perf_counter() - start
    asked = questions()
    times = _times(engine.search, asked)
    inside = took[-len(asked) :] or times
    bare = _times(bare_search, [one.words for one in asked if one.words])
    letters = _times(lambda typed: engine.complete(typed, "fr"), beginnings())
    return {
        "p50": statistics.median(times),
        "p95": _p95(times),
        "max": max(times),
        "moteur p50": statistics.median(inside),
        "moteur p95": _p95(inside),
        "nu p50": statistics.median(bare),
        "nu p95": _p95(bare),
        "rapport p95": _p95(times) / _p95(bare),
        "lettres p95": _p95(letters),
        "index (s)": filled,
    }


def _taken_by(server: Any) -> tuple[list[float], Callable[[str], None]]:
    """What the server says each search took, as it goes; and a bare search on it."""
    from search.engines.elasticsearch import engine as module

    # A benchmark waits for the slowest too.
    module.TOTAL_SECONDS = 60
    took: list[float] = []
    run, search = server._run, server.search

    def told(*request: Any) -> Any:
        answer = run(*request)
        took[-1] += answer["took"]
        return answer

    def counted(query: Any) -> Any:
        took.append(0)
        return search(query)

    server._run, server.search = told, counted

    def bare(words: str) -> None:
        for operator in ("and", "or"):
            fields = ["title", "kind_words", "summary", "body"]
            asked = {"query": words, "fields": fields, "type": "cross_fields", "operator": operator}
            body = {"query": {"multi_match": asked}, "size": 20, "track_total_hits": True}
            if server._client.search(index=server._alias, body=body)["hits"]["hits"]:
                return

    return took, bare


def _times(act: Callable[[Any], object], given: Iterable[Any]) -> list[float]:
    """Milliseconds of each, warm: the best of three, for what else runs only adds to it."""
    return [min(_time(act, one) for _ in range(3)) for one in given]


def _time(act: Callable[[Any], object], given: Any) -> float:
    start = time.perf_counter()
    act(given)
    return (time.perf_counter() - start) * 1000


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _bare(words: str) -> None:
    """All the words, else any of them; nothing else."""
    from django.db import connection

    from search.analysis import stems

    found: list = []
    for link in (" AND ", " OR "):
        if not found:
            with connection.cursor() as cursor:
                statement, question = _BARE[connection.vendor]
                cursor.execute(statement, [question(link, stems(words))])
                found = cursor.fetchall()


_BARE: dict[str, tuple[str, Callable[[str, list[str]], str]]] = {
    "sqlite": (
        "SELECT rowid FROM search_text WHERE search_text MATCH %s"
        " ORDER BY bm25(search_text) LIMIT 20",
        lambda link, stems: link.join(f'"{stem}"' for stem in stems),
    ),
    "postgresql": (
        "SELECT document_id FROM search_text, CAST(%s AS tsquery) q WHERE words @@ q"
        " ORDER BY ts_rank(words, q) DESC LIMIT 20",
        lambda link, stems: {" AND ": " & ", " OR ": " | "}[link].join(stems),
    ),
}


if __name__ == "__main__":
    main(sys.argv[1:])
