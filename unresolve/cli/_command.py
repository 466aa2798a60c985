"""The classes of the commands: a value that needs no reading is taken as it is.

Typer reads every value through pydantic, a missing ``None`` and plain text as well, and loading pydantic takes as long
as parsing ten pages. A command asked for with words and flags only, ``unresolve parse FILE -o FILE``, does without.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from typer.core import TyperCommand, TyperGroup

__all__ = ["Command", "Group"]


class _Light:
    """What reads its parameters lightly; what it takes, gives and refuses is Typer's."""

    def get_params(self, ctx: Any) -> list[Any]:
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            if not isinstance(param.process_value, partial):
                param.process_value = partial(_value, param, param.process_value)
        return params


class Command(_Light, TyperCommand):
    """A command."""


class Group(_Light, TyperGroup):
    """A command of commands, ``unresolve`` itself: ``--install-completion`` is an option of its."""


def _value(param: Any, read: Callable[[Any, Any], Any], ctx: Any, value: Any) -> Any:
    """The value of a parameter; ``read`` is Typer's own way to it."""
    missing = value is None or value == ()
    source = ctx.get_parameter_source(param.name)
    annotation = getattr(getattr(param, "type_descriptor", None), "annotation", None)
    as_it_is = not missing and (annotation in (str, list[str]) or (source is not None and source.name == "DEFAULT"))
    if missing and not param.required:
        value = () if param.nargs == -1 else None
    elif not as_it_is:
        return read(ctx, value)
    return value if param.callback is None else param.callback(ctx, param, value)
