#!/bin/sh
# Makes sure that the browser tests have a browser and a font with Chinese
# glyphs. Debian and its children get them from their package manager; elsewhere
# this says what to install.
set -u
find_chromium() {
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && return 0
  done
  [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ]
}
has_font() {
  command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh 2>/dev/null | head -n 1)" ]
}
find_chromium && has_font && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  echo "The browser tests need Chromium (or Chrome) and a Chinese font such as Noto CJK." >&2
  echo "Install both with your system's package manager, then run this again." >&2
  exit 1
fi
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo"
echo "Installing Chromium and a Chinese font for the browser tests …"
log=$(mktemp)
if ! { $sudo apt-get update && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y --no-install-recommends chromium fonts-noto-cjk fontconfig; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "Chromium and fonts-noto-cjk could not be installed; install them by hand and run this again." >&2
  exit 1
fi
rm -f "$log"
