"""More tricks of addresses, as they are tried against fetchers, and one reading for all parsers."""

import string
from ipaddress import ip_address
from urllib.parse import urlsplit

import h11
import idna
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sources.fetching import FetchError, FetchPolicy, fetch, parse
from sources.fetching.addresses import refusal
from sources.fetching.urls import Target

# Whatever the trick, nobody is asked: neither a name server nor a machine.
TRICKS: list[tuple[str, str]] = [
    # Who is asked, and who only seems to be.
    ("http://example.com:80@10.0.0.1/", "url_credentials"),
    ("http://example.com@@10.0.0.1/", "url_credentials"),
    ("http://@10.0.0.1/", "url_credentials"),
    ("http://:@10.0.0.1/", "url_credentials"),
    ("http://10.0.0.1＠example.com/", "url_host"),
    ("http://example.com%40example.org/", "url_host"),
    ("http://example.com%2f@10.0.0.1/", "url_credentials"),
    ("http://example.com%00.evil.example/", "url_host"),
    ("http://example.com%0d%0aHost:x/", "url_host"),
    ("http://example.com％2e/", "url_host"),
    ("http://example.com：22/", "url_host"),
    ("http://example.com？x/", "url_host"),
    ("http://example.com＃x/", "url_host"),
    ("http://example.com＼@10.0.0.1/", "url_credentials"),
    ("http://example.com\\.evil.example/", "url_characters"),
    ("http:\\\\example.com/", "url_characters"),
    ("http:/\\example.com/", "url_characters"),
    ("http:////example.com/", "url_host"),
    ("http://?@example.com/", "url_host"),
    ("http://#@example.com/", "url_host"),
    ("http://example.com;.evil.example/", "url_host"),
    ("http://*.example.com/", "url_host"),
    ("http://*/", "url_host"),
    ("http://{host}/", "url_host"),
    ("http://$HOME/", "url_host"),
    ("http://`id`.example.com/", "url_host"),
    ("http://'example.com'/", "url_host"),
    ('http://"example.com"/', "url_host"),
    ("http://<b>example.com/", "url_host"),
    ("http://exam|ple.com/", "url_host"),
    ("http://exam^ple.com/", "url_host"),
    ("http://exam~ple.com/", "url_host"),
    ("http://exam!ple.com/", "url_host"),
    ("http://exam(ple).com/", "url_host"),
    ("http://exam+ple.com/", "url_host"),
    ("http://exam=ple.com/", "url_host"),
    ("http://exam&ple.com/", "url_host"),
    # Characters that are seen by some and not by others.
    ("ht\ntp://example.com/", "url_characters"),
    ("http:\n//example.com/", "url_characters"),
    ("http://example\r.com/", "url_characters"),
    ("http://example.com\t/", "url_characters"),
    ("http://example.com\x0b/", "url_characters"),
    ("http://example.com\x0c/", "url_characters"),
    ("http://example.com/\x1b[31m", "url_characters"),
    ("http://example.com\xa0/", "url_characters"),
    ("http://example.com\u2003/", "url_characters"),
    ("http://example.com\u2029/", "url_characters"),
    ("http://example.com/\x00", "url_characters"),
    ("\x00http://example.com/", "url_characters"),
    ("\ufeffhttp://example.com/", "url_characters"),
    ("http://example\u202e.com/", "url_host"),
    ("http://example\u0000.com/", "url_characters"),
    # Numbers in every dress.
    ("http://017700000001/", "url_numeric_host"),
    ("http://0x7f.0x0.0x0.0x1/", "url_numeric_host"),
    ("http://0X7F000001/", "url_numeric_host"),
    ("http://0x7f000001./", "url_numeric_host"),
    ("http://127.0x1/", "url_numeric_host"),
    ("http://0177.1/", "url_numeric_host"),
    ("http://10.1/", "url_numeric_host"),
    ("http://169.254.43518/", "url_numeric_host"),
    ("http://169.0xfea9fe/", "url_numeric_host"),
    ("http://2852039166/", "url_numeric_host"),
    ("http://0xa9fea9fe/", "url_numeric_host"),
    ("http://0251.0376.0251.0376/", "url_numeric_host"),
    ("http://0251.254.169.254/", "url_numeric_host"),
    ("http://425.510.425.510/", "url_numeric_host"),
    ("http://4294967296/", "url_numeric_host"),
    ("http://340282366920938463463374607431768211456/", "url_numeric_host"),
    ("http://127.0.0.1.0/", "url_numeric_host"),
    ("http://127.0.0.00/", "url_numeric_host"),
    ("http://-127.0.0.1/", "url_host"),
    ("http://+127.0.0.1/", "url_host"),
    ("http://127.-0.0.1/", "url_host"),
    ("http://1e3/", "host_reserved"),
    ("http://example.0x7f/", "url_numeric_host"),
    ("http://example.0177/", "url_numeric_host"),
    ("http://①⑥⑨.②⑤④.①⑥⑨.②⑤④/", "address_refused"),
    ("http://１６９.２５４.１６９.２５４/", "address_refused"),
    ("http://169。254。169。254/", "address_refused"),
    ("http://169．254．169．254/", "address_refused"),
    ("http://169｡254｡169｡254/", "address_refused"),
    ("http://１０.0.0.1/", "address_refused"),
    ("http://𝟏𝟐𝟕.𝟎.𝟎.𝟏/", "address_refused"),
    ("http://١٢٧.0.0.1/", "url_host"),
    ("http://0x7f。1/", "url_numeric_host"),
    # Version 6, and version 4 inside it.
    ("http://[::]/", "address_refused"),
    ("http://[0:0:0:0:0:0:0:1]/", "address_refused"),
    ("http://[0000:0000:0000:0000:0000:0000:0000:0001]/", "address_refused"),
    ("http://[::ffff:7f00:1]/", "address_refused"),
    ("http://[::FFFF:A9FE:A9FE]/", "address_refused"),
    ("http://[0:0:0:0:0:ffff:127.0.0.1]/", "address_refused"),
    ("http://[::ffff:0:10.0.0.1]/", "address_refused"),
    ("http://[::10.0.0.1]/", "address_refused"),
    ("http://[64:ff9b::10.0.0.1]/", "address_refused"),
    ("http://[64:ff9b::7f00:1]/", "address_refused"),
    ("http://[64:ff9b:1::7f00:1]/", "address_refused"),
    ("http://[64:ff9b:1:ffff::10.0.0.1]/", "address_refused"),
    ("http://[2002:0a00:0001::1]/", "address_refused"),
    ("http://[2002:7f00:0001::]/", "address_refused"),
    ("http://[2001:0:7f00:1::1]/", "address_refused"),
    ("http://[2001:0:0a00:0001:0:0:f5ff:fffe]/", "address_refused"),
    ("http://[2606:4700::5efe:127.0.0.1]/", "address_refused"),
    ("http://[2606:4700::200:5efe:10.0.0.1]/", "address_refused"),
    ("http://[fe80::1]/", "address_refused"),
    ("http://[fec0::1]/", "address_refused"),
    ("http://[fd00:ec2::254]/", "address_refused"),
    ("http://[fd00:ec2:0:0:0:0:0:254]/", "address_refused"),
    ("http://[ff02::1]/", "address_refused"),
    ("http://[fe80::1%25lo]/", "url_host"),
    ("http://[::1%lo]/", "url_host"),
    ("http://[::1]:22/", "address_refused"),
    ("http://[::1]@example.com/", "url_credentials"),
    ("http://[::1].example.com/", "url_host"),
    ("http://[[::1]]/", "url_host"),
    ("http://[::1", "url_host"),
    ("http://::1]/", "url_host"),
    ("http://[v1.fe80]/", "url_host"),
    ("http://[::ffff:127.1]/", "url_host"),
    ("http://[::ffff:0177.0.0.1]/", "url_host"),
    ("http://[1:2:3:4:5:6:7:8:9]/", "url_host"),
    ("http://[:::1]/", "url_host"),
    ("http://[12345::]/", "url_host"),
    ("http://[::１]/", "url_host"),
    ("http://［::1］/", "url_host"),
    # The machine itself, the cloud's, and names of no one network.
    ("http://localhost/", "address_refused"),
    ("http://LOCALHOST/", "address_refused"),
    ("http://localhost./", "address_refused"),
    ("http://ｌocalhost/", "address_refused"),
    ("http://a.localhost/", "address_refused"),
    ("http://localhost:6379/", "address_refused"),
    ("http://localhost.localdomain/", "host_reserved"),
    ("http://intranet/", "host_reserved"),
    ("http://postgres:8080/", "host_reserved"),
    ("http://metadata/", "host_reserved"),
    ("http://instance-data.ec2.internal/", "host_reserved"),
    ("http://metadata.google.internal./computeMetadata/v1/", "host_reserved"),
    ("http://kubernetes.default.svc.cluster.local/", "host_reserved"),
    ("http://168.63.129.16/metadata", "address_refused"),
    ("http://169.254.169.254/latest/meta-data/", "address_refused"),
    ("http://169.254.170.2/v2/credentials", "address_refused"),
    ("http://100.100.100.200/latest/", "address_refused"),
    ("http://192.0.0.192/opc/v2/", "address_refused"),
    ("http://0.0.0.0:8080/", "address_refused"),
    ("http://255.255.255.255/", "address_refused"),
    # Lengths and labels.
    ("http://" + "a" * 63 + "." + "b" * 64 + ".example/", "url_host"),
    ("http://" + ".".join(["a" * 60] * 5) + "/", "url_host"),
    ("http://" + "ü" * 60 + ".example/", "url_host"),
    ("http://xn--/", "url_host"),
    ("http://xn--zzzzzzzzzzz.example/", "url_host"),
    ("http://xn--a-ecp.ru-/", "url_host"),
    ("http://ab--cd.ü.example/", "url_host"),
    ("http://\u0301abc.example/", "url_host"),
    ("http://a\u200db.example/", "url_host"),
    ("http://example..com/", "url_host"),
    ("http://example.com../", "url_host"),
    # Ports and schemes.
    ("http://example.com:22/", "port_refused"),
    ("http://example.com:6379/", "port_refused"),
    ("http://example.com:00080/", ""),
    ("http://example.com:000080/", "url_port"),
    ("http://example.com:+80/", "url_port"),
    ("http://example.com:8_0/", "url_port"),
    ("http://example.com:８０/", "url_port"),
    ("http://example.com:80 /", "url_characters"),
    ("https://example.com:25/", "port_refused"),
    ("HTTP+UNIX://example.com/", "url_scheme"),
    ("httpx://example.com/", "url_scheme"),
    ("ws://example.com/", "url_scheme"),
    ("view-source:http://example.com/", "url_shape"),
    ("jar:http://example.com!/", "url_shape"),
    ("blob:http://example.com/x", "url_shape"),
    ("url:http://127.0.0.1/", "url_shape"),
    ("dict://127.0.0.1:11211/stat", "url_scheme"),
    ("ldap://127.0.0.1/", "url_scheme"),
    ("mailto:ana@example.com", "url_shape"),
    ("http", "url_shape"),
    ("http:", "url_shape"),
    ("://example.com/", "url_shape"),
    ("hｔtp://example.com/", "url_shape"),
]


def outcome(url: str) -> str:
    """Return the code of a refusal; empty where a name server would be asked."""
    asked: list[str] = []

    def ask(host: str, _port: int) -> list[str]:
        asked.append(host)
        return []

    with fetch(url, policy=FetchPolicy(), resolver=ask) as result:
        assert (result.hops, result.wire_bytes, result.digest) == ((), 0, "")
        assert asked or result.state == "refused"
        return "" if asked else result.error_code


@pytest.mark.parametrize(("url", "code"), TRICKS)
def test_a_trick_is_refused_before_anybody_is_asked(url: str, code: str) -> None:
    assert outcome(url) == code


@pytest.mark.parametrize("letter", ["\u0430", "\u0435", "\u043e", "\u0440", "\u0441"])
def test_a_look_alike_letter_is_another_host(letter: str) -> None:
    host = parse(f"http://ex{letter}mple.com/").host
    assert host.startswith("xn--")
    assert idna.decode(host) == f"ex{letter}mple.com"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("http://ＥＸＡＭＰＬＥ.com/", "example.com"),
        ("http://example\u00ad.com/", "example.com"),
        ("http://example。com/", "example.com"),
        ("http://faß.example/", "xn--fa-hia.example"),
        ("http://FASS.example/", "fass.example"),
        ("http://İ.example/", "xn--i-9bb.example"),
        ("http://K.example/", "k.example"),
    ],
)
def test_a_host_is_mapped_once_and_then_plain(written: str, read: str) -> None:
    target = parse(written)
    assert (target.host, parse(target.url)) == (read, target)


# --- One reading for every parser in the chain.

_hosts = st.sampled_from(
    [
        *("example.com", "EXAMPLE.com.", "bücher.example", "xn--bcher-kva.example", "a_b.example"),
        *("8.8.8.8", "[2606:4700::1111]", "[::ffff:8.8.8.8]", "例え。テスト", "１.1.1.1", "a.b"),
        *(
            "faß.example",
            "K.example",
            "ex\u00adample.com",
            "1.2.3",
            "0x8.8.8.8",
            "[::]",
            "[1::2:3]",
        ),
    ]
) | st.text(st.sampled_from([*string.ascii_lowercase, *"0123456789-._%@[]:xüßİ１。"]), max_size=24)
_ports = st.sampled_from(["", ":80", ":443", ":8080", ":0", ":", ":65535", ":080"])
_tails = st.lists(
    st.sampled_from([*"/?#.%&=;:@!$'()*+,~^|{}<>\"`[]\\ aZ0ü\x7f\u2028", "..", "%2e", "%00"]),
    max_size=20,
).map(lambda parts: "/" + "".join(parts))
_addresses = st.builds(
    lambda scheme, host, port, tail: f"{scheme}://{host}{port}{tail}",
    st.sampled_from(["http", "https", "HTTP"]),
    _hosts,
    _ports,
    _tails,
)


@given(_addresses)
@example("http://[::ffff:8.8.8.8]:8080/?a#b")
@example("http://xn--a\u00ad.example/")
@example("http://a.b:080/%")
def test_every_parser_in_the_chain_reads_an_accepted_address_alike(url: str) -> None:
    try:
        target = parse(url)
    except FetchError:
        return
    assert parse(target.url) == target
    _as_urllib(target)
    _as_h11(target)
    _as_ipaddress(target)
    _as_idna(target)


def _as_urllib(target: Target) -> None:
    parts = urlsplit(target.url)
    assert (parts.scheme, parts.hostname) == (target.scheme, target.host)
    assert (parts.port or {"http": 80, "https": 443}[parts.scheme]) == target.port
    assert (parts.username, parts.password, parts.fragment) == (None, None, "")
    assert parts.netloc == target.authority


def _as_h11(target: Target) -> None:
    """The server's side of the parser must find the very target and host that were meant."""
    client, server = h11.Connection(h11.CLIENT), h11.Connection(h11.SERVER)
    headers = [("Host", target.authority)]
    request = h11.Request(method="GET", target=target.resource, headers=headers)
    server.receive_data(client.send(request) or b"")
    read = server.next_event()
    assert isinstance(read, h11.Request)
    assert read.target.decode() == target.resource
    assert list(read.headers) == [(b"host", target.authority.encode())]
    assert server.trailing_data[0] == b""


def _as_ipaddress(target: Target) -> None:
    try:
        address = ip_address(target.host)
    except ValueError:
        assert target.literal is None
        return
    assert target.literal == address
    assert isinstance(refusal(address), str)


def _as_idna(target: Target) -> None:
    if target.literal is None and "_" not in target.host:
        assert idna.encode(target.host, uts46=True).decode() == target.host
