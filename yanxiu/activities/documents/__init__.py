"""Documents about activities and sessions."""
