"""What a number means when nothing printed beside it says so: ``grammars/numbers.toml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import rtoml

from .numbers import Number

__all__ = ["likely_organ", "running_session"]


@cache
def _data() -> dict[str, Any]:
    return rtoml.loads(files("unresolve.grammars").joinpath("numbers.toml").read_text("utf-8"))


def likely_organ(number: Number, *, exceptions: bool = True) -> str:
    """GA or HRC: whose it is more often, of the two that can both have a number by session ("39/2", "S-16/1").

    Without ``exceptions`` by the rule alone: of the special sessions' resolutions the first is the Council's, as the
    Assembly's is about the credentials of its members.
    """
    shared = _data()["shared"]
    printed = f"{number.session}/{number.number}"
    for name, organ in (("council", "HRC"), ("assembly", "GA")):
        if exceptions and printed in shared[name]:
            return organ
    if not number.session.isdecimal():
        return "HRC" if number.number == "1" else "GA"
    early = int(number.session) <= shared["session"] and int(number.number) <= shared["number"]
    return "HRC" if early else "GA"


def running_session(number: int) -> str | None:
    """The session of the Assembly that adopted a number of before 1976: 2625 is XXV's; None if not surely known."""
    sessions: dict[str, list[int]] = _data()["running"]
    return next((session for session, (first, last) in sessions.items() if first <= number <= last), None)
