"""Starts the guest: `python3 -I -S start.py`, or with `--stdio` where there is no descriptor 3."""

import os
import sys

folder = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, folder)
from smoltools_guest import cpython  # noqa: E402

sys.path.remove(folder)
cpython.main(folder, stdio="--stdio" in sys.argv[1:])
