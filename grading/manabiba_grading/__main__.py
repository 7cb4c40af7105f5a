"""`python -m manabiba_grading courses`: the author's check of all lessons."""

import sys

from .check import main

sys.exit(main(sys.argv[1:]))
