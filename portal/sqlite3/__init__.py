"""Database backend of Django: SQLite, whose writers take their turn."""
