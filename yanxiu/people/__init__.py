"""人员与组织: organisations, units, teachers, posts, tiers and how people get in."""
