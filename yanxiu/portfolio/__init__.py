"""我的研修: one teacher's records and hours as pages and sheets."""
