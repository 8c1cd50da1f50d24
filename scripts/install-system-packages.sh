#!/usr/bin/env bash
# Installs what the tests use of the system: git, to check that the hub's repositories are repositories.
# On Debian and Ubuntu, as root. Elsewhere install the same by hand; tests that lack a part say so.
set -euo pipefail
packages=(git)
missing=()
for package in "${packages[@]}"; do
  command -v "$package" >/dev/null || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}"
