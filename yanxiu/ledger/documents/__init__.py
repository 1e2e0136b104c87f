"""Documents of the ledger."""
