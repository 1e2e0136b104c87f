"""One small adapter for each way in which a message leaves the house."""
