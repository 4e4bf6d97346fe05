"""Scrapy with a WARC file through warcio, as far as Scrapy shows what went over the wire.

Loaded only by the loops that need it: what is imported here costs half a second.
"""

import logging
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import scrapy
import trafilatura
from scrapy.crawler import CrawlerProcess
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

_SETTINGS = {
    "LOG_ENABLED": False,
    "ROBOTSTXT_OBEY": False,
    "TELNETCONSOLE_ENABLED": False,
    "COOKIES_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "DOWNLOAD_DELAY": 0,
}


class Pages(scrapy.Spider):
    """Fetches its addresses and keeps each page; with `reads`, takes its title and text too."""

    name = "pages"

    def __init__(self, urls: list[str], writer: Any, *, reads: bool) -> None:  # noqa: ANN401 (untyped)
        super().__init__()
        self.urls, self.writer, self.reads = urls, writer, reads

    async def start(self) -> Any:  # noqa: ANN401 (Scrapy's own types)
        """Ask for every address."""
        for url in list(self.urls):
            yield scrapy.Request(url)

    def parse(self, response: Any) -> Iterator[None]:  # noqa: ANN401 (Scrapy's own type)
        """Keep one page."""
        archive(self.writer, response)
        if self.reads:
            assert read(response.text)
            assert response.css("title::text").get()
        self.urls.remove(response.url)
        return iter(())


def archive(writer: Any, response: Any) -> None:  # noqa: ANN401 (warcio's and Scrapy's own types)
    """Write a request and its response."""
    asked = response.request
    for kind, status, protocol, message in (
        ("request", "GET / HTTP/1.1", "", asked),
        ("response", f"{response.status} OK", "HTTP/1.1", response),
    ):
        headers = StatusAndHeaders(status, lines(message.headers), protocol=protocol)
        body = BytesIO(message.body)
        record = writer.create_warc_record(response.url, kind, payload=body, http_headers=headers)
        writer.write_record(record)


def lines(headers: Any) -> list[tuple[str, str]]:  # noqa: ANN401 (Scrapy's own type)
    """Return headers as warcio takes them."""
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
    ]


def read(page: str) -> str:
    """Return the main text, with the settings of our own reader."""
    found = trafilatura.extract(
        trafilatura.load_html(page),
        output_format="txt",
        include_comments=False,
        include_tables=True,
        favor_recall=True,
    )
    return str(found or "")


def scrapy_warcio(urls: list[str], place: Path, *, reads: bool) -> Callable[[], None]:
    """Return the loop; it leaves one WARC file in `place`."""
    logging.disable(logging.CRITICAL)
    file, left = (place / "all.warc.gz").open("wb"), list(urls)
    process = CrawlerProcess(settings=_SETTINGS)
    process.crawl(Pages, urls=left, writer=WARCWriter(file, gzip=True), reads=reads)

    def loop() -> None:
        process.start(install_signal_handlers=False)
        file.close()
        assert not left

    return loop
