"""« Tableau du territoire »: how true the directory is, and where it has nobody to send to."""
