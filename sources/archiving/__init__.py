"""Keeping what was fetched: blobs by digest, WARC records, manifests in a chain. Pure Python."""

from sources.archiving.reading import Link, Reading, extract_text

__all__ = ["Link", "Reading", "extract_text"]
