"""制度与要求: the rules of a school, and what is asked of the schools below."""
