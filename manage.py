#!/usr/bin/env python
"""Django's command line for the reference project."""

from __future__ import annotations

import os
import sys

INTERRUPTED = 130
"""What a shell expects from a program that Ctrl-C has ended."""


def main() -> None:
    """Run a command; say in a line what is wrong with the settings, or that it was interrupted."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    try:
        _run()
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)  # noqa: T201
        sys.exit(INTERRUPTED)


def _run() -> None:
    from bulkhead.management.exit_statuses import (  # noqa: PLC0415 - may be interrupted
        failure_status,
        tell_failures_apart,
    )

    tell_failures_apart()
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - may be interrupted
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        if "--traceback" in sys.argv:
            raise
        print(f"Error: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(failure_status())


if __name__ == "__main__":
    main()
