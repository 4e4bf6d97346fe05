"""A time stamping authority on loopback: OpenSSL's own, behind HTTP, and rude on demand."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.servers.local_site import Behaviour, LocalSite, Page, Talk

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {place}/serial
signer_cert = {place}/tsa.pem
signer_key = {place}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = {digests}
accuracy = secs:1
ess_cert_id_alg = sha256
"""


@dataclass
class Authority:
    """The authority's directory; `root` is the certificate that its stamps lead to."""

    place: Path
    site: LocalSite

    @property
    def root(self) -> Path:
        return self.place / "root.pem"

    @property
    def url(self) -> str:
        return self.site.url("/tsa")

    def reply(self, query: bytes) -> bytes:
        """Let OpenSSL answer a query."""
        asked, said = self.place / "query.tsq", self.place / "reply.tsr"
        asked.write_bytes(query)
        ts = ["openssl", "ts", "-reply", "-config", str(self.place / "openssl.cnf")]
        command = [*ts, "-queryfile", str(asked), "-out", str(said)]
        subprocess.run(command, check=True, capture_output=True, timeout=30)
        return said.read_bytes()

    def accept(self, digests: str) -> None:
        """Set which digests it stamps."""
        text = CONFIG.format(place=self.place, digests=digests)
        (self.place / "openssl.cnf").write_text(text)

    def stamps(self, talk: Talk) -> None:
        self.says(self.reply(content(talk)))(talk)

    @staticmethod
    def says(data: bytes) -> Behaviour:
        page = Page(data, media_type="application/timestamp-reply")

        def say(talk: Talk) -> None:
            content(talk)
            talk.send(page.wire())

        return say


def content(talk: Talk) -> bytes:
    """Return what was posted."""
    head, _, body = talk.request.partition(b"\r\n\r\n")
    (length,) = (line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
    talk.stream.settimeout(5)
    while len(body) < int(length.partition(b":")[2]):
        body += talk.stream.recv(65536)
    return body


@contextmanager
def serving(place: Path) -> Iterator[Authority]:
    """Serve; without OpenSSL, skip plainly or fail where nothing may be left out."""
    if shutil.which("openssl") is None:
        words = "No OpenSSL was found: install it (Debian: openssl)."
        if os.environ.get("FACTCHECK_REQUIRE_BROWSER") == "1":
            pytest.fail(words)
        pytest.skip(words)
    _make_certificates(place)
    with LocalSite() as site:
        authority = Authority(place, site)
        authority.accept("sha256")
        (place / "serial").write_text("01\n")
        site.pages["/tsa"] = authority.stamps
        yield authority


def _make_certificates(place: Path) -> None:
    keys = {name: rsa.generate_private_key(65537, 2048) for name in ("root", "tsa")}
    now = datetime.now(UTC)
    for name, key in keys.items():
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Sample {name}")])
        issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Sample root")])
        builder = (
            x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(
                x509.BasicConstraints(ca=name == "root", path_length=None), critical=True
            )
        )
        if name == "tsa":
            usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(usage, critical=True)
        certificate = builder.sign(keys["root"], hashes.SHA256())
        pem = certificate.public_bytes(serialization.Encoding.PEM)
        (place / f"{name}.pem").write_bytes(pem)
    secret = keys["tsa"].private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (place / "tsa.key").write_bytes(secret)
