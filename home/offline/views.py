"""The service worker: a script that a browser runs beside the pages."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from home.offline.pages import offline_pages
from portal.base.offline_copies import HEADER

#: What a kept page needs to look like itself.
_FILES = ("portal/css/main.css", "portal/icons.svg", "portal/js/main.js", "portal/favicon.svg")
_SCRIPT, _CLEANING_SCRIPT = "home/offline/service-worker.js", "home/offline/cleaning-worker.js"


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """``/service-worker.js``; when copies are switched off, one that takes all of them away.

    The same until a file, an address or a sentence changes: browsers compare it byte by byte.
    """
    name = _SCRIPT if settings.PORTAL_OFFLINE_COPIES else _CLEANING_SCRIPT
    pages = offline_pages()
    known = {
        "header": HEADER,
        "crisis": pages.crisis,
        "needs": pages.needs,
        "files": [static(file) for file in _FILES],
        "words": {code: _words(code) for code, _name in settings.LANGUAGES},
    }
    text = render_to_string(name, {"known": json.dumps(known, ensure_ascii=False)})
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _words(language: str) -> dict[str, str]:
    """What is said above a copy, in the language of the page; ``{day}`` is the day of the copy."""
    with override(language):
        return {
            "copy": _("Pas de connexion. Copie du {day}. Les numéros de téléphone marchent."),
            "crisis": _(
                "Pas de connexion : la page demandée n’est pas sur cet appareil. Voici de quoi "
                "appeler, copié le {day}."
            ),
            "selection": _("Ma sélection"),
        }
