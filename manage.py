#!/usr/bin/env python3
"""Factcheck's entry point. `python3 manage.py up` is all that a bare checkout needs."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 (an older Python must say so, not fail)
        sys.exit(f"Factcheck needs Python 3.11 or later; this is {sys.version.split()[0]}.")

    from factcheck.bootstrap import main

    sys.exit(main(sys.argv))
