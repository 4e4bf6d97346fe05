from sources.models.blobs import Blob
from sources.models.captures import Capture, ExtractedText
from sources.models.hosts import Host
from sources.models.renderings import Rendering
from sources.models.requests import CaptureRequest
from sources.models.sources import Source

__all__ = ["Blob", "Capture", "CaptureRequest", "ExtractedText", "Host", "Rendering", "Source"]
