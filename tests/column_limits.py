"""SQLite that refuses what PostgreSQL refuses: what is too long or too large for its column.

SQLite reads ``varchar(5)`` as a hint and keeps six characters. In the tests each column gets a
CHECK constraint, through the table in which Django itself keeps those of positive integers, so
that ``save``, ``bulk_create``, ``update`` and plain SQL all raise ``IntegrityError``.
"""

from django.db.backends.sqlite3.base import DatabaseWrapper

TEXTS = ("CharField", "SlugField", "FileField", "FilePathField")
CONSTRAINTS = {
    **dict.fromkeys(TEXTS, 'length("%(column)s") <= %(max_length)s'),
    **{
        kind: f'"%(column)s" BETWEEN {least} AND {most}'
        for kind, (least, most) in DatabaseWrapper.ops_class.integer_field_ranges.items()
        if "Auto" not in kind
    },
}


def enforce_column_limits() -> None:
    """Have the tables that are created from now on hold their limits."""
    DatabaseWrapper.data_type_check_constraints |= CONSTRAINTS
