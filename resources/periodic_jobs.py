"""What the directory does by itself; each part registers its own jobs."""
