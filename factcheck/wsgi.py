"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

application = get_wsgi_application()

# Models can be imported from here on only.
from factcheck.api import receipts  # noqa: E402

receipts.write_in_background()
