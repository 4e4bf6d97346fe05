"""Text out of archived documents, read by parsers in a jail."""

from sources.archiving.reading.jail import Limits, Link, Reading, close, extract_text, read
from sources.archiving.reading.parsed import About

__all__ = ["About", "Limits", "Link", "Reading", "close", "extract_text", "read"]
