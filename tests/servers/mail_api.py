"""The API of a sending service, played on the loopback address: what it is asked is kept.

with MailApi() as api:
    api.answer = (200, {"messageId": "<1@x.example>"})
"""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

#: Instead of an answer.
HANG_UP = "hang up"
SAY_NOTHING = "say nothing"


class MailApi:
    """``answer`` is a status with what to say, or one of the words above.

    ``asked`` holds the JSON of each POST and the query of each GET. ``answers`` are given
    first, one each.
    """

    def __init__(self) -> None:
        self.answer: Any = (200, {})
        self.answers: list[Any] = []
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.callers: set[int] = set()
        self.stopped = Event()
        handler = type("Handler", (_Handler,), {"api": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.thread = Thread(target=self.server.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/"

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        self.stopped.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    api: MailApi

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def do_GET(self) -> None:
        self._answer(dict(parse_qsl(urlsplit(self.path).query)))

    def _answer(self, asked: dict[str, Any]) -> None:
        api = self.api
        api.callers.add(self.client_address[1])
        api.asked.append(asked)
        api.headers.append(dict(self.headers))
        api.paths.append(urlsplit(self.path).path)
        answer = api.answers.pop(0) if api.answers else api.answer
        if answer == SAY_NOTHING:
            api.stopped.wait()
        if answer in (HANG_UP, SAY_NOTHING):
            self.close_connection = True
            return
        status, content = answer
        text = (content if isinstance(content, str) else json.dumps(content)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args: Any) -> None:
        pass
