"""What stands in a comment: names, links and plain words; and where its words stand. Pure."""

from claims.remarks.reading import Piece, named, pieces
from claims.remarks.standing import stands_at

__all__ = ["Piece", "named", "pieces", "stands_at"]
