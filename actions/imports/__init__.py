"""Import of action sheets from a spreadsheet: drafts, matched by their reference."""
