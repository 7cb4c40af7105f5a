"""Kernels that start as forks of a warm process or of an executed notebook."""

from .direct import DirectKernelManager
from .fork_server import (
    Branch,
    Executed,
    Forked,
    ForkError,
    ForkServer,
    SnapshotError,
    fork_server,
    notebook_key,
)

__all__ = [
    "Branch",
    "DirectKernelManager",
    "Executed",
    "ForkError",
    "ForkServer",
    "Forked",
    "SnapshotError",
    "fork_server",
    "notebook_key",
]
