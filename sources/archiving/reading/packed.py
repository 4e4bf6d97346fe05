"""Documents that are ZIP archives of XML: opened only where they unpack to a bounded size."""

import zipfile
from io import BytesIO

from sources.archiving.reading.parsed import NotReadableError

MEGABYTE = 1024 * 1024
MAXIMUM_UNPACKED = 192 * MEGABYTE
MAXIMUM_MEMBERS = 5000
_ENCRYPTED = 0x1


def opened(data: bytes) -> zipfile.ZipFile:
    """Open the archive. What it states of its sizes binds it: more is never unpacked.

    Raises NotReadableError: text_damaged, text_bomb or text_encrypted.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, RuntimeError, OSError, EOFError) as error:
        raise NotReadableError("text_damaged") from error
    members = archive.infolist()
    if len(members) > MAXIMUM_MEMBERS or sum(m.file_size for m in members) > MAXIMUM_UNPACKED:
        raise NotReadableError("text_bomb")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise NotReadableError("text_encrypted")
    return archive
