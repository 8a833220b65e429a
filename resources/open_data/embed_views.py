"""``/integrer/``: the frame for other sites, and the page where they make its code."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_exempt

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update

from portal.api.decorators import MINUTE, public_data, too_many
from portal.base.models import PortalSettings
from resources.open_data.embed import EmbeddedList

TEN_MINUTES = 10 * MINUTE
HEIGHT = 600


@csp_replace({"frame-ancestors": ["*"], "script-src": [NONE]})
@xframe_options_exempt
@public_data(TEN_MINUTES)
def frame(request: HttpRequest) -> HttpResponseBase:
    """The only address of the portal that any other site may put in a frame."""
    if refused := too_many(request, "embedded_frames"):
        return refused
    context = {"embed": EmbeddedList(request.GET), "portal": PortalSettings.load()}
    response = render(request, "resources/open_data/embed_frame.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@csp_update({"frame-src": [SELF]})
@public_data(MINUTE)
def builder(request: HttpRequest) -> HttpResponseBase:
    """A form by GET: the choice is in the address, the code below."""
    embed = EmbeddedList(request.GET)
    path = f"{reverse('resources:embed_frame')}?{embed.form.address}".rstrip("?")
    address = request.build_absolute_uri(path)
    context = {
        "embed": embed,
        "frame": path,
        "height": HEIGHT,
        "code": _code(address, embed.title),
        "link": request.build_absolute_uri(embed.directory_url),
        "api": reverse("api"),
    }
    return render(request, "resources/open_data/embed_builder.html", context)


def _code(address: str, title: str) -> str:
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy"></iframe>',
        address,
        title,
        HEIGHT,
    )
