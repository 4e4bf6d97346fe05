"""Keeping what was fetched: blobs by digest, WARC records, manifests in a chain. Pure Python."""
