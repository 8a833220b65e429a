"""The crisis page, the pages of needs and the last selection, readable without any network."""
