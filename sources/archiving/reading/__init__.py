"""Text out of archived documents, read by parsers in a jail."""

from sources.archiving.reading.jail import Limits, Reading, read

__all__ = ["Limits", "Reading", "read"]
