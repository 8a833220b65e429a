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
    java = java_home()
    home = fetched("elasticsearch", _check)
    with server_folder() as folder:
        shutil.copytree(home / "config", folder / "config", dirs_exist_ok=True)
        more = {"path.data": folder / "data", "path.logs": folder / "logs"}
        write_settings(folder, "elasticsearch.yml", **SETTINGS, **more)
        (folder / "config/jvm.options.d").mkdir(exist_ok=True)
        (folder / "config/jvm.options.d/tests.options").write_text("\n".join(jvm_options))
        # The distribution lacks bin/elasticsearch, which sets these before it does the same.
        env = {"ES_JAVA_HOME": java, "CLI_NAME": "server", "CLI_LIBS": "lib/tools/server-cli"}
        env |= {"ES_PATH_CONF": folder / "config", "ES_TMPDIR": folder / "tmp"}
        with running(folder, [home / "bin/elasticsearch-cli"], env) as url:
            yield url


if __name__ == "__main__":
    sys.exit(run_with(elasticsearch, VARIABLE))
