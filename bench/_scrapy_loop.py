"""Scrapy with a WARC file through warcio, as far as Scrapy shows what went over the wire."""

import logging
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any


def scrapy_warcio(urls: list[str], place: Path, *, text: bool) -> Callable[[], None]:
    """Crawl the addresses; with `text`, take each page's title and text as our reader does."""
    import scrapy  # noqa: PLC0415 (each loop loads what it needs)
    import trafilatura  # noqa: PLC0415
    from scrapy.crawler import CrawlerProcess  # noqa: PLC0415
    from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415

    logging.disable(logging.CRITICAL)
    file = (place / "all.warc.gz").open("wb")
    writer = WARCWriter(file, gzip=True)
    kept: list[str] = []

    def lines(headers: Any) -> list[tuple[str, str]]:  # noqa: ANN401 (Scrapy's own type)
        return [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in headers.items()
            for value in values
        ]

    def archive(response: Any) -> None:  # noqa: ANN401 (Scrapy's own type)
        request = response.request
        for kind, status, headers, body in (
            ("request", "GET / HTTP/1.1", lines(request.headers), request.body),
            ("response", f"{response.status} OK", lines(response.headers), response.body),
        ):
            told = StatusAndHeaders(
                status, headers, protocol="" if kind == "request" else "HTTP/1.1"
            )
            writer.write_record(
                writer.create_warc_record(
                    response.url, kind, payload=BytesIO(body), http_headers=told
                )
            )

    class Pages(scrapy.Spider):
        name = "pages"
        custom_settings = {
            "LOG_ENABLED": False,
            "ROBOTSTXT_OBEY": False,
            "TELNETCONSOLE_ENABLED": False,
            "COOKIES_ENABLED": False,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
            "DOWNLOAD_DELAY": 0,
        }

        async def start(self) -> Any:  # noqa: ANN401 (Scrapy's own types)
            for url in urls:
                yield scrapy.Request(url)

        def parse(self, response: Any) -> Iterator[None]:  # noqa: ANN401 (Scrapy's own type)
            archive(response)
            if text:
                tree = trafilatura.load_html(response.text)
                found = trafilatura.extract(
                    tree,
                    output_format="txt",
                    include_comments=False,
                    include_tables=True,
                    favor_recall=True,
                )
                assert found
                assert response.css("title::text").get()
            kept.append(response.url)
            return iter(())

    process = CrawlerProcess(settings={"LOG_ENABLED": False})
    process.crawl(Pages)

    def loop() -> None:
        process.start(install_signal_handlers=False)
        file.close()
        assert sorted(kept) == sorted(urls)

    return loop
