"""Time stamps after RFC 3161: the question, and what an answer proves. Pure Python.

The answer is kept as it came (a TimeStampResp in DER), so that `openssl ts -verify -digest …` and
every other tool can check it without us.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

QUERY = "application/timestamp-query"
REPLY = "application/timestamp-reply"
MOST_BYTES = 256 * 1024
_SHA256 = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")


class StampError(Exception):
    """An answer that proves nothing.

    `code` is service_answer_unreadable, stamp_refused (`reason` says what the authority said),
    stamp_wrong (of another digest, or answering another question) or stamp_untrusted.
    """

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Query:
    """A question for a stamp: its bytes, and the number that the answer has to repeat."""

    content: bytes
    nonce: int | None


def query(data: bytes) -> Query:
    """Return the question for a stamp of the SHA-256 of `data`, with the certificates in it."""
    builder = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256)
    made = builder.cert_request(cert_request=True).build()
    return Query(made.as_bytes(), made.nonce)


def read_roots(pem: bytes) -> list[x509.Certificate]:
    """Return the certificates of a PEM file. Raises ValueError where there is none."""
    return x509.load_pem_x509_certificates(pem)


def verify(
    answer: bytes, *, digest: str, roots: list[x509.Certificate], nonce: int | None = None
) -> datetime:
    """Return the time at which the authority saw the SHA-256 `digest` (in hexadecimal).

    The signature has to lead to one of `roots`, by certificates that held at that time. Raises
    StampError.
    """
    stamp = _decode(answer)
    if stamp.status not in {PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS}:
        raise StampError("stamp_refused", _reason(stamp))
    imprint = stamp.tst_info.message_imprint
    if (imprint.hash_algorithm, imprint.message) != (_SHA256, bytes.fromhex(digest)):
        raise StampError("stamp_wrong")
    if nonce is not None and stamp.tst_info.nonce != nonce:
        raise StampError("stamp_wrong")
    builder = VerifierBuilder()
    for root in roots:
        builder = builder.add_root_certificate(root)
    try:
        builder.build().verify(stamp, bytes.fromhex(digest))
    except (VerificationError, ValueError) as error:
        raise StampError("stamp_untrusted") from error
    return stamp.tst_info.gen_time.astimezone(UTC)


def _decode(answer: bytes) -> TimeStampResponse:
    try:
        stamp = decode_timestamp_response(answer)
        if stamp.status in {PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS}:
            _ = stamp.tst_info.message_imprint
    except ValueError as error:
        raise StampError("service_answer_unreadable") from error
    return stamp


def _reason(stamp: TimeStampResponse) -> str:
    words = " ".join(text for text in stamp.status_string if text.isprintable())
    return words[:200] or f"status {int(stamp.status)}"
