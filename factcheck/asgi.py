"""The ASGI application, for a desk that prefers an ASGI server."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

application = get_asgi_application()

# Models can be imported from here on only.
from factcheck.api import receipts  # noqa: E402

receipts.write_in_background()
