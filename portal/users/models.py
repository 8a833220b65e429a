import uuid

from django.contrib.auth.models import AbstractUser
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
        return self.get_full_name() or self.email
