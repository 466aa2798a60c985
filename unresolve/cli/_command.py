"""The classes of the commands: a value that needs no reading is taken as it is.

Typer reads every value through pydantic, a missing ``None`` and plain text as well, and loading pydantic takes as long
as parsing ten pages. A command asked for with words and flags only, ``unresolve parse FILE -o FILE``, does without.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from typer import Typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

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
    """A command of commands.

    The commands called ``names`` are each made when they are asked for, from ``unresolve.cli.NAME:NAME``, a function
    or a Typer of its own.
    """

    names: tuple[str, ...] = ()

    def list_commands(self, ctx: Any) -> list[str]:
        return [*self.names, *super().list_commands(ctx)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        # All of them for a name that is none: Typer then asks "Did you mean 'parse'?"
        for name in (cmd_name,) if cmd_name in self.names else self.names:
            if name not in self.commands:
                self.commands[name] = _made(name)
        return super().get_command(ctx, cmd_name)


def _made(name: str) -> Any:
    what = getattr(import_module(f"unresolve.cli.{name}"), name)
    if not isinstance(what, Typer):
        home = Typer(add_completion=False, rich_markup_mode=None)
        home.command(name, cls=Command)(what)
        return get_command(home)
    command = get_command(what)
    command.name = name
    return command


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
