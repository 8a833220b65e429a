from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    name = "portal.base"
    label = "base"
    verbose_name = _("Portail")

    def ready(self) -> None:
        from portal.base import (  # noqa: F401
            checks,
            own_persons,
            periodic_jobs,
            production_checks,
            signals,
        )
        from portal.base.paper import checks as paper_checks  # noqa: F401
        from portal.base.periodic import prepare_rows
        from portal.base.second_person import ensure_two_person_review
        from portal.users.groups import also_ensure

        also_ensure(ensure_two_person_review)
        post_migrate.connect(prepare_rows, sender=self)
