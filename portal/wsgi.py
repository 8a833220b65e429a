"""The door by which a web server enters; it stays shut while settings are unsafe."""

import os
import sys
from importlib import import_module

from django.conf import settings
from django.core.checks import Error, run_checks
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()

refusals = [check for check in run_checks(tags=["production"]) if isinstance(check, Error)]
if refusals:
    for check in refusals:
        sys.stderr.write(f"✗ {check.msg} {check.hint} ({check.id})\n")
    sys.exit(1)


def _load() -> None:
    """Read now what the first reader would otherwise wait for."""
    from portal.geo.loading import load_places

    load_places()
    import_module(settings.ROOT_URLCONF)  # with all the views


_load()
