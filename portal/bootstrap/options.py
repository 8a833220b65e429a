"""What a person types after ``make run``, and the port it wants."""

import contextlib
import re
import socket

from portal.bootstrap.steps import Refusal


def valid_department(code):
    """Return the INSEE code of a department as it is written in the lists of communes."""
    code = code.strip().upper()
    if code.isdigit():
        code = code.zfill(2)
    metropolitan = re.fullmatch(r"(0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5])", code)
    if metropolitan or code in ("971", "972", "973", "974", "976"):
        return code
    raise Refusal(
        "Le département « {} » n’existe pas. Donnez son numéro, par exemple : "
        "make run DEPARTEMENT=59 (ou 2A, 974…).".format(code or " ")
    )


def valid_port(text):
    if text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise Refusal("« {} » n’est pas un numéro de port. Essayez : make run PORT=8001.".format(text))


def is_free(port):
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Refusal(
                "Le port {} est réservé au système. Essayez : make run PORT=8001.".format(port)
            ) from None
        except OSError:
            return False
        return True


def refuse_taken_port(port):
    if is_free(port):
        return
    free = next((p for p in range(port + 1, port + 100) if p < 65536 and is_free(p)), 8001)
    raise Refusal(
        "Le port {} est déjà pris (le portail tourne peut-être déjà : http://127.0.0.1:{}/). "
        "Pour en prendre un autre : make run PORT={}.".format(port, port, free)
    )
