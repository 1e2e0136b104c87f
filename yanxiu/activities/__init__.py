"""活动: activities, sessions, sign-in, minutes and closing."""
