"""What a command does not wait for at its start."""

import subprocess
import sys

TOLD = """
import sys
import {package}
import jsonschema
assert "lark" not in sys.modules, "a grammar was built"
import rfc3987_syntax
jsonschema.validate({{"a": 1}}, {{"type": "object", "properties": {{"a": {{"type": "integer"}}}}}})
"""


def told(package: str) -> str:
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", TOLD.format(package=package)],
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stderr


def test_no_grammar_is_built_and_anybody_can_still_have_it() -> None:
    assert told("manabiba_kernels") == ""
    assert told("manabiba_grading") == ""
