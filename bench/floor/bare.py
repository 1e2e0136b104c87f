"""The view of the floor alone, without any middleware."""

from bench.floor.settings import *  # noqa: F403

MIDDLEWARE = []
