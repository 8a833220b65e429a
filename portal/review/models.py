"""Workflow task for content that two people must read."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail.models import AbstractGroupApprovalTask, TaskState


class SecondPersonTask(AbstractGroupApprovalTask):
    """Approval task that the author of the change cannot approve, administrators included."""

    personal_fields = ()

    class Meta:
        app_label = "base"
        verbose_name = _("relecture par une deuxième personne")
        verbose_name_plural = _("relectures par une deuxième personne")

    @staticmethod
    def _wrote(obj: Any, user: Any) -> bool:
        """Whether this person wrote the pending version."""
        revision = obj.get_latest_revision()
        return revision is not None and revision.user_id == user.pk

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        actions = super().get_actions(obj, user)
        if not self._wrote(obj, user):
            return actions
        return [action for action in actions if action[0] != "approve"]

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Act on the task; refuse an approval by the author, to whom no button was shown."""
        content = task_state.workflow_state.content_object
        if action_name == "approve" and self._wrote(content, user):
            return None
        return super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        return str(_("Une personne d’un de ces groupes, autre que celle qui a écrit, doit relire."))
