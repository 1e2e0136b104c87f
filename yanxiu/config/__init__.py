"""The house put together: settings, addresses, the command line."""
