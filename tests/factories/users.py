"""People who edit the portal, for the tests."""

from django.contrib.auth.models import Group

import factory

from portal.users.groups import ensure_groups
from portal.users.models import User

PASSWORD = "une phrase assez longue"


class UserFactory(factory.django.DjangoModelFactory):
    username = factory.Sequence(lambda n: f"personne{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@exemple.example")
    password = factory.django.Password(PASSWORD)

    class Meta:
        model = User


def member_of(group: str) -> User:
    """Somebody of one of the portal's groups."""
    if not Group.objects.filter(name=group).exists():
        ensure_groups()
    user = UserFactory()
    user.groups.add(Group.objects.get(name=group))
    return user
