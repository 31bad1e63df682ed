#!/bin/sh
# Write the hash locks anew. uv comes into a virtual environment of its own and leaves no lock.
set -eu
cd "$(dirname "$0")/.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place"
"$place/bin/pip" install --quiet uv
for name in run dev node; do
  "$place/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-header "requirements/$name.in" -o "requirements/$name.txt"
done
(cd frontend && npm install --package-lock-only --no-audit --no-fund)
