"""great-expectations without what it says and sends of itself: no statistics of use, no progress bars, no warnings."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from great_expectations.data_context.data_context.ephemeral_data_context import EphemeralDataContext

_SILENT = {"GX_ANALYTICS_ENABLED": "false", "TQDM_DISABLE": "1", "GX_CLOUD_MODE": "false"}


class NotInstalled(RuntimeError):
    """great-expectations is not installed."""


@contextmanager
def quiet() -> Iterator[None]:
    """Keep great-expectations silent while it is imported and at work; the environment is restored behind it.

    Raises:
        NotInstalled: when it cannot be imported.
    """
    before = {name: os.environ.get(name) for name in _SILENT}
    os.environ.update(_SILENT)
    logger = logging.getLogger("great_expectations")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                import great_expectations  # noqa: F401
            except ImportError as error:
                raise NotInstalled(str(error)) from error
            yield
    finally:
        logger.setLevel(level)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def ephemeral_context() -> EphemeralDataContext:
    """Return a context that lives in memory only, whatever project or account this computer has of its own."""
    import great_expectations
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = great_expectations.get_context(mode="ephemeral")
    context.enable_analytics(enable=False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return context
