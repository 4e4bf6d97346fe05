"""A real S3 server on loopback, with its objects in memory, and the bucket of one test on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

from moto.server import ThreadedMotoServer

from sources.bucket import Bucket, bucket

NUMBERS = count(1)
KEYS = {"access_key": "a key", "secret_key": "a secret"}
REGION = "eu-central-1"


@dataclass
class S3:
    """The server; `bucket` makes a new, empty one."""

    endpoint: str
    made: list[Bucket] = field(default_factory=list)

    def named(self, name: str) -> Bucket:
        return bucket(name=name, endpoint=self.endpoint, region=REGION, **KEYS)

    def bucket(self) -> Bucket:
        fresh = self.named(f"archive-{next(NUMBERS)}")
        fresh.storage.bucket.create(CreateBucketConfiguration={"LocationConstraint": REGION})
        self.made.append(fresh)
        return fresh


@contextmanager
def serving() -> Iterator[S3]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    s3 = S3(f"http://{host}:{port}")
    try:
        yield s3
    finally:
        for bucket in s3.made:
            bucket.storage.bucket.meta.client.close()
        server.stop()
