"""Run a command with an Elasticsearch of its own.

``python -m tests.servers.elasticsearch -- pytest tests/contracts``: the command finds its
address in ``SEARCH_TEST_ELASTICSEARCH``. The server is for tests only (Elastic License 2.0).
"""

import hashlib
import shutil
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

VARIABLE = "SEARCH_TEST_ELASTICSEARCH"
SETTINGS = {"xpack.security.enabled": "false"}
# The very bytes of org.elasticsearch:elasticsearch:8.19.8.
JAR = "lib/elasticsearch-8.19.8.jar"
JAR_DIGEST = "336e0f3def95a67ea4dca2e2894202e3f100573f122340309e56d983f52e8a7c"


def _check(server: Path) -> None:
    jar = server / JAR
    if not jar.exists() or hashlib.sha256(jar.read_bytes()).hexdigest() != JAR_DIGEST:
        raise NoServer("Ce que Maven a apporté n’est pas l’Elasticsearch attendu")


@contextmanager
def elasticsearch(jvm_options: Sequence[str] = JVM_OPTIONS) -> Iterator[str]:
    """Start a server and give its address; ``NoServer`` when it cannot be had."""
    with server_folder() as folder, running(folder, *prepared(folder, jvm_options)) as url:
        yield url


def prepared(
    folder: Path, jvm_options: Sequence[str], **settings: str
) -> tuple[list[str | Path], dict[str, str | Path]]:
    """Write the settings of a server in its folder; the command and the environment it wants."""
    java = java_home()
    home = fetched("elasticsearch", _check)
    shutil.copytree(home / "config", folder / "config", dirs_exist_ok=True)
    places = {"path.data": folder / "data", "path.logs": folder / "logs"}
    write_settings(folder, "elasticsearch.yml", **SETTINGS, **places, **settings)
    (folder / "config/jvm.options.d").mkdir(exist_ok=True)
    (folder / "config/jvm.options.d/tests.options").write_text("\n".join(jvm_options))
    # The distribution lacks bin/elasticsearch, which sets these before it does the same.
    env: dict[str, str | Path] = {"ES_JAVA_HOME": java, "CLI_NAME": "server"}
    env |= {"CLI_LIBS": "lib/tools/server-cli"}
    env |= {"ES_PATH_CONF": folder / "config", "ES_TMPDIR": folder / "tmp"}
    return [home / "bin/elasticsearch-cli"], env


if __name__ == "__main__":
    sys.exit(run_with(elasticsearch, VARIABLE))
