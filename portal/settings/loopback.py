"""Whether a host named in the environment is this machine: no secret crosses the network."""

from ipaddress import ip_address


def is_this_machine(host: str | None) -> bool:
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return host == "localhost"
