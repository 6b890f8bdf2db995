"""What a reader can work out of a table with hidden figures: the least and the most that each of them can be.

A two-way table with its sums is a network: from the whole through each row, each cell and each column back to the whole.
The real table is one possible flow through it; how far a hidden figure can move is how much flow can be sent round it.
"""

from collections import defaultdict, deque
from collections.abc import Mapping

Node = tuple[str, int]
Edge = tuple[Node, Node]
SOURCE, SINK = ("whole", 0), ("whole", 1)


class Network:
    """Edges with what flows through each, and between what bounds a reader must take it to lie."""

    def __init__(self) -> None:
        self.flow: dict[Edge, int] = {}
        self.bounds: dict[Edge, tuple[int, int]] = {}

    def add(self, edge: Edge, flow: int, bounds: tuple[int, int]) -> None:
        self.flow[edge], self.bounds[edge] = flow, bounds

    def reach(self, edge: Edge) -> tuple[int, int]:
        """The least and the most that may flow through one edge."""
        tail, head = edge
        flow, (low, high) = self.flow[edge], self.bounds[edge]
        residual = self._residual(without=edge)
        more = _send(residual, head, tail, high - flow)
        residual = self._residual(without=edge)
        less = _send(residual, tail, head, flow - low)
        return flow - less, flow + more

    def _residual(self, without: Edge) -> dict[Node, dict[Node, int]]:
        residual: dict[Node, dict[Node, int]] = defaultdict(dict)
        for (tail, head), flow in self.flow.items():
            if (tail, head) == without:
                continue
            low, high = self.bounds[tail, head]
            residual[tail][head] = residual[tail].get(head, 0) + high - flow
            residual[head][tail] = residual[head].get(tail, 0) + flow - low
        return residual


def _send(residual: dict[Node, dict[Node, int]], start: Node, end: Node, most: int) -> int:
    """How much can be sent from one node to the other, up to `most`; shortest ways first."""
    sent = 0
    while sent < most:
        way = _way(residual, start, end)
        if not way:
            break
        amount = min(most - sent, *(residual[tail][head] for tail, head in way))
        for tail, head in way:
            residual[tail][head] -= amount
            residual[head][tail] = residual[head].get(tail, 0) + amount
        sent += amount
    return sent


def _way(residual: Mapping[Node, Mapping[Node, int]], start: Node, end: Node) -> list[Edge]:
    came: dict[Node, Node] = {start: start}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there, room in residual.get(here, {}).items():
            if room > 0 and there not in came:
                came[there] = here
                if there == end:
                    return _steps(came, start, end)
                waiting.append(there)
    return []


def _steps(came: Mapping[Node, Node], start: Node, end: Node) -> list[Edge]:
    steps: list[Edge] = []
    while end != start:
        steps.append((came[end], end))
        end = came[end]
    return steps[::-1]
