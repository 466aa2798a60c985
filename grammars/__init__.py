"""The grammars: data only, opened with :mod:`importlib.resources`."""
