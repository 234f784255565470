"""Components that use each other in a circle."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

Graph: TypeAlias = Mapping[str, Collection[str]]
"""What each component uses."""


def graph_of(labels: Iterable[str], arcs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return a graph of these labels, each with what it uses, sorted."""
    graph: dict[str, list[str]] = {label: [] for label in sorted(labels)}
    for consumer, provider in sorted(arcs):
        graph[consumer].append(provider)
    return graph


def strongly_connected(graph: Graph) -> list[tuple[str, ...]]:
    """Return the components in groups that reach each other, sorted by their first.

    Kosaraju's algorithm, without recursion: a chain of components may be long.
    """
    backwards = graph_of(graph, ((to, label) for label in graph for to in graph[label]))
    seen: set[str] = set()
    finished = [label for root in sorted(graph) for label in _visited(graph, root, seen)]
    seen.clear()
    groups = (_visited(backwards, root, seen) for root in reversed(finished))
    return sorted(tuple(sorted(group)) for group in groups if group)


def _visited(graph: Graph, root: str, seen: set[str]) -> list[str]:
    """Return what is reached from here and not seen yet, each after all that it reaches."""
    if root in seen:
        return []
    seen.add(root)
    finished: list[str] = []
    path: list[tuple[str, Iterator[str]]] = [(root, iter(graph[root]))]
    while path:
        label, following = path[-1]
        new = next((other for other in following if other not in seen), None)
        if new is None:
            finished.append(label)
            path.pop()
        else:
            seen.add(new)
            path.append((new, iter(graph[new])))
    return finished


def way(graph: Graph, start: str, end: str) -> tuple[str, ...]:
    """Return a shortest way from one component to another, empty where there is none."""
    came_from = {start: ""}
    waiting = deque([start])
    while waiting and end not in came_from:
        label = waiting.popleft()
        for other in graph.get(label, ()):
            if other not in came_from:
                came_from[other] = label
                waiting.append(other)
    if end not in came_from:
        return ()
    steps = [end]
    while came_from[steps[-1]]:
        steps.append(came_from[steps[-1]])
    return tuple(reversed(steps))
