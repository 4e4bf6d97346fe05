"""ClaimReview markup of other desks, read from pages and feeds: pure code, nothing is fetched."""

from claims.reviews.reading import Reading, read
from claims.reviews.records import REASONS, Review, UnusableError

__all__ = ["REASONS", "Reading", "Review", "UnusableError", "read"]
