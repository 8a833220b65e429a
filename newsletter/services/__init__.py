"""Verbs of the letter: subscribe, send, take note of what came back, forget."""
