from sources.models.blobs import Blob
from sources.models.captures import Capture, ExtractedText
from sources.models.hosts import Host
from sources.models.readings import ReadingRequest
from sources.models.requests import CaptureRequest
from sources.models.sources import Source
from sources.models.tables import ExtractedTable

__all__ = [
    "Blob",
    "Capture",
    "CaptureRequest",
    "ExtractedTable",
    "ExtractedText",
    "Host",
    "ReadingRequest",
    "Source",
]
