"""A DNS of its own for a test: answers on the loopback address what a recorded zone says.

    with serve({"x.example": {"MX": ["10 mx.x.example."]}}) as resolver:
        check_domain("x.example", resolver=resolver)

A name whose records are None never gets an answer; one that is not written doesn't exist.
"""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.resolver
import dns.rrset

Zone = Mapping[str, Mapping[str, list[str]] | None]


def txt(text: str) -> str:
    """A text as a zone holds it: in pieces of 255 signs at most, between quotes."""
    pieces = [text[start : start + 255] for start in range(0, len(text), 255)]
    return " ".join(f'"{piece}"' for piece in pieces)


@contextmanager
def serve(zone: Zone) -> Iterator[dns.resolver.Resolver]:
    """A resolver that knows the zone and asks nobody else."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        thread = Thread(target=_answer_all, args=(server, zone), daemon=True)
        thread.start()
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers = ["127.0.0.1"]
        resolver.port = server.getsockname()[1]
        try:
            yield resolver
        finally:
            server.sendto(b"", server.getsockname())  # ends the thread
            thread.join()


def _answer_all(server: socket.socket, zone: Zone) -> None:
    while content := server.recvfrom(65535):
        if not content[0]:
            return
        answer = _answer(dns.message.from_wire(content[0]), zone)
        if answer:
            server.sendto(answer.to_wire(max_size=65535), content[1])


def _answer(query: dns.message.Message, zone: Zone) -> dns.message.Message | None:
    question = query.question[0]
    name = question.name.to_text(omit_final_dot=True).lower()
    records = zone.get(name, {})
    if records is None:
        return None
    answer = dns.message.make_response(query)
    answer.flags |= dns.flags.RA
    if name not in zone:
        answer.set_rcode(dns.rcode.NXDOMAIN)
    kind = dns.rdatatype.to_text(question.rdtype)
    _add(answer, question.name, kind, zone)
    return answer


def _add(answer: dns.message.Message, name: dns.name.Name, kind: str, zone: Zone) -> None:
    records = zone.get(name.to_text(omit_final_dot=True).lower()) or {}
    for found in (kind, "CNAME"):
        if records.get(found):
            answer.answer.append(dns.rrset.from_text(name, 300, "IN", found, *records[found]))
            if found == "CNAME" and kind != "CNAME":
                _add(answer, dns.name.from_text(records[found][0]), kind, zone)
            return
