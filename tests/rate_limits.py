"""What tests of limits share."""

from collections.abc import Callable

SetLimit = Callable[[str, int], None]
