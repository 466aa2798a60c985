"""Two sequences brought into step: by what stands in order in both, and by dynamic programming between."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

__all__ = ["Bead", "beads", "heaviest_rising", "pairs"]

Bead = tuple[int, int]
"""How many items of the left and of the right sequence belong together: (1, 1), (2, 1), (0, 1) …"""

_BAND = 60


def pairs(n: int, m: int, gain: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """The pairs ``(i, j)``, rising in both, whose gains have the largest sum; a pair without gain is none.

    Looks at pairs near the diagonal only (60 places beside it and the difference of the lengths), so that the time
    grows with the length and not with its square.
    """
    if not n or not m:
        return []
    width = _BAND + abs(n - m)
    best: dict[tuple[int, int], float] = {}
    take: dict[tuple[int, int], int] = {}
    for i in range(n - 1, -1, -1):
        middle = i * m // n
        for j in range(min(m - 1, middle + width), max(-1, middle - width - 1), -1):
            down, right = best.get((i + 1, j), 0.0), best.get((i, j + 1), 0.0)
            own = gain(i, j)
            along = own + best.get((i + 1, j + 1), 0.0) if own > 0 else 0.0
            best[i, j] = max(down, right, along)
            take[i, j] = 0 if own > 0 and along >= max(down, right) else 1 if down >= right else 2
    i = j = 0
    found: list[tuple[int, int]] = []
    while i < n and j < m and (i, j) in take:
        step = take[i, j]
        if step == 0:
            found.append((i, j))
        i, j = i + (step != 2), j + (step != 1)
    return found


def beads(
    n: int, m: int, cost: Callable[[int, int, int, int], float], shapes: Sequence[Bead]
) -> list[tuple[range, range]]:
    """The cheapest cut of two sequences into beads of the given shapes, in order, covering both.

    ``cost(i, di, j, dj)`` is the cost of putting items ``[i, i + di)`` beside ``[j, j + dj)``.
    """
    infinite = float("inf")
    total = [[infinite] * (m + 1) for _ in range(n + 1)]
    back: list[list[Bead]] = [[(0, 0)] * (m + 1) for _ in range(n + 1)]
    total[0][0] = 0.0
    for i in range(n + 1):
        for j in range(m + 1):
            for di, dj in shapes:
                if di <= i and dj <= j and (before := total[i - di][j - dj]) < infinite:
                    here = before + cost(i - di, di, j - dj, dj)
                    if here < total[i][j]:
                        total[i][j], back[i][j] = here, (di, dj)
    cuts: list[tuple[range, range]] = []
    i, j = n, m
    while i or j:
        di, dj = back[i][j]
        if not (di or dj):
            raise ValueError(f"no way to cut {n} and {m} items into {shapes}")
        cuts.append((range(i - di, i), range(j - dj, j)))
        i, j = i - di, j - dj
    return cuts[::-1]


def heaviest_rising(places: Sequence[int], weights: Iterable[float]) -> set[int]:
    """The positions of the rising run of ``places`` that weighs most; places are distinct, weights above 0.

    In ``n log n``: a Fenwick tree of the heaviest run that ends at or below a place.
    """
    order = sorted(places)
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(order) + 1)
    before: list[int] = []
    ends: list[float] = []
    for at, (place, weight) in enumerate(zip(places, weights, strict=True)):
        rank = bisect_left(order, place)
        best = (0.0, -1)
        k = rank
        while k:
            best = max(best, tree[k], key=lambda found: found[0])
            k &= k - 1
        before.append(best[1])
        ends.append(best[0] + weight)
        k = rank + 1
        while k <= len(order):
            if ends[at] > tree[k][0]:
                tree[k] = (ends[at], at)
            k += k & -k
    kept: set[int] = set()
    at = max(range(len(ends)), key=ends.__getitem__, default=-1)
    while at >= 0:
        kept.add(at)
        at = before[at]
    return kept
