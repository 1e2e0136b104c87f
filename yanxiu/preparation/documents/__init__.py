"""Papers of preparing: a lesson plan, and the record of preparing together."""
