from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "portal.review"
    label = "portal_review"
    verbose_name = _("Relecture")

    def ready(self) -> None:
        from portal.review.second_person import ensure_two_person_review
        from portal.users.groups import also_ensure

        also_ensure(ensure_two_person_review)
