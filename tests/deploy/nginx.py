"""A real nginx with the files of ``portal/deploy/nginx``, in a folder of its own.

    with Nginx(tmp_path) as nginx:
        answer = nginx.get("/annuaire/?q=triste")

Only places and ports differ from what ``portal/deploy/install`` writes on a machine.
"""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

from portal.deploy.machine import FILES
from portal.deploy.web_server import SHARED, site_of, without_ipv6

HOST = "sante-mentale.example.org"
PATIENCE = 20  # seconds
#: nginx has a certificate of its own making.
TRUSTING = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
TRUSTING.check_hostname = False
TRUSTING.verify_mode = ssl.CERT_NONE


def program() -> str | None:
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


class Answer:
    """What came back: ``status``, ``headers``, ``text``."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.text = response.read().decode("utf-8", "replace")


class Nginx:
    """nginx for one department; its portal is whatever listens on ``socket_path``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.var_dir = folder / "var"
        self.cache_dir = folder / "cache"
        self.log_dir = folder / "log"
        self.socket_path = folder / "run" / "portail.sock"
        for path in (self.var_dir, self.log_dir, self.socket_path.parent, folder / "tls/13"):
            path.mkdir(parents=True, exist_ok=True)
        self.http_port, self.port = _free_port(), _free_port()

    def __enter__(self) -> Self:
        self._write_certificate()
        self._write_settings()
        command = [program() or "nginx", "-e", "stderr", "-p", str(self.folder)]
        command += ["-c", str(self.folder / "nginx.conf")]
        self.process = subprocess.Popen(command)
        deadline = time.monotonic() + PATIENCE
        while not _listens(self.port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("nginx did not start: its message is above")
            time.sleep(0.02)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        with closing(self.connect()) as connection:
            connection.request(method, path, headers={"Host": HOST, **headers})
            return Answer(connection.getresponse())

    def connect(self, source: str = "127.0.0.1") -> http.client.HTTPSConnection:
        return http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=PATIENCE, context=TRUSTING, source_address=(source, 0)
        )

    def log(self) -> str:
        """All that nginx wrote in its logs."""
        return "".join(path.read_text() for path in sorted(self.log_dir.iterdir()))

    def _write_settings(self) -> None:
        texts = {place: (FILES / "nginx" / name).read_text() for name, place in SHARED.items()}
        texts["site.conf"] = site_of("13", HOST)
        for place, text in texts.items():
            path = self.folder / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self._moved(text))
        # Debian's own nginx.conf, as far as it matters here.
        user = "user www-data;" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(
            f"daemon off; {user} worker_processes 2; pid {self.folder}/nginx.pid;\n"
            "events { worker_connections 768; }\n"
            "http { include /etc/nginx/mime.types; default_type application/octet-stream;\n"
            f"client_body_temp_path {self.folder}/body; proxy_temp_path {self.folder}/proxy;\n"
            f"fastcgi_temp_path {self.folder}/f; uwsgi_temp_path {self.folder}/u;\n"
            f"scgi_temp_path {self.folder}/s; access_log off; gzip on;\n"
            f"include {self.folder}/conf.d/*.conf; include {self.folder}/site.conf; }}\n"
        )

    def _moved(self, text: str) -> str:
        for here, there in {
            "/etc/nginx/portail-ptsm": self.folder / "portail-ptsm",
            "/etc/portail-ptsm/tls": self.folder / "tls",
            "/var/log/nginx": self.log_dir,
            "/var/cache/nginx/portail-ptsm": self.cache_dir,
            "/var/lib/portail-ptsm/13": self.var_dir,
            "/var/lib/portail-ptsm/acme": self.folder / "acme",
            "/run/portail-ptsm-13": self.socket_path.parent,
            "listen 80;": f"listen 127.0.0.1:{self.http_port};",
            "listen 443 ": f"listen 127.0.0.1:{self.port} ",
        }.items():
            text = text.replace(here, str(there))
        return without_ipv6(text)

    def _write_certificate(self) -> None:
        keys = self.folder / "tls" / "13"
        command = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
        ]
        command += ["-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
        command += ["-keyout", str(keys / "privkey.pem"), "-out", str(keys / "fullchain.pem")]
        subprocess.run(command, check=True, capture_output=True)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
