"""The embedded engine: SQLite or PostgreSQL, in the portal's own database."""

from search.engines.database.engine import DatabaseEngine

__all__ = ["DatabaseEngine"]
