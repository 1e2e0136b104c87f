"""Reading for the pages."""
