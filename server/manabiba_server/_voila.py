"""The only door to Voilà: its application, exporter, websocket handler and front end."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from voila.app import Voila
from voila.exporter import VoilaExporter, VoilaMarkdownRenderer
from voila.paths import collect_static_paths
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.utils import get_voila_labextensions_path

TEMPLATE = Path(__file__).parent / "lesson_template"

_WIDGET_EXTENSIONS = ("@voila-dashboards/widgets-manager8", "@jupyter-widgets/jupyterlab-manager")
"""What Voilà's front end loads on our pages: its widget manager and ipywidgets' own widgets."""

__all__ = [
    "Voila",
    "VoilaKernelWebsocketHandler",
    "front_end_config",
    "front_end_folder",
    "render_notebook",
    "widget_extensions",
]


class LessonRenderer(VoilaMarkdownRenderer):
    """Headings with readable anchors; tables that scroll by themselves on a narrow page."""

    def heading(self, text: str, level: int, **attributes: Any) -> str:
        anchor = re.sub(r"\s+", "-", re.sub(r"<[^>]*>", "", text).strip())
        return f'<h{level} id="{html.escape(anchor)}">{text}</h{level}>\n'

    def table(self, text: str) -> str:
        heads = re.findall(r"<th[^>]*>(.*?)</th>", text)
        label = html.escape("と".join(re.sub(r"<[^>]*>", "", head) for head in heads if head))
        return (
            f'<div class="table-scroll" tabindex="0" role="group" aria-label="表: {label}">'
            f"<table>{text}</table></div>\n"
        )

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        # A class, not a style attribute: the page's security policy forbids inline styles.
        is_name = head and bool(text.strip())  # the corner of a table names nothing
        tag = "th" if is_name else "td"
        scope = ' scope="col"' if is_name else ""
        side = f' class="align-{align}"' if align else ""
        return f"<{tag}{scope}{side}>{text}</{tag}>\n"


class _NoFiles:
    """A contents manager without contents: lessons bring their figures as SVG."""

    def file_exists(self, path: str) -> bool:
        return False


async def render_notebook(notebook: nbformat.NotebookNode) -> str:
    """The HTML of an executed notebook's text and outputs: no page around it, no sources."""
    exporter: Any = VoilaExporter(
        template_paths=[str(TEMPLATE)],
        template_name="lesson_template",
        contents_manager=_NoFiles(),
        markdown_renderer_class=LessonRenderer,
        base_url="/",
    )
    pieces = [piece async for piece, _ in exporter.generate_from_notebook_node(notebook)]
    return "".join(pieces)


def front_end_folder() -> Path:
    """Where the scripts of Voilà's front end are installed."""
    found = (Path(path) for path in collect_static_paths(["voila"], "lab"))
    return next(path for path in found if (path / "voila.js").is_file())


def widget_extensions() -> dict[str, Path]:
    """The installed extensions that bring the widgets: name → folder."""
    folders = [Path(path) for path in get_voila_labextensions_path()]
    return {
        name: next(f / name for f in folders if (f / name / "package.json").is_file())
        for name in _WIDGET_EXTENSIONS
    }


def front_end_config(urls: Mapping[str, str]) -> dict[str, Any]:
    """What Voilà's front end reads from its page; `urls` says where its files are."""
    extensions = []
    for name, folder in widget_extensions().items():
        built = json.loads((folder / "package.json").read_text(encoding="utf-8"))["jupyterlab"]
        extensions.append({"name": name, **built["_build"]})
    return {
        "appUrl": "voila/",
        "baseUrl": "/",
        "fullStaticUrl": urls["voila"],
        "fullLabextensionsUrl": urls["labextensions"],
        "federated_extensions": extensions,
        "fullMathjaxUrl": "null",  # the bundled one, not a CDN's
        "mathjaxConfig": "null",
        "terminalsAvailable": False,
        "extensionConfig": {},
        "progressiveRendering": False,
    }
