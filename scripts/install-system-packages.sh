#!/usr/bin/env bash
# Installs what the tests use of the system: git with git-lfs, to check that the hub's repositories are repositories,
# Python with its virtual environments, for the interop tests, bubblewrap with prlimit, for the isolated sandboxes,
# Docker, for the sandboxes in containers, the shells whose completions are tried out, and a browser.
# On Debian and Ubuntu, as root. Elsewhere install the same by hand; tests that lack a part say so.
set -euo pipefail
missing=()
command -v git >/dev/null || missing+=(git)
command -v git-lfs >/dev/null || missing+=(git-lfs)
# Debian leaves ensurepip out of Python itself.
python3 -c "import ensurepip, venv" 2>/dev/null || missing+=(python3 python3-venv)
command -v bwrap >/dev/null || missing+=(bubblewrap)
command -v dockerd >/dev/null || missing+=(docker.io)
# What the tests of tables and images import.
/usr/bin/python3 -c "import numpy, pandas, PIL" 2>/dev/null || missing+=(python3-numpy python3-pandas python3-pil)
command -v prlimit >/dev/null || missing+=(util-linux)
# Gives a program a terminal.
command -v script >/dev/null || missing+=(bsdutils)
# The shells whose completions are tried out.
command -v zsh >/dev/null || missing+=(zsh)
command -v fish >/dev/null || missing+=(fish)
# The browser in which a page with an agent is tried out.
command -v chromium >/dev/null || missing+=(chromium)
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}"
