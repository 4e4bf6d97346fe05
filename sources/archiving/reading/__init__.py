"""Text out of archived documents, read by parsers in a jail."""

from sources.archiving.reading.jail import Limits, Link, Reading, close, extract_text, read

__all__ = ["Limits", "Link", "Reading", "close", "extract_text", "read"]
