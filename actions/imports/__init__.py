"""Action sheets that come in a spreadsheet: drafts, known again by their reference."""
