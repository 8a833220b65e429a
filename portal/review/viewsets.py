"""The help lines in the editor: a change of one is published by two people."""

from wagtail.snippets.views.snippets import SnippetViewSet, UnpublishView

from portal.crisis.models import HelpLine
from portal.review.second_person import TwoPeoplePolicy


class UnpublishAloneView(UnpublishView):
    """Unpublishing needs one person only: a wrong number is taken down at once."""

    permission_required = "delete"


class HelpLineViewSet(SnippetViewSet):
    model = HelpLine
    icon = "help"
    menu_hook = "register_content_menu_item"
    menu_order = 500
    list_display = ["situation", "name", "number", "is_crisis", "verified_on"]
    list_filter = ["is_crisis", "channel"]
    ordering = ["-is_crisis", "order", "name"]
    unpublish_view_class = UnpublishAloneView

    @property
    def permission_policy(self) -> TwoPeoplePolicy:
        return TwoPeoplePolicy(self.model)
