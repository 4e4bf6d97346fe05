"""Rows for tests, made by the product's own verbs wherever there is one."""

from tests.factories.basics import *  # noqa: F403 (everything, by design)
from tests.factories.verdicts import *  # noqa: F403 (everything, by design)
