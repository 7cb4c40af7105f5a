"""`python -m manabiba_server` is the command `manabiba`."""

from .cli import main

if __name__ == "__main__":
    main(prog_name="manabiba")
