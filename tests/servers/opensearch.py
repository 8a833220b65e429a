"""Run a command with an OpenSearch of its own.

``python -m tests.servers.opensearch -- pytest tests/contracts``: the command finds its
address in ``SEARCH_TEST_OPENSEARCH``.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.servers.java import (
    JVM_OPTIONS,
    NoServer,
    fetched,
    java_home,
    run_with,
    running,
    server_folder,
    write_settings,
)

VARIABLE = "SEARCH_TEST_OPENSEARCH"


def _check(server: Path) -> None:
    if not list(server.glob("opensearch-2.*.jar")):
        raise NoServer("Ce que Maven a apporté n’est pas l’OpenSearch attendu")


@contextmanager
def opensearch(jvm_options: Sequence[str] = JVM_OPTIONS) -> Iterator[str]:
    """Start a server and give its address; ``NoServer`` when it cannot be had."""
    with server_folder() as folder, running(folder, *prepared(folder, jvm_options)) as url:
        yield url


def prepared(
    folder: Path, jvm_options: Sequence[str], **settings: str
) -> tuple[list[str | Path], dict[str, str | Path]]:
    """Write the settings of a server in its folder; the command and the environment it wants."""
    java = java_home()
    home = fetched("opensearch", _check)
    write_settings(folder, "opensearch.yml", **settings)
    jvm = [*jvm_options, "-Djava.security.manager=allow"]
    jvm.append(f"-Djava.io.tmpdir={folder / 'tmp'}")
    runner = ["-cp", f"{home}/*", "org.codelibs.opensearch.runner.OpenSearchRunner"]
    for option, name in (("conf", "config"), ("data", "data"), ("logs", "logs")):
        runner += [f"-{option}Path", f"{folder}/{name}"]
    # It adds one to the port for its first node: 0, any free one.
    runner += ["-basePath", str(folder), "-numOfNode", "1", "-baseHttpPort", "-1"]
    return [java / "bin/java", *jvm, *runner], {}


if __name__ == "__main__":
    sys.exit(run_with(opensearch, VARIABLE))
