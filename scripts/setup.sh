#!/bin/sh
# Build what is missing: system packages, virtual environment, assets, translations.
# Usage: scripts/setup.sh run|test. Says what it does; does nothing twice.
set -eu
cd "$(dirname "$0")/.."
mode=${1:-run}
mkdir -p .stamps

say() { printf '%s\n' "$*"; }

# 1. What only Debian has. As root we install it, otherwise we name the line.
want=""
command -v python3 >/dev/null 2>&1 || want="$want python3"
python3 -c 'import venv, ensurepip' 2>/dev/null || want="$want python3-venv"
command -v msgfmt >/dev/null 2>&1 || want="$want gettext"
[ -e /usr/share/fonts/opentype/ipamj-mincho ] || [ -e /usr/share/fonts/truetype/ipamj-mincho ] ||
  [ -n "$(find /usr/share/fonts -name 'ipamjm*' 2>/dev/null | head -n 1)" ] || want="$want fonts-ipamj-mincho"
if [ "$mode" = test ]; then
  command -v chromium >/dev/null 2>&1 || want="$want chromium"
  [ -n "$(find /usr/share/fonts -name 'NotoSansCJK*' 2>/dev/null | head -n 1)" ] || want="$want fonts-noto-cjk"
fi
if [ -n "$want" ]; then
  if [ "$(id -u)" = 0 ]; then
    say "Debian から入れます:$want"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends $want >/dev/null
  else
    say "足りないものがあります。次の行を実行してから、もう一度始めてください。"
    say "  sudo apt-get install -y$want"
    exit 1
  fi
fi
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  say "Python 3.11 以上が必要です(いまは $(python3 -V))。"
  exit 1
}

# 2. Virtual environment with hash-locked packages.
lock=requirements/run.txt
[ "$mode" = run ] || lock=requirements/dev.txt
[ -f .stamps/dev ] && [ "$mode" = run ] && lock=requirements/dev.txt
[ -x .venv/bin/python ] || { say "仮想環境を作ります"; python3 -m venv .venv; rm -f .stamps/python-*; }
stamp=.stamps/python-$(cat "$lock" | sha256sum | cut -c1-16)
if [ ! -f "$stamp" ]; then
  say "Python のパッケージを入れます(数十秒)"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-warn-script-location \
    --no-deps --require-hashes -r "$lock" 2>.stamps/pip.log || { cat .stamps/pip.log; exit 1; }
  rm -f .stamps/python-*
  : >"$stamp"
  [ "$lock" = requirements/run.txt ] || : >.stamps/dev
fi

# 3. Styles and scripts, built by Node ≥ 20 (from PyPI where the machine has none).
stamp=.stamps/assets-$(find frontend -path frontend/node_modules -prune -o -type f -print0 | sort -z | xargs -0 cat | sha256sum | cut -c1-16)
if [ ! -f "$stamp" ] || [ ! -f manabiya/kernel/ui/static/ui/app.css ] ||
  [ ! -f manabiya/kernel/pdf/fonts/BIZUDPGothic_700Bold.ttf ] ||
  { [ "$mode" = test ] && [ ! -f frontend/node_modules/axe-core/axe.min.js ]; }; then
  if ! node -e 'process.exit(+process.versions.node.split(".")[0] < 20)' 2>/dev/null || ! command -v npm >/dev/null 2>&1; then
    if [ ! -x .venv/bin/node ]; then
      say "Node.js を入れます"
      .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/node.txt
    fi
    PATH="$PWD/.venv/bin:$PATH"
  fi
  say "画面の部品を作ります"
  (cd frontend && npm ci --silent --no-audit --no-fund && node build.mjs)
  rm -f .stamps/assets-*
  : >"$stamp"
fi

# 4. Translations.
stamp=.stamps/messages-$(find manabiya -name '*.po' -print0 | sort -z | xargs -0 cat /dev/null | sha256sum | cut -c1-16)
if [ ! -f "$stamp" ]; then
  find manabiya -name '*.po' | while read -r po; do msgfmt -o "${po%.po}.mo" "$po"; done
  rm -f .stamps/messages-*
  : >"$stamp"
fi
