"""Many hosts of small pages that answer after a while: one process, one loop.

`python -m bench._far_pages HOSTS SECONDS` prints the ports.
"""

import asyncio
import sys

# A kind that has no text: fetching and archiving alone are measured.
_BODY = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 80
_ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n" % len(_BODY)
)


async def main(hosts: int, seconds: float) -> None:
    """Serve until killed."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(seconds)
        # No two pages are alike, or the archive would keep one.
        writer.write(_ANSWER + _BODY[:-64] + asked.partition(b"\r\n")[0].ljust(64)[:64])
        await writer.drain()
        writer.close()

    servers = [await asyncio.start_server(answer, "127.0.0.1", 0) for _ in range(hosts)]
    print(*(server.sockets[0].getsockname()[1] for server in servers), flush=True)
    await asyncio.gather(*(server.serve_forever() for server in servers))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2])))
