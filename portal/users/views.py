from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache


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
