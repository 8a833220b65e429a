"""« Écrire au réseau »: a message to referents, pilots or structures, by type or territory."""
