"""Nothing in here is collected: samples are copied, broken projects that other tests judge."""

from __future__ import annotations

collect_ignore_glob = ["*"]
