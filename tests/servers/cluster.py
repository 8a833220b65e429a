"""Three search servers that hold each document twice: what one of them loses, nobody misses."""

import json
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers import elasticsearch, opensearch
from tests.servers.java import NoServer, address_of, server_folder, started

NODES = 3
#: Small heaps: three of them on a machine of 4 GB.
JVM_OPTIONS = ("-Xms384m", "-Xmx384m", "-XX:TieredStopAtLevel=1", "-XX:-AlwaysPreTouch")
PATIENCE = 600  # seconds for all of them to know one another

Prepare = Callable[..., tuple[list[str | Path], dict[str, str | Path]]]
#: How each engine calls its servers that elect one of theirs.
ENGINES: dict[str, tuple[Prepare, dict[str, str]]] = {
    "Elasticsearch": (
        elasticsearch.prepared,
        {"discovery.type": "multi-node", "masters": "cluster.initial_master_nodes"},
    ),
    "OpenSearch": (
        opensearch.prepared,
        {"discovery.type": "zen", "masters": "cluster.initial_cluster_manager_nodes"},
    ),
}


@dataclass
class Node:
    """A server of the cluster: its address, and its process, which may be killed."""

    url: str
    process: "subprocess.Popen[bytes]"

    def kill(self) -> None:
        """As a machine that loses its power: the server itself, not only what started it."""
        subprocess.run(["pkill", "-KILL", "-P", str(self.process.pid)], check=False)  # noqa: S603, S607
        self.process.kill()
        self.process.wait()


@contextmanager
def cluster(engine: str) -> Iterator[list[Node]]:
    """Start three servers that form one; ``NoServer`` when they cannot be had."""
    prepare, known = ENGINES[engine]
    names = [f"node-{number}" for number in range(NODES)]
    ports = [_free_port() for _ in names]
    # By their addresses: what runs OpenSearch here calls each of them « Node 1 ».
    addresses = json.dumps([f"127.0.0.1:{port}" for port in ports])
    common = {
        "discovery.type": known["discovery.type"],
        known["masters"]: addresses,
        "discovery.seed_hosts": addresses,
    }
    with ExitStack() as stack:
        folders, processes = [], []
        for name, port in zip(names, ports, strict=True):
            folder = stack.enter_context(server_folder())
            own = {"node.name": name, "transport.port": str(port)}
            command = prepare(folder, JVM_OPTIONS, **common, **own)
            folders.append(folder)
            processes.append(stack.enter_context(started(folder, *command)))
        pairs = zip(processes, folders, strict=True)
        nodes = [Node(address_of(process, folder), process) for process, folder in pairs]
        wait_for(nodes[0].url, NODES)
        yield nodes


def wait_for(url: str, nodes: int) -> None:
    """Return once that many servers know one another and each document is held twice."""
    deadline = time.monotonic() + PATIENCE
    question = f"{url}/_cluster/health?wait_for_nodes={nodes}&wait_for_status=green&timeout=20s"
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(question, timeout=25) as answer:  # noqa: S310
                if not json.load(answer)["timed_out"]:
                    return
        except OSError:
            time.sleep(0.5)
    raise NoServer(f"{nodes} serveurs ne se sont pas trouvés")


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
