from sources.models.blobs import Blob
from sources.models.captures import Capture, ExtractedText
from sources.models.hosts import Host
from sources.models.requests import CaptureRequest
from sources.models.sources import Source
from sources.models.work import DayStamp, Replica, Work

__all__ = [
    "Blob",
    "Capture",
    "CaptureRequest",
    "DayStamp",
    "ExtractedText",
    "Host",
    "Replica",
    "Source",
    "Work",
]
