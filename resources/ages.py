"""Ages, said as people say them."""

from django.utils.translation import gettext as _


def say_ages(youngest: int | None, oldest: int | None) -> str:
    """« À partir de 18 ans », « De 12 à 25 ans », « Jusqu’à 11 ans », or nothing."""
    words = {"youngest": youngest, "oldest": oldest}
    if youngest and oldest:
        return _("De %(youngest)s à %(oldest)s ans") % words
    if youngest:
        return _("À partir de %(youngest)s ans") % words
    if oldest:
        return _("Jusqu’à %(oldest)s ans") % words
    return ""
