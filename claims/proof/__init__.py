"""The script that goes with every bundle. Pure; it imports the standard library alone."""

from importlib.resources import files


def script() -> bytes:
    """Return verify.py as it stands here."""
    return (files(__package__) / "verify.py").read_bytes()
