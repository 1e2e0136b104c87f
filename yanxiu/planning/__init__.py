"""计划: plans, goals, quotas, rhythms and the reading of plan documents."""
