#!/bin/sh
# Makes sure that the browser tests have a browser and a font with Chinese
# glyphs; with "engines", Firefox and WebKit too. Debian and its children get
# them from their package manager; elsewhere this says what to install.
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
have() { command -v "$1" >/dev/null 2>&1; }
need="" more=""
find_chromium || need="$need chromium"
has_font || need="$need fonts-noto-cjk fontconfig"
if [ "${1:-}" = engines ]; then
  have firefox-esr || have firefox || more="$more firefox-esr"
  have WebKitWebDriver || more="$more webkit2gtk-driver"
  have Xvfb || more="$more xvfb"
fi
[ -z "$need$more" ] && exit 0
if ! have apt-get; then
  [ -z "$more" ] || echo "Without$more the program is not tried in every engine." >&2
  [ -z "$need" ] && exit 0
  echo "The browser tests need Chromium (or Chrome) and a Chinese font such as Noto CJK." >&2
  echo "Install both with your system's package manager, then run this again." >&2
  exit 1
fi
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo"
log=$(mktemp)
install() { DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y --no-install-recommends "$@" >"$log" 2>&1; }
echo "Installing$need$more for the browser tests …"
$sudo apt-get update >"$log" 2>&1
# All at once; where one of the further engines is not to be had, the others all the same.
# shellcheck disable=SC2086
if ! install $need $more; then
  if [ -n "$need" ] && ! install $need; then
    tail -n 20 "$log" >&2
    echo "$need could not be installed; install it by hand and run this again." >&2
    exit 1
  fi
  for name in $more; do
    install "$name" || echo "$name could not be installed; the program is not tried in that engine." >&2
  done
fi
rm -f "$log"
