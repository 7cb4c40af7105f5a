#!/bin/sh
# setup.sh PYTHON REQUIREMENT: make .venv and install the project into it, pinned.
set -eu
python=$1
requirement=$2
if ! command -v "$python" >/dev/null 2>&1; then
  echo "まなびば needs Python 3.11 or newer, and '$python' is not there: install it, or run make PYTHON=/path/to/python3" >&2
  exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "まなびば needs Python 3.11 or newer, and '$python' is $("$python" -V 2>&1): run make PYTHON=/path/to/python3.11" >&2
  exit 1
fi
if ! mkdir -p .venv 2>/dev/null || ! [ -w .venv ]; then
  echo "This folder cannot be written to: copy the project to a folder of your own and run make there" >&2
  exit 1
fi
echo "Setting up .venv (the first time this takes a minute or two) …"
if command -v uv >/dev/null 2>&1; then
  [ -x .venv/bin/python ] || uv venv --quiet --allow-existing --python "$python" .venv
  uv pip install --quiet --python .venv/bin/python -c constraints.txt -e "$requirement"
else
  [ -x .venv/bin/pip ] || "$python" -m venv .venv
  .venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e "$requirement"
fi
