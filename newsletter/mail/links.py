"""Addresses that messages carry. They name nobody: a token says for whom they act."""

from django.urls import reverse

from portal.mail.layout import absolute

# An issue is laid out once for everybody; these two words are replaced in each copy. The
# first is as long as a token, so that no line of the message becomes longer than it was.
TOKEN_HERE = "jeton0personne0jeton0personne0jeton0person0"  # noqa: S105
SINCE_HERE = "0date0de0la0demande0"


def unsubscribe_address(token: str) -> str:
    return absolute(reverse("newsletter:letter_unsubscribe", args=[token]))


def preferences_address(token: str) -> str:
    return absolute(reverse("newsletter:letter_preferences", args=[token]))


def confirm_address(signed: str) -> str:
    return absolute(reverse("newsletter:letter_confirm", args=[signed]))
