"""Refuse a description of the public data that names what the code no longer has."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register

import yaml

from portal.api.openapi import registered_files


@register("openapi")
def openapi_files_can_be_read(**_kwargs: Any) -> list[CheckMessage]:
    return list(_unreadable_files())


def _unreadable_files() -> Iterator[CheckMessage]:
    for name, file in registered_files():
        try:
            _read = file.paths, file.schemas
        except (yaml.YAMLError, KeyError, ValueError) as error:
            yield Error(
                f"The public data « {name} » cannot be described: {error}",
                hint="Correct its « openapi.yaml », or give the values that it names.",
                id="portal.E301",
            )
