"""Run by its path, in the project's interpreter: asks the project what only it knows.

Nothing else of Bulkhead can be imported from there, and none of its folders stays in the path.
"""

import importlib
import os
import sys

if sys.version_info < (3, 8):  # noqa: UP036 - any interpreter can be named
    sys.exit("Bulkhead reads projects that run on Python 3.8 or newer.")

HERE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - pathlib costs time

sys.path[:] = [HERE, *(entry for entry in sys.path if entry != HERE)]
main = importlib.import_module("bulkhead_probe.answering").main
sys.path.remove(HERE)
main()
