from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache


@never_cache
def editor_door(request: HttpRequest) -> HttpResponse:
    """The only way in to the editor: the portal's sign-in page.

    Somebody who is signed in without the right to edit is told so; sent back to the
    sign-in page, they would turn in circles.
    """
    if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
        return render(request, "account/not_an_editor.html", status=403)
    query = urlencode({"next": request.GET.get("next") or reverse("wagtailadmin_home")})
    return redirect(f"{reverse('account_login')}?{query}")
