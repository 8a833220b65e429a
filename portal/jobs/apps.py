from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "portal.jobs"
    label = "portal_jobs"
    verbose_name = _("Tâches périodiques")

    def ready(self) -> None:
        from portal.jobs.registry import ensure_job_rows

        post_migrate.connect(ensure_job_rows, sender=apps.get_app_config("base"))
