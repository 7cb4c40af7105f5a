"""The command `manabiba`."""

from .main import main

__all__ = ["main"]
