"""People who edit the portal, for the tests."""

from django.contrib.auth.models import Group

import factory

from portal.users.groups import ensure_groups
from portal.users.models import RoleGroup, User

PASSWORD = "une phrase assez longue"


class UserFactory(factory.django.DjangoModelFactory):
    username = factory.Sequence(lambda n: f"personne{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@exemple.example")
    password = factory.django.Password(PASSWORD)

    class Meta:
        model = User


def make_groups() -> None:
    """Make the groups and workflows that the tests begin with, where a test has emptied all."""
    if not RoleGroup.objects.exists():
        ensure_groups()


def member_of(group: str) -> User:
    """Somebody of one of the portal's groups."""
    make_groups()
    user = UserFactory()
    user.groups.add(Group.objects.get(name=group))
    return user
