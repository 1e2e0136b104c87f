"""Deciding on what teachers did and declared: queues, steps, objections, public notices."""
