"""The days on which resolutions and decisions were adopted: ``grammars/adoption_dates.json``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

__all__ = ["AdoptionDates", "adoption_date", "adoption_dates"]


class AdoptionDates(msgspec.Struct):
    """``source`` says where the facts come from; ``dates`` is an ISO date for each canonical symbol."""

    source: str
    dates: dict[str, str]


def adoption_date(symbol: str) -> str | None:
    """The date on which a resolution or decision was adopted, ISO 8601; None if the table has none."""
    return adoption_dates().dates.get(symbol)


@cache
def adoption_dates() -> AdoptionDates:
    """The whole table."""
    data = files("unresolve.grammars").joinpath("adoption_dates.json").read_bytes()
    return msgspec.json.decode(data, type=AdoptionDates)
