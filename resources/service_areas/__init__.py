"""Whom a door of the directory serves: ``serves`` for one, ``doors_for`` for a need at a place."""
