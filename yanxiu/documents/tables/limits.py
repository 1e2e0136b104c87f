"""How large a table file may be; far above any real roster, far below what hurts a small PC."""

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_PARTS = 2_000
MAX_CELLS = 2_000_000
"""Cells of the rectangle that a sheet spans, empty ones included."""
