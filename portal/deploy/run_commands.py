"""Several commands of ``manage.py`` in one process: Python and Django are started once.

``python -m portal.deploy.run_commands '[["Mise à jour de la base", ["migrate", "--no-input"]]]'``,
with the settings of a department in the environment. It stops at the first that fails, and its
last line says which one and why.
"""

import json
import sys
import traceback

import django
from django.core.management import CommandError, call_command


def main(steps: list[tuple[str, list[str]]]) -> None:
    django.setup()
    for what, command in steps:
        try:
            call_command(*command)
        except CommandError as reason:
            sys.exit(f"{reason}\n{what} : {_last_line(reason)}")
        except Exception as error:  # noqa: BLE001
            traceback.print_exc()
            sys.exit(f"{what} : {_last_line(error)}")


def _last_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[-1].strip() if lines else type(error).__name__


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
