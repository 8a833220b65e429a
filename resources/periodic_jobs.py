"""What the directory does by itself; each part registers its own jobs."""

from resources.corrections import jobs as corrections_jobs  # noqa: F401
from resources.finess import kind as finess_import  # noqa: F401
from resources.imports import kind as table_import  # noqa: F401
from resources.referents import jobs as referents_jobs  # noqa: F401
from resources.verification import jobs as verification_jobs  # noqa: F401
