"""`python -m benchmarks NAME [--quick] [--json]`."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.figures import as_json, as_text

_NO_QUESTIONS = {"__init__", "__main__", "crossing_project", "figures", "million_rows"}


def main() -> int:
    """Answer one question; exit status 1 says that a figure misses what was asked."""
    questions = sorted(
        path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in _NO_QUESTIONS
    )
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=questions)
    parser.add_argument("--quick", action="store_true", help="fewer runs, and so more noise")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    figures = import_module(f"benchmarks.{given.name}").measure(quick=given.quick)
    sys.stdout.write((as_json if given.json else as_text)(figures) + "\n")
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
