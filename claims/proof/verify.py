"""Prove, offline, that a published verdict rests on the archived bytes it names.

    python3 verify.py BUNDLE [--digest SHA256]

BUNDLE is the ZIP, or the folder it was unpacked into; without it, the folder of this script. The
digest is printed on the verdict's page and sent in the API: give it, and the bundle is tied to what
was published. Needs Python 3.9 and nothing else. Exit status: 0 all holds, 1 something does not,
2 the bundle cannot be read.

What is proved: the manifest is the one that the digest names; it names the digest of the version
before it; each quote and cell stands, to the letter, in the text or table whose digest is sealed;
each capture's manifest is the one that the verdict names; the WARC file is the one that the
capture's manifest names, and its payload is the body. How the text was read from the body is named
in the bundle, and not done again here.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
import zlib
from decimal import Decimal, getcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FORMAT = "factcheck-bundle/1"
DIGITS = 50


class UnreadableError(Exception):
    """The bundle is not one."""


class SkippedError(Exception):
    """The standard library cannot look at this."""


class Bundle:
    """The files of a ZIP or of a folder, by name."""

    def __init__(self, place: str | Path) -> None:
        """Open the bundle at `place`. Raises UnreadableError."""
        self.place = Path(place)
        try:
            self.zip = None if self.place.is_dir() else zipfile.ZipFile(self.place)
        except (OSError, zipfile.BadZipFile) as error:
            raise UnreadableError(f"{place}: {error}") from error

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes, or None where there is no such file."""
        try:
            if self.zip:
                return self.zip.read(name)
            path = self.place / name
            inside = self.place.resolve() in path.resolve().parents
            return path.read_bytes() if inside else None
        except (KeyError, OSError, zipfile.BadZipFile, zlib.error):
            return None

    def json(self, name: str) -> Any:  # noqa: ANN401 (whatever JSON holds)
        """Return what a JSON file holds, or None."""
        data = self.read(name)
        try:
            return None if data is None else json.loads(data)
        except ValueError:
            return None


class Report:
    """What was found, a line each."""

    def __init__(self, out: IO[str]) -> None:
        """Write to `out`."""
        self.out, self.wrong, self.right, self.open = out, 0, 0, 0

    def check(self, holds: object, words: str) -> bool:
        """Note whether something holds, and return it."""
        self.right, self.wrong = self.right + bool(holds), self.wrong + (not holds)
        self._line("ok     " if holds else "WRONG  ", words)
        return bool(holds)

    def leave(self, words: str) -> None:
        """Note what was not looked at."""
        self.open += 1
        self._line("skipped", words)

    def _line(self, sign: str, words: str) -> None:
        self.out.write(f"{sign} {printable(words)}\n")


def printable(words: str) -> str:
    """Return the words without signs that would move a terminal's cursor."""
    return "".join(sign if sign.isprintable() else "?" for sign in words)


def sha256(data: bytes) -> str:
    """Return the SHA-256 as lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def verify(bundle: Bundle, digest: str = "", out: IO[str] = sys.stdout) -> Report:
    """Check everything; return the report. Raises UnreadableError."""
    report = Report(out)
    about = bundle.json("bundle.json")
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise UnreadableError("this is no verdict bundle of a format that this script knows")
    named = str(about.get("digest"))
    if digest:
        report.check(digest.lower() == named, "the bundle is of the digest that was given")
    sealed = versions(bundle, report, about)
    if sealed is not None:
        texts(bundle, report, sealed)
        for item in sealed.get("calculations", []):
            calculation(report, item, sealed)
        for capture in {
            item["capture"]["id"]: item["capture"] for item in sealed["evidence"]
        }.values():
            captured(bundle, report, capture)
        approvals(bundle, report, named)
    return report


def versions(bundle: Bundle, report: Report, about: dict[str, Any]) -> dict[str, Any] | None:
    """Check each version's manifest and the chain of them; return the newest manifest."""
    newest, previous = None, None
    for number in about["versions"]:
        data = bundle.read(f"versions/{number}.json")
        report.check(data is not None, f"version {number} is in the bundle")
        if data is None:
            continue
        newest = json.loads(data)
        report.check(newest["version"] == number, f"version {number} says that it is that version")
        if previous is not None and "previous" in newest:
            report.check(
                newest["previous"] == previous, f"version {number} names the digest of the last one"
            )
        previous = {"version": number, "digest": sha256(data)}
    holds = previous is not None and previous["digest"] == about["digest"]
    return (
        newest
        if report.check(holds, f"the manifest is the one sealed as {about['digest']}")
        else None
    )


def texts(bundle: Bundle, report: Report, sealed: dict[str, Any]) -> None:
    """Check each quote, each cell and each place of the claim against its text or table."""
    for item in sealed["evidence"]:
        quote, cell = item["quote"], item.get("cell")
        name = f"“{quote['exact'][:80]}”"
        if cell:
            rows = sealed_json(bundle, f"tables/{cell['table_sha256']}.json", cell["table_sha256"])
            found = rows and rows["rows"][cell["row"]][cell["column"]] == quote["exact"]
            report.check(found, f"{name} stands in the archived table")
        else:
            report.check(stands(bundle, quote), f"{name} stands in the archived text")
    for place in sealed["claim"]["appearances"]:
        report.check(stands(bundle, place), f"“{place['exact'][:80]}” stands in the article")


def stands(bundle: Bundle, quote: dict[str, Any]) -> bool:
    """Whether a quote, with what stands around it, is the text at its place."""
    data = bundle.read(f"texts/{quote['text_sha256']}.txt")
    if data is None or sha256(data) != quote["text_sha256"]:
        return False
    text, start, end = data.decode(), quote["start"], quote["end"]
    return (
        text[start:end] == quote["exact"]
        and text[:start].endswith(quote["prefix"])
        and text[end:].startswith(quote["suffix"])
    )


def sealed_json(bundle: Bundle, name: str, digest: str) -> Any:  # noqa: ANN401 (as above)
    """Return what a JSON file holds, or None unless its bytes have the digest."""
    data = bundle.read(name)
    return json.loads(data) if data is not None and sha256(data) == digest else None


def captured(bundle: Bundle, report: Report, capture: dict[str, Any]) -> None:
    """Check a capture's manifest, its WARC file and the payload in it."""
    folder, name = f"captures/{capture['id']}", capture["final_url"]
    manifest = sealed_json(bundle, f"{folder}/manifest.json", capture["manifest_digest"])
    if not report.check(manifest is not None, f"the archive's record of {name} is the sealed one"):
        return
    body = manifest["body"]["sha256"]
    report.check(body == capture["digest"], f"it names the body that the verdict names: {body}")
    packed = bundle.read(f"{folder}/records.warc.gz")
    holds = packed is not None and sha256(packed) == manifest["warc"]["sha256"]
    report.check(holds, f"the WARC file of {name} is the one in the archive's record")
    if packed is None or not holds:
        return
    try:
        payload = payload_of(packed)
    except SkippedError as error:
        report.leave(f"the payload of {name}: {error}")
    except (ValueError, zlib.error) as error:
        report.check(False, f"the payload of {name} can be read: {error}")
    else:
        report.check(sha256(payload) == body, f"the payload in it is the body of {name}")


def payload_of(packed: bytes) -> bytes:
    """Return the decoded body of a WARC file's last answer, or of the file that was given."""
    last = None
    for headers, block in records(packed):
        if headers.get("warc-type") in {"response", "resource"}:
            last = headers, block
    if last is None:
        raise ValueError("it holds no answer")
    headers, block = last
    return block if headers["warc-type"] == "resource" else http_body(block)


def records(packed: bytes) -> Iterator[tuple[dict[str, str], bytes]]:
    """Yield each WARC record's headers (names in lower case) and its block."""
    for data in members(packed):
        head, _, rest = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("utf-8", "replace").split("\r\n")
        if not first.startswith("WARC/"):
            raise ValueError("it is no WARC file")
        yield fields(lines), rest[: int(fields(lines)["content-length"])]


def members(packed: bytes) -> Iterator[bytes]:
    """Yield what each member of a gzip file holds."""
    while packed:
        stream = zlib.decompressobj(wbits=31)
        data = stream.decompress(packed) + stream.flush()
        if not stream.eof:
            raise ValueError("it ends in the middle of a record")
        yield data
        packed = stream.unused_data


def fields(lines: Iterable[str]) -> dict[str, str]:
    """Return header lines as a dictionary with its names in lower case."""
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def http_body(message: bytes) -> bytes:
    """Return the body of an HTTP/1 answer, without its framing and coding."""
    head, _, body = message.partition(b"\r\n\r\n")
    headers = fields(head.decode("latin-1").split("\r\n")[1:])
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = dechunked(body)
    elif headers.get("content-length", "").isdigit():
        body = body[: int(headers["content-length"])]
    codings = [coding.strip().lower() for coding in headers.get("content-encoding", "").split(",")]
    for coding in reversed(codings):
        body = decoded(body, coding)
    return body


def dechunked(body: bytes) -> bytes:
    """Return a chunked body in one piece; what is cut off ends where it ends."""
    whole = []
    while body:
        line, _, body = body.partition(b"\r\n")
        size = int(line.split(b";")[0], 16)
        if not size:
            break
        whole.append(body[:size])
        body = body[size + 2 :]
    return b"".join(whole)


def decoded(body: bytes, coding: str) -> bytes:
    """Return the body without one content coding."""
    if coding in {"", "identity"}:
        return body
    if coding in {"gzip", "x-gzip"}:
        return zlib.decompressobj(wbits=31).decompress(body)
    if coding == "deflate":
        try:
            return zlib.decompress(body)
        except zlib.error:
            return zlib.decompress(body, wbits=-15)
    raise SkippedError(f"it is packed as {coding}, which the standard library cannot read")


def calculation(report: Report, item: dict[str, Any], sealed: dict[str, Any]) -> None:
    """Check that each number of a sum stands in its quote, and do plain sums again."""
    quotes = {each["id"]: each["quote"]["exact"] for each in sealed["evidence"]}
    name = f"the sum {item['figures']}"
    for number in item["inputs"]:
        if number["evidence"] is not None:
            quote = quotes.get(number["evidence"], "")
            there = quote[number["start"] : number["end"]] == number["text"]
            report.check(there, f"“{number['text']}” of {name} stands in its quote")
    units = {number["unit"] for number in item["inputs"]}
    values = [Decimal(number["value"]) for number in item["inputs"]]
    again = plain_sum(item["operation"], values) if len(units) == 1 else None
    if again is None:
        report.leave(f"{name}: its units or its operation need more than plain arithmetic")
        return
    near = abs(again - Decimal(item["value"])) <= abs(again) * Decimal("1e-20")
    report.check(near, f"{name} gives {item['value']} again")


def plain_sum(operation: str, values: list[Decimal]) -> Decimal | None:
    """Return the result of an operation on numbers of one unit; None for one not done here."""
    getcontext().prec = DIGITS
    total = sum(values, Decimal(0))
    if operation in {"sum", "average"}:
        return total if operation == "sum" else total / len(values)
    if operation not in {"percent_change", "percentage_points", "difference", "ratio", "share"}:
        return None
    first, last = values
    if operation == "percent_change":
        return (last - first) * 100 / first
    if operation == "ratio":
        return last / first
    return first * 100 / last if operation == "share" else last - first


def approvals(bundle: Bundle, report: Report, digest: str) -> None:
    """Say who approved it; the names are the desk's word, outside of the sealed manifest."""
    for item in bundle.json("approvals.json") or []:
        report.check(item["digest"] == digest, f"approved by {item['editor']}, {item['at']}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run as a command; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("bundle", nargs="?", default=str(Path(__file__).parent))
    parser.add_argument("--digest", default="", help="the digest on the verdict's page")
    options = parser.parse_args(arguments)
    try:
        report = verify(Bundle(options.bundle), options.digest)
    except UnreadableError as error:
        sys.stderr.write(f"{printable(str(error))}\n")
        return 2
    except (KeyError, TypeError, ValueError, IndexError, ArithmeticError) as error:
        sys.stderr.write(f"the bundle is damaged: {printable(repr(error))}\n")
        return 1
    words = f"{report.right} checks hold, {report.wrong} do not, {report.open} were skipped"
    sys.stdout.write(f"\n{words}. {'NOT PROVED' if report.wrong else 'PROVED'}\n")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
