"""The pytest plugin: marks and fixtures for tests of components."""

from __future__ import annotations
