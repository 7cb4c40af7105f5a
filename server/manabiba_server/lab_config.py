"""JupyterLab's configuration for instructors: our password, nbgrader's formgrader."""

import os
from typing import Any

c: Any = get_config()  # type: ignore[name-defined]  # noqa: F821
c.PasswordIdentityProvider.hashed_password = os.environ["MANABIBA_LAB_PASSWORD"]
c.PasswordIdentityProvider.password_required = True
c.IdentityProvider.token = ""
c.KernelManager.transport = "ipc"
c.ServerApp.jpserver_extensions = {
    "jupyter_server_mathjax": True,
    "nbgrader.server_extensions.formgrader": True,
    "nbgrader.server_extensions.validate_assignment": True,
}
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
