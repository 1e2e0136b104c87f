"""Yanxiu 研修: the working home of school-based professional development."""
