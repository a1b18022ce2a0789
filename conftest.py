"""Doctests that need an extra are left out where it is not installed."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("pyspark") else ["vnclean/engines/spark/types.py"]
