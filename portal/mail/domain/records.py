"""What the DNS says of a domain; « nothing there » and « no answer » are two things."""

from collections.abc import Iterable

import dns.exception
import dns.name
import dns.resolver
import dns.reversename

PATIENCE = 3.0  # seconds a question may last, whatever the number of servers asked


class NoAnswer(Exception):
    """The DNS didn't answer, or not in a way that says anything."""


class Records:
    """Asks for records. An empty list: the DNS answered that there is none."""

    def __init__(self, resolver: dns.resolver.Resolver | None = None) -> None:
        self._resolver = resolver

    def txt(self, name: str) -> list[str]:
        # A long text comes in pieces, which make one.
        return [
            b"".join(record.strings).decode("utf-8", "replace") for record in self._ask(name, "TXT")
        ]

    def mx(self, name: str) -> list[str]:
        """The servers that take mail for a domain; « . » says that it takes none."""
        found = sorted(self._ask(name, "MX"), key=lambda record: record.preference)
        return [str(record.exchange).rstrip(".").lower() or "." for record in found]

    def addresses(self, name: str) -> list[str]:
        return [str(record.address) for kind in ("A", "AAAA") for record in self._ask(name, kind)]

    def names_of(self, address: str) -> list[str]:
        reverse = str(dns.reversename.from_address(address))
        return [str(record.target).rstrip(".").lower() for record in self._ask(reverse, "PTR")]

    def _ask(self, name: str, kind: str) -> Iterable:
        try:
            question = dns.name.from_text(name)
        except dns.exception.DNSException:  # Nothing can exist under a name that is none.
            return []
        try:
            resolver = self._resolver = self._resolver or dns.resolver.Resolver()
            return resolver.resolve(question, kind, lifetime=PATIENCE)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise NoAnswer(f"{name} {kind}") from error
