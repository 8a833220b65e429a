"""« Enfants et jeunes »: what the directory and the roadmap hold from before birth to 25."""
