"""What only a bucket can do wrong: somebody else's hand in it, and a service that says no."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from sources import blobs, capturing
from sources.archiving.blobs import BlobError, BlobStore, StoreUnavailableError, place
from sources.bucket import Bucket, bucket
from sources.models import Capture
from tests.servers.local_site import LocalSite, Page
from tests.servers.s3 import KEYS, REGION, S3
from tests.sources.clocks import Clock

DATA = b"the exact bytes"
SHA = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def store(s3_server: S3) -> Bucket:
    return s3_server.bucket()


def test_what_lies_there_is_never_written_over(store: Bucket) -> None:
    """Another with the same name and length is found by its digest, and left as it is."""
    other = DATA.upper()
    store.storage.bucket.Object(place(SHA)).put(Body=other)
    store.put([DATA])
    with pytest.raises(BlobError, match="blob_damaged"):
        store.read(SHA)


def test_a_name_that_was_taken_meanwhile_is_read_back(store: Bucket) -> None:
    """Between the look and the upload somebody else stored something: it decides."""

    def meanwhile(data: bytes) -> Iterator[bytes]:
        yield DATA
        before = store.storage.bucket.meta.client.meta.events
        before.register("before-call.s3.PutObject", lambda **_: put_by_another(data), "once")

    def put_by_another(data: bytes) -> None:
        store.storage.bucket.meta.client.meta.events.unregister(
            "before-call.s3.PutObject", unique_id="once"
        )
        store.storage.bucket.Object(place(SHA)).put(Body=data)

    assert store.put(meanwhile(DATA)).digest == SHA
    store.storage.bucket.Object(place(SHA)).delete()
    with pytest.raises(BlobError, match="blob_damaged"):
        store.put(meanwhile(b"something else"))


def test_many_at_once_store_one_object(store: Bucket) -> None:
    with ThreadPoolExecutor(6) as pool:
        stored = list(pool.map(lambda _: store.put([DATA]), range(12)))
    assert {item.digest for item in stored} == {SHA}
    assert len(list(store.storage.bucket.objects.all())) == 1


def test_a_bucket_that_is_not_there_is_told_in_words(s3_server: S3) -> None:
    with pytest.raises(StoreUnavailableError, match="the store refused: NoSuchBucket"):
        s3_server.named("nowhere").put([DATA])


def test_a_service_that_does_not_answer_is_told_in_words() -> None:
    away = bucket(name="archive", endpoint="http://127.0.0.1:9", region=REGION, **KEYS)
    with pytest.raises(StoreUnavailableError, match="does not answer: EndpointConnectionError"):
        away.put([DATA])


@pytest.fixture
def in_bucket(store: Bucket, s3_server: S3, settings: Any) -> Bucket:
    settings.BLOB_STORE, settings.S3_ENDPOINT, settings.S3_REGION = "s3", s3_server.endpoint, REGION
    settings.S3_BUCKET = store.storage.bucket_name
    settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY = KEYS["access_key"], KEYS["secret_key"]
    return store


@pytest.mark.django_db
def test_a_capture_is_kept_in_the_bucket(
    site: LocalSite, in_bucket: Bucket, clock: Clock, tmp_path: Path
) -> None:
    site.pages["/"] = Page(DATA)
    request = capturing.request_capture(url=site.url(), by=None, at=clock())
    capturing.run(request_id=request.pk, at_clock=clock)
    capture = Capture.objects.get()
    assert blobs.read(capture.body_digest) == in_bucket.read(capture.body_digest) == DATA
    assert in_bucket.size(capture.warc_digest)
    assert not (tmp_path / "blobs").exists()


@pytest.mark.django_db
def test_a_capture_waits_for_a_bucket_that_is_away(
    site: LocalSite, in_bucket: Bucket, clock: Clock, settings: Any
) -> None:
    settings.S3_BUCKET = "nowhere"
    site.pages["/"] = Page(DATA)
    request = capturing.request_capture(url=site.url(), by=None, at=clock())
    waiting = capturing.run(request_id=request.pk, at_clock=clock)
    assert (waiting.state, waiting.error_code) == ("queued", "store_unavailable")
    assert waiting.error_text == (
        "The archive cannot keep the page just now (the store refused: NoSuchBucket)."
    )
    settings.S3_BUCKET = in_bucket.storage.bucket_name
    clock.move(minutes=1)
    assert capturing.run(request_id=request.pk, at_clock=clock).state == "done"


def test_the_data_directory_is_the_store_unless_told_otherwise() -> None:
    assert isinstance(blobs.store(), BlobStore)
