"""What a benchmark finds: our figure, a peer's, and what was asked of their ratio."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One cost, ours and the peer's; a ratio above 1 says that ours is lower."""

    name: str
    ours: float
    peer: float
    peer_name: str
    unit: str
    asked: float
    """The ratio that it should have at least."""

    noise: float
    """How far the ratios of single pairs lie apart: their range, as part of the median."""

    @property
    def ratio(self) -> float:
        """The peer's cost, as a multiple of ours."""
        return self.peer / self.ours

    @property
    def holds(self) -> bool:
        """Whether what was asked is there."""
        return self.ratio >= self.asked


def figure_of_pairs(
    name: str,
    pairs: Sequence[tuple[float, float]],
    *,
    peer_name: str,
    unit: str,
    asked: float,
) -> Figure:
    """Return the medians of pairs (ours, the peer's) that were measured in turn."""
    ratios = [peer / ours for ours, peer in pairs]
    return Figure(
        name=name,
        ours=median(ours for ours, _ in pairs),
        peer=median(peer for _, peer in pairs),
        peer_name=peer_name,
        unit=unit,
        asked=asked,
        noise=(max(ratios) - min(ratios)) / median(ratios),
    )


def as_json(figures: Sequence[Figure]) -> str:
    """Return the figures for programs."""
    found = [{**asdict(figure), "ratio": figure.ratio} for figure in figures]
    return json.dumps({"figures": found}, indent=2)


def as_text(figures: Sequence[Figure]) -> str:
    """Return the figures for people, one a line."""
    return "\n".join(
        f"{figure.name}: {figure.ours:.1f} {figure.unit}, "
        f"{figure.peer_name}: {figure.peer:.1f} {figure.unit}; "
        f"ratio {figure.ratio:.3f} (asked: {figure.asked:.3f}, "
        f"{'held' if figure.holds else 'missed'}; pairs differ by {figure.noise:.1%})"
        for figure in figures
    )
