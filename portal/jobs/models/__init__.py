from portal.jobs.models.blocked_publication import BlockedPublication
from portal.jobs.models.periodic_job import PeriodicJob

__all__ = ["BlockedPublication", "PeriodicJob"]
