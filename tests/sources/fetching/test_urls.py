from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.fetching import FetchError, parse
from sources.fetching.urls import join

ACCEPTED = [
    ("http://example.com", "http://example.com/"),
    ("HTTP://EXAMPLE.COM/", "http://example.com/"),
    ("https://example.com:443/a", "https://example.com/a"),
    ("http://example.com:8080/a", "http://example.com:8080/a"),
    ("http://example.com./", "http://example.com/"),
    ("http://example.com/a/../b/./c", "http://example.com/b/c"),
    ("http://example.com/../../x", "http://example.com/x"),
    ("http://example.com/a/%2e%2E/b", "http://example.com/b"),
    ("http://example.com/a/..", "http://example.com/"),
    ("http://example.com/a//b", "http://example.com/a//b"),
    ("http://example.com?x=1", "http://example.com/?x=1"),
    ("http://example.com/?a=b?c", "http://example.com/?a=b?c"),
    ("http://example.com/#part", "http://example.com/"),
    ("http://example.com/a%20b", "http://example.com/a%20b"),
    ("http://example.com/größe?ü=1", "http://example.com/gr%C3%B6%C3%9Fe?%C3%BC=1"),
    ("http://example.com/a@b", "http://example.com/a@b"),
    ("http://bücher.example/", "http://xn--bcher-kva.example/"),
    ("http://xn--bcher-kva.example/", "http://xn--bcher-kva.example/"),
    ("http://пример.рф/", "http://xn--e1afmkfd.xn--p1ai/"),
    ("http://例え。テスト/", "http://xn--r8jz45g.xn--zckzah/"),
    ("http://１.1.1.1/", "http://1.1.1.1/"),
    ("http://8.8.8.8/", "http://8.8.8.8/"),
    ("http://[2606:4700:0:0::1111]/", "http://[2606:4700::1111]/"),
    ("http://[::FFFF:1.2.3.4]/", "http://[::ffff:1.2.3.4]/"),
    ("http://my_site.example/", "http://my_site.example/"),
    ('http://example.com/"<>`{}', "http://example.com/%22%3C%3E%60%7B%7D"),
]
REFUSED = [
    ("", "url_shape"),
    ("example.com", "url_shape"),
    ("//example.com/", "url_shape"),
    ("http:example.com", "url_shape"),
    ("http:/example.com/", "url_shape"),
    ("http:///x", "url_host"),
    ("http://", "url_host"),
    ("ftp://example.com/", "url_scheme"),
    ("file:///etc/passwd", "url_scheme"),
    ("gopher://x.example/", "url_scheme"),
    ("data:text/html,x", "url_shape"),
    ("javascript:alert(1)", "url_shape"),
    ("http://u@example.com/", "url_credentials"),
    ("http://u:p@example.com/", "url_credentials"),
    ("http://example.com@10.0.0.1/", "url_credentials"),
    ("http://a%40b.com/", "url_host"),
    ("http://127.0.0.1%2f@x.example/", "url_credentials"),
    ("http://%31.1.1.1/", "url_host"),
    ("http://example.com\\@10.0.0.1/", "url_characters"),
    ("http://a b/", "url_characters"),
    (" http://example.com/", "url_characters"),
    ("http://example.com/ ", "url_characters"),
    ("http://example.com/\n", "url_characters"),
    ("http://exam\tple.com/", "url_characters"),
    ("http://example.com/\r\nHost: x", "url_characters"),
    ("http://a\x00b/", "url_characters"),
    ("http://example.com/\x7f", "url_characters"),
    ("http://a\u3000b.com/", "url_characters"),
    ("http://example.com/\u2028", "url_characters"),
    ("http://a\ud800.com/", "url_characters"),
    ("http://\ufeffexample.com/", "url_characters"),
    ("http://a.com/\x85", "url_characters"),
    # Numbers that one program reads as an address and another as a name.
    ("http://2130706433/", "url_numeric_host"),
    ("http://0x7f000001/", "url_numeric_host"),
    ("http://0x7f.0.0.1/", "url_numeric_host"),
    ("http://0177.0.0.1/", "url_numeric_host"),
    ("http://127.1/", "url_numeric_host"),
    ("http://127.0.1/", "url_numeric_host"),
    ("http://127.0.0.1./", "url_numeric_host"),
    ("http://127.0.0.01/", "url_numeric_host"),
    ("http://127.0.0.0x1/", "url_numeric_host"),
    ("http://0/", "url_numeric_host"),
    ("http://1.2.3.4.5/", "url_numeric_host"),
    ("http://256.1.1.1/", "url_numeric_host"),
    ("http://example.1/", "url_numeric_host"),
    ("http://0x/", "url_numeric_host"),
    ("http://１２７.1/", "url_numeric_host"),
    ("http://①②⑦.0.1/", "url_numeric_host"),
    ("http://00000127.0.0.1/", "url_numeric_host"),
    ("http://a.0X7F/", "url_numeric_host"),
    ("http://1.1.1.1 .example/", "url_characters"),
    ("http://999999999999/", "url_numeric_host"),
    # Hosts
    *[
        ("http://.example.com/", "url_host"),
        ("http://a..b/", "url_host"),
        ("http://-a.com/", "url_host"),
    ],
    ("http://a-.com/", "url_host"),
    ("http://" + "a" * 64 + ".com/", "url_host"),
    ("http://" + "a." * 130 + "com/", "url_host"),
    ("http://exa$mple.com/", "url_host"),
    *[
        ("http://a;b.com/", "url_host"),
        ("http://a,b.com/", "url_host"),
        ("http://a<b.com/", "url_host"),
    ],
    *[
        ("http://xn--a.com/", "url_host"),
        ("http://xn--.com/", "url_host"),
        ("http://a／b.com/", "url_host"),
    ],
    *[
        ("http://[::1/", "url_host"),
        ("http://::1/", "url_host"),
        ("http://[fe80::1%25eth0]/", "url_host"),
    ],
    ("http://[fe80::1%eth0]/", "url_host"),
    ("http://[1.2.3.4]/", "url_host"),
    ("http://[::1]x/", "url_host"),
    ("http://[g::1]/", "url_host"),
    ("http://[]/", "url_host"),
    ("http://a℀b.com/", "url_host"),
    ("http://../", "url_host"),
    ("http://./", "url_host"),
    # Ports
    *[
        ("http://a.com:/", "url_port"),
        ("http://a.com:0/", "url_port"),
        ("http://a.com:65536/", "url_port"),
    ],
    ("http://a.com:99999999/", "url_port"),
    ("http://a.com:-1/", "url_port"),
    ("http://a.com:8 0/", "url_characters"),
    ("http://a.com:٨٠/", "url_port"),
    ("http://a.com:80:80/", "url_host"),
    ("http://a.com:0x50/", "url_port"),
    # Names of private networks
    *[
        ("http://metadata.google.internal/", "host_reserved"),
        ("http://printer.local/", "host_reserved"),
    ],
    ("http://router.lan/", "host_reserved"),
    ("http://x.home.arpa/", "host_reserved"),
    *[
        ("http://abc.onion/", "host_reserved"),
        ("http://METADATA.GOOGLE.INTERNAL./", "host_reserved"),
    ],
    *[
        ("http://metadata.google.ｉnternal/", "host_reserved"),
        ("http://x.invalid/", "host_reserved"),
    ],
    ("http://example.com/" + "a" * 8192, "url_too_long"),
    ("http://example.com/" + "ü" * 3000, "url_too_long"),
]
JOINED = [
    ("/x", "http://a.example/x"),
    ("x", "http://a.example/d/x"),
    ("../x", "http://a.example/x"),
    ("?q=2", "http://a.example/d/p?q=2"),
    ("", "http://a.example/d/p?q=1"),
    ("#top", "http://a.example/d/p?q=1"),
    ("//b.example/x", "http://b.example/x"),
    ("https://b.example/x", "https://b.example/x"),
    ("/größe", "http://a.example/gr%C3%B6%C3%9Fe"),
    ("./a:b", "http://a.example/d/a:b"),
]


@pytest.mark.parametrize(("url", "normal"), ACCEPTED)
def test_an_address_is_read_and_normalised(url: str, normal: str) -> None:
    assert parse(url).url == normal


@pytest.mark.parametrize("normal", [normal for _, normal in ACCEPTED])
def test_a_normalised_address_stays_as_it_is(normal: str) -> None:
    assert parse(normal).url == normal


@pytest.mark.parametrize(("url", "code"), REFUSED)
def test_an_ambiguous_address_is_refused(url: str, code: str) -> None:
    with pytest.raises(FetchError) as caught:
        parse(url)
    assert (caught.value.code, caught.value.family) == (code, "refused")
    assert caught.value.words


@pytest.mark.parametrize(("reference", "url"), JOINED)
def test_a_redirect_is_read_against_its_sender(reference: str, url: str) -> None:
    assert join(parse("http://a.example/d/p?q=1"), reference).url == url


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("http:b.example", "url_shape"),
        ("http:/b.example", "url_shape"),
        ("javascript:alert(1)", "url_shape"),
        ("file:///etc/passwd", "url_scheme"),
        ("\\\\b.example/x", "url_characters"),
        ("/a b", "url_characters"),
        ("//u@b.example/", "url_credentials"),
        ("///b.example/", "url_host"),
        ("http://0x7f.1/", "url_numeric_host"),
    ],
)
def test_an_ambiguous_redirect_is_refused(reference: str, code: str) -> None:
    with pytest.raises(FetchError) as caught:
        join(parse("http://a.example/d/p?q=1"), reference)
    assert caught.value.code == code


_pieces = st.sampled_from(
    [*"/.?#@:%[]\\&=-_~aZ0 ", "http://", "https://", "example.com", "127.0.0.1", "%2e", "ü", "0x7f"]
)


@given(st.lists(_pieces, max_size=12).map(lambda parts: "http://" + "".join(parts)))
def test_whatever_is_accepted_reads_the_same_for_the_standard_library(url: str) -> None:
    try:
        target = parse(url)
    except FetchError:
        return
    again = urlsplit(target.url)
    assert parse(target.url) == target
    assert again.hostname == target.host
    assert (again.port or {"http": 80, "https": 443}[again.scheme]) == target.port
    assert target.url.isascii()
    assert target.resource == (again.path + ("?" + again.query if "?" in target.url else ""))
