"""Query parameters, read strictly."""

from typing import Any

from rest_framework.request import Request

from factcheck.errors import Permanent


class ParameterError(Permanent):
    """A query parameter is not valid."""

    code = "invalid_parameter"


def integer(request: Request, name: str, *, default: int, least: int, most: int) -> int:
    """Return a whole number from `least` to `most`. Raises ParameterError."""
    written: Any = request.query_params.get(name)
    if written is None:
        return default
    if not (written.isascii() and written.isdigit() and len(written) <= 19):  # noqa: PLR2004
        raise ParameterError(name=name, why="it is not a whole number.")
    if not least <= int(written) <= most:
        raise ParameterError(name=name, why=f"it lies outside {least} to {most}.")
    return int(written)
