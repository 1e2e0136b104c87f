"""`python -m yanxiu`: the same door as the command `yanxiu`."""

import sys

from yanxiu.config.cli import main

# The server's workers import this module again under another name.
if __name__ == "__main__":
    sys.exit(main())
