#!/bin/sh
# Pins every requirements*.in again, for all systems, with hashes. Give --upgrade to take newer releases.
# Run by hand when a requirement is added; npm's twin is: npm install --package-lock-only
set -eu
cd "$(dirname "$0")/.."
for name in requirements requirements-test requirements-node requirements-setup; do
    .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --custom-compile-command scripts/lock.sh "$@" "$name.in" --output-file "$name.txt"
    echo "✓ $name.txt"
done
