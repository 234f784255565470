"""`bulkhead survey`: the first look at a project."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from bulkhead.adoption import reports
from bulkhead.adoption.progress import progress_on
from bulkhead.adoption.taking import take_survey
from bulkhead.crossings.probe.surveyed import SurveyedProject


def add_arguments(parser: ArgumentParser) -> None:
    """Take what is to be shown, and how."""
    reports.add_arguments(parser)


def run(project: SurveyedProject, options: Namespace) -> int:
    """Print the survey, and return 0: there is nothing that it asks for.

    Raise a BulkheadError where it can't be shown.
    """
    with progress_on(sys.stderr) as tell:
        survey = take_survey(project, tell)
    reports.report(survey, options, sys.stdout)
    return 0
