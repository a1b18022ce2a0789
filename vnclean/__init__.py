"""Repairs damaged Vietnamese text and reports every change."""

__version__ = "0.1.0"
