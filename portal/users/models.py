import uuid

from django.contrib.auth.models import AbstractUser, Group
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Someone who edits the portal: coordinator, editor, moderator or referent.

    The e-mail address is what a person signs in with, so it is unique without regard
    to case.
    """

    personal_fields = ("username", "email", "first_name", "last_name", "last_login", "password")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("adresse e-mail"), unique=True)

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        constraints = [
            models.UniqueConstraint(models.functions.Lower("email"), name="users_email_unique_ci"),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """The name, else the address: a user name may be a UUID, which nobody should read."""
        return super().get_full_name() or self.email


class RoleKey(models.TextChoices):
    """The groups that the code looks for."""

    COORDINATION = "coordination", _("Coordination")
    REDACTION = "redaction", _("Rédaction")
    MODERATION = "moderation", _("Modération")
    REFERENTS = "referents", _("Référents")


class RoleGroup(models.Model):
    """The stable key of a group, whatever name it is given in the editor.

    Written by ``portal.users.groups.ensure_groups``. Code asks for ``portal_role__key``, or for
    ``role_group(key)``, and never for the name.
    """

    personal_fields = ()

    key = models.CharField(max_length=20, choices=RoleKey, unique=True)
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="portal_role")

    class Meta:
        verbose_name = _("groupe du portail")
        verbose_name_plural = _("groupes du portail")

    def __str__(self) -> str:
        return f"{self.get_key_display()} : {self.group}"


class WorkflowKey(models.TextChoices):
    """The workflows that the code looks for."""

    PAGE_REVIEW = "page-review", _("Relecture avant publication")


class PortalWorkflow(models.Model):
    """The stable key of a workflow, whatever name it is given in the editor.

    Written by ``portal.users.groups.ensure_groups``. The two-person review needs none: its task has
    a type of its own.
    """

    personal_fields = ()

    key = models.CharField(max_length=20, choices=WorkflowKey, unique=True)
    workflow = models.OneToOneField(
        "wagtailcore.Workflow", on_delete=models.CASCADE, related_name="portal_workflow"
    )

    class Meta:
        verbose_name = _("circuit du portail")
        verbose_name_plural = _("circuits du portail")

    def __str__(self) -> str:
        return f"{self.get_key_display()} : {self.workflow}"
