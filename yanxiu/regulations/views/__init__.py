"""The pages of rules and requirements."""
