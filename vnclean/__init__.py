"""Repairs damaged Vietnamese text and reports every change.

The names in ``__all__`` are the Python interface (docs/python.md); each is imported when it is
first used, so that the command starts as fast as it can.
"""

__version__ = "0.1.0"

__all__ = [
    "Cleaner",
    "Config",
    "Edit",
    "ModelError",
    "Result",
    "UsageError",
    "UserWords",
    "VncleanError",
    "__version__",
    "clean",
    "clean_all",
    "clean_batches",
    "clean_lines",
]

TYPE_CHECKING = False  # type checkers take it for true, and typing need not be imported
if TYPE_CHECKING:
    from vnclean.cleaner import Cleaner, Result
    from vnclean.config import Config
    from vnclean.edits import Edit
    from vnclean.engines.batches import clean_batches
    from vnclean.errors import ModelError, UsageError, VncleanError
    from vnclean.interface import clean, clean_all, clean_lines
    from vnclean.user_words import UserWords
else:
    _MODULES = {
        "Cleaner": "cleaner",
        "Config": "config",
        "Edit": "edits",
        "ModelError": "errors",
        "Result": "cleaner",
        "UsageError": "errors",
        "UserWords": "user_words",
        "VncleanError": "errors",
        "clean": "interface",
        "clean_all": "interface",
        "clean_batches": "engines.batches",
        "clean_lines": "interface",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
        globals()[name] = value
        return value

    def __dir__():
        return sorted({*globals(), *__all__})
