#!/bin/sh
# The browser tests need Chromium and a Japanese font; on Debian they are installed from its packages.
set -eu
has_font() { command -v fc-list >/dev/null 2>&1 && fc-list :lang=ja family | grep -q .; }
has_browser() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }
if has_browser && has_font; then
  exit 0
fi
command="apt-get update && apt-get install -y --no-install-recommends chromium fonts-noto-cjk fontconfig"
if [ "$(id -u)" = 0 ] && [ -f /etc/debian_version ]; then
  echo "Installing Chromium and the Japanese fonts …"
  DEBIAN_FRONTEND=noninteractive sh -c "$command" >/dev/null
else
  echo "The browser tests will fail: they need Chromium and a Japanese font. On Debian run: sudo sh -c '$command'" >&2
fi
