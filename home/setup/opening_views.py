"""The last step: what is looked at before opening, and the button."""

from typing import Any

from django.utils.translation import gettext as _

from wagtail.admin import messages

from home.setup.forms import OpeningForm
from home.setup.opening import NotReady, open_portal
from home.setup.opening_checks import opening_checks
from home.setup.views import StepView
from portal.backups.errors import BackupError
from portal.backups.making import make_archive


class OpeningView(StepView):
    slug = "avant-d-ouvrir"
    actions = {"backup": "backup", "open": "open"}

    def backup(self) -> None:
        try:
            make_archive()
        except BackupError as reason:
            messages.error(self.request, str(reason))
        else:
            messages.success(self.request, _("La sauvegarde est faite."))

    def open(self) -> dict[str, Any] | None:
        form = OpeningForm(self.request.POST)
        if not form.is_valid():
            return {"form": form}
        try:
            open_portal(self.request.user)
        except NotReady:
            messages.error(self.request, _("Il reste des points à régler avant d’ouvrir."))
            return {"form": form}
        messages.success(self.request, _("Le portail est ouvert."))
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        checks = opening_checks()
        context.setdefault("form", OpeningForm())
        return context | {
            "checks": checks,
            "blocking": sum(check.is_blocking for check in checks),
        }
