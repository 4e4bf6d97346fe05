"""robots.txt after RFC 9309: which paths a host asks programs to leave alone."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

MAXIMUM_BYTES = 500 * 1024  # RFC 9309, 2.5: at least this much has to be read
_LINE = re.compile(r"\s*([A-Za-z][A-Za-z-]*)\s*:\s*([^#]*)")
_TOKEN = re.compile(r"[A-Za-z_-]+")
_KEPT = "/?#[]@!$&'()*+,;=:~-._%"


@dataclass(frozen=True, slots=True)
class Rule:
    """A path pattern, in which `*` stands for anything and a last `$` for the end."""

    pattern: str
    allows: bool

    def matches(self, path: str) -> bool:
        """Tell whether `path` falls under the rule. Linear in both, whatever the pattern."""
        pattern, ends = self.pattern, self.pattern.endswith("$")
        pieces = (pattern[:-1] if ends else pattern).split("*")
        if not path.startswith(pieces[0]):
            return False
        if len(pieces) == 1:
            return path == pieces[0] if ends else True
        place = len(pieces[0])
        for piece in pieces[1:-1]:
            found = path.find(piece, place)
            if found < 0:
                return False
            place = found + len(piece)
        last = pieces[-1]
        if ends:
            return len(path) - len(last) >= place and path.endswith(last)
        return path.find(last, place) >= 0


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host that hold for us."""

    rules: tuple[Rule, ...] = ()

    def allows(self, resource: str) -> bool:
        """Tell whether `resource` (path and query, as on the wire) may be fetched.

        The longest pattern decides; of two as long, the one that allows (RFC 9309, 2.2.2).
        """
        if resource.partition("?")[0] == "/robots.txt":
            return True
        path = _normal(resource)
        found = [rule for rule in self.rules if rule.matches(path)]
        best = max(found, key=lambda rule: (len(rule.pattern), rule.allows), default=None)
        return best is None or best.allows


ALL = Robots()
NONE = Robots((Rule("/", allows=False),))


def read(text: str, *, product: str) -> Robots:
    """Return the rules for the crawler called `product`, or those for all, or none at all.

    Groups of the same name are joined; lines that are not understood are passed over.
    """
    ours: list[Rule] = []
    everybody: list[Rule] = []
    named = False
    group: set[str] = set()
    in_rules = False
    for line in text.splitlines():
        field = _LINE.match(line)
        if field is None:
            continue
        key, value = field[1].lower(), field[2].strip()
        if key == "user-agent":
            group = {_product(value)} if in_rules else group | {_product(value)}
            in_rules = False
            named = named or product.lower() in group
        elif key in {"allow", "disallow"}:
            in_rules = True
            rule = Rule(_normal(value), allows=key == "allow")
            if value and product.lower() in group:
                ours.append(rule)
            if value and "*" in group:
                everybody.append(rule)
    return Robots(tuple(ours if named else everybody))


def of_answer(status: int | None, body: bytes, *, product: str) -> Robots | None:
    """Return the rules that an answer for /robots.txt stands for; None when it is not known.

    A file that is not there forbids nothing; a host in trouble is asked again later (RFC 9309,
    2.3.1.3 and 2.3.1.4).
    """
    if status is None or status >= 500 or status == 429:  # noqa: PLR2004 (statuses)
        return None
    if not 200 <= status < 300:  # noqa: PLR2004
        return ALL
    return read(body[:MAXIMUM_BYTES].decode("utf-8-sig", "replace"), product=product)


def _product(value: str) -> str:
    if value.strip() == "*":
        return "*"
    token = _TOKEN.match(value.strip())
    return token[0].lower() if token else ""


def _normal(path: str) -> str:
    """Escape alike, so that `/ü`, `/%c3%bc` and `/%C3%BC` are one path."""
    escaped = quote(path, safe=_KEPT)
    return re.sub(r"%[0-9A-Fa-f]{2}", _unescape, escaped)


def _unescape(match: re.Match[str]) -> str:
    character = unquote_to_bytes(match[0])
    plain = (character.isalnum() and character.isascii()) or character in {b"-", b".", b"_", b"~"}
    return character.decode() if plain else match[0].upper()
