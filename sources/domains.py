"""Hosts, the domains that somebody registered, and names to compare. Pure; asks no network.

The public suffix list is the one in the installed package.
"""

import re
import unicodedata
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

import idna
from publicsuffixlist import PublicSuffixList

# A page that a web archive keeps is its publisher's and not the archive's.
KEPT_ELSEWHERE = re.compile(
    r"https?://web\.archive\.org/web/[0-9]{1,14}[a-z_]{0,4}/(?=https?://)", re.IGNORECASE
)
LONGEST_DOMAIN = 253
LONGEST_KEY = 600


def domain_of(url: str) -> str:
    """Return the registrable domain of an address, "" where it has no host.

    A host that nobody can register under (an IP address, `localhost`) stands for itself.
    """
    try:
        host = urlsplit(KEPT_ELSEWHERE.sub("", url, count=1)).hostname or ""
    except ValueError:
        return ""
    return _registrable(host) or host


def written_domain(words: str) -> str:
    """Return the registrable domain that a person wrote, as a name or an address; "" if none."""
    text = words.strip().lower()
    try:
        host = urlsplit(text if "://" in text else f"//{text}").hostname or ""
        ascii_host = idna.encode(host.rstrip("."), uts46=True).decode()
    except (ValueError, UnicodeError):
        return ""
    return _registrable(ascii_host)


def name_key(words: str) -> str:
    """Return what two spellings of a name share: letters and digits, without case."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    key = " ".join(re.findall(r"\w+", folded)) or " ".join(folded.split())
    return key[:LONGEST_KEY]


def _registrable(host: str) -> str:
    """Return the shortest name under a public suffix; "" for an address or a suffix alone."""
    name = host.rstrip(".").lower()
    if _is_number(name) or len(name) > LONGEST_DOMAIN:
        return ""
    return _suffixes().privatesuffix(name) or ""


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    # A suffix that the list does not know is no suffix: `localhost` or a typing error.
    return PublicSuffixList(accept_unknown=True)
