from sources.models.blobs import Blob
from sources.models.captures import Capture, ExtractedText
from sources.models.heartbeats import Heartbeat
from sources.models.hosts import Host
from sources.models.publishers import Publisher, PublisherDomain, PublisherSpelling
from sources.models.readings import ReadingRequest
from sources.models.renderings import Rendering
from sources.models.requests import CaptureRequest
from sources.models.sources import Source
from sources.models.tables import ExtractedTable
from sources.models.watches import Check, Watch
from sources.models.work import DayStamp, Replica, Work

__all__ = [
    "Blob",
    "Capture",
    "CaptureRequest",
    "Check",
    "DayStamp",
    "ExtractedTable",
    "ExtractedText",
    "Heartbeat",
    "Host",
    "Publisher",
    "PublisherDomain",
    "PublisherSpelling",
    "ReadingRequest",
    "Rendering",
    "Replica",
    "Source",
    "Watch",
    "Work",
]
