"""What is refused at start: a forgotten convention, a setting that is unsafe in public."""

from portal.base.checks import conventions, production

__all__ = ["conventions", "production"]
