from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache

from allauth.mfa.models import Authenticator

from portal.sign_in.second_factor import FACTORS


@never_cache
def editor_door(request: HttpRequest) -> HttpResponse:
    """Redirect to the portal's sign-in page, the only one of the editor.

    A signed-in user without access to the editor gets a page that says so: they would loop between
    the editor and the sign-in page.
    """
    if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
        context = {"own_pages_url": resolve_url(settings.MEMBER_REDIRECT_URL)}
        return render(request, "account/not_an_editor.html", context, status=403)
    query = urlencode({"next": request.GET.get("next") or reverse("wagtailadmin_home")})
    return redirect(f"{reverse('account_login')}?{query}")


@never_cache
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Say why a second step is needed, and lead to what is missing: set one up, or give it."""
    own = Authenticator.objects.filter(user_id=request.user.pk)
    after = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(after, {request.get_host()}):
        after = reverse("wagtailadmin_home")
    context = {
        "types": set(own.filter(type__in=FACTORS).values_list("type", flat=True)),
        "query": urlencode({"next": after}),
    }
    return render(request, "account/second_factor.html", context)
