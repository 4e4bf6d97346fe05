"""Every way a fetch can end without a kept page: a stable code, its family and its words."""

from dataclasses import dataclass
from typing import ClassVar, Literal

Family = Literal["retryable", "permanent", "refused"]


@dataclass(frozen=True, slots=True)
class Code:
    """The family decides whether a fetch is tried again; the words are for people."""

    family: Family
    words: str


CODES: dict[str, Code] = {
    # The address as written.
    "url_too_long": Code("refused", "The address is longer than {limit} characters."),
    "url_characters": Code(
        "refused",
        "The address holds a space, a backslash or a control character, which programs read in "
        "different ways. Check it and paste it again.",
    ),
    "url_shape": Code("refused", "This is not a full web address (https://host/path)."),
    "url_scheme": Code("refused", "Only http:// and https:// addresses are fetched."),
    "url_credentials": Code(
        "refused", "The address carries a name or password (@), which is never sent."
    ),
    "url_host": Code("refused", "The host name in the address is not valid."),
    "url_numeric_host": Code(
        "refused", "The host is a number that programs read in different ways; write it as a.b.c.d."
    ),
    "url_port": Code("refused", "The port in the address is not a number from 1 to 65535."),
    "port_refused": Code("refused", "Port {port} is not one that pages are fetched from."),
    # Where it leads.
    "host_reserved": Code("refused", "{host} is a name for private networks, not for the web."),
    "address_refused": Code(
        "refused", "{address} is not a public internet address ({reason}), so it is not fetched."
    ),
    "own_address": Code("refused", "{address} is this very machine, so it is not fetched."),
    "peer_mismatch": Code(
        "refused", "The connection did not reach the address that was checked ({address})."
    ),
    "name_not_found": Code("permanent", "No machine is known by the name {host}."),
    "name_unavailable": Code("retryable", "The name {host} could not be looked up just now."),
    "connection_failed": Code("retryable", "{host} could not be reached: {reason}."),
    "proxy_failed": Code("retryable", "The proxy on the way out did not work: {reason}."),
    "proxy_refused": Code(
        "refused", "The proxy on the way out does not let us reach {address} ({status})."
    ),
    "tls_certificate": Code(
        "permanent", "{host} did not prove who it is: its certificate is not valid ({reason})."
    ),
    "tls_failed": Code("permanent", "No secure connection to {host} could be made ({reason})."),
    # What came back.
    "timed_out": Code("retryable", "The page did not arrive whole within {seconds} seconds."),
    "connection_closed": Code("retryable", "{host} closed the connection before it sent the page."),
    "protocol_error": Code("permanent", "{host} does not speak proper HTTP: {reason}."),
    "headers_too_large": Code("permanent", "{host} sent more than {limit} of headers."),
    "conflicting_lengths": Code(
        "permanent", "{host} stated the length of the page in two different ways."
    ),
    "too_many_interim": Code(
        "permanent", "{host} sent more than {limit} interim answers and no page."
    ),
    "too_many_pieces": Code("permanent", "{host} sent the page in more than {limit} pieces."),
    "too_large": Code("permanent", "The page is larger than the {limit} megabytes that are kept."),
    "decoded_too_large": Code(
        "permanent", "The page unpacks to more than the {limit} megabytes that are kept."
    ),
    "coding_unsupported": Code(
        "permanent", "The page came packed in a way that was not asked for ({coding})."
    ),
    "coding_too_deep": Code("permanent", "The page came packed more than {limit} times over."),
    "coding_corrupt": Code("permanent", "The packed page is damaged and cannot be unpacked."),
    "redirect_loop": Code("permanent", "The address leads round in a circle, back to {url}."),
    "too_many_redirects": Code(
        "permanent", "The address leads on more than {limit} times without reaching a page."
    ),
    "redirect_without_target": Code(
        "permanent", "{host} says that the page has moved, but not where to."
    ),
    "redirect_ambiguous": Code(
        "permanent", "{host} says that the page has moved to two places at once."
    ),
    # What the answer was.
    "page_not_found": Code("permanent", "There is no page at this address (404)."),
    "page_gone": Code("permanent", "The page has been taken down for good (410)."),
    "page_says_gone": Code(
        "permanent", "The page answers, but it is not there any more: {reason}."
    ),
    "not_modified": Code("permanent", "The page is still the one that was kept (304)."),
    "page_blocked": Code("permanent", "{host} does not let us see this page ({status})."),
    "rate_limited": Code("retryable", "{host} asks us to come back later (429)."),
    "http_error": Code("permanent", "{host} answered with an error ({status})."),
    "server_error": Code("retryable", "{host} has trouble of its own ({status})."),
    # Ourselves.
    "attempts_spent": Code(
        "permanent", "The capture broke off {limit} times, so it is not tried again by itself."
    ),
    "robots_disallowed": Code(
        "refused", "{host} asks programs not to fetch this page (robots.txt)."
    ),
    "robots_unavailable": Code(
        "retryable", "{host} did not say whether programs may fetch this page (robots.txt)."
    ),
    "disk_full": Code("retryable", "There is no room left on the disk to keep the page."),
    "store_unavailable": Code("retryable", "The archive cannot keep the page just now ({reason})."),
}


class CodedError(Exception):
    """An error with a stable code, a key of its class's `table`; `details` fill in its words."""

    table: ClassVar[dict[str, Code]]

    def __init__(self, code: str, **details: str | float) -> None:
        self.code = code
        self.details = details
        super().__init__(code)

    @property
    def family(self) -> Family:
        """Whether to try again, to stop, or that our own rules said no."""
        return self.table[self.code].family

    @property
    def words(self) -> str:
        """The words for people, with the details filled in."""
        return self.table[self.code].words.format(**self.details)


class FetchError(CodedError):
    """A fetch that ended early. `code` is a key of CODES."""

    table = CODES
