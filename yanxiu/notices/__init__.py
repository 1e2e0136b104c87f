"""通知: what a person is told, and the channels that carry it."""
