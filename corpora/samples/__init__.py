"""The sample documents: data only, opened with :mod:`importlib.resources`."""
