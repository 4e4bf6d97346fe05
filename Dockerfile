# One image for web, workers, beat, sweeper and migrate; the command decides. The target `rendering`
# adds a browser to it.
FROM python:3.11-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY factcheck/locks/production.txt /tmp/production.txt
RUN /opt/venv/bin/pip install --require-hashes --only-binary :all: -r /tmp/production.txt


FROM python:3.11-slim-bookworm AS application

RUN groupadd --gid 10001 factcheck \
    && useradd --uid 10001 --gid factcheck --no-create-home --home-dir /nonexistent factcheck \
    && install -d -o factcheck -g factcheck /data

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=factcheck.settings \
    FACTCHECK_DATA_DIR=/data \
    FACTCHECK_STATIC_ROOT=/app/static \
    FACTCHECK_HASHED_STATIC=true

COPY --from=build /opt/venv /opt/venv
WORKDIR /app
COPY manage.py ./
COPY factcheck ./factcheck
COPY sources ./sources
COPY claims ./claims
COPY templates ./templates
RUN python -m compileall -q /opt/venv/lib /app \
    && python manage.py collectstatic --no-input -v 0

USER 10001:10001
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "factcheck.wsgi:application", "--bind", "0.0.0.0:8000", \
     "--worker-class", "gthread", "--workers", "2", "--threads", "4", \
     "--worker-tmp-dir", "/dev/shm", "--preload", "--no-control-socket"]


FROM application AS rendering

USER 0:0
# Whatever version the distribution has mended last: a browser that is pinned is one that is old.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends chromium fonts-dejavu fonts-noto-core \
    && rm -rf /var/lib/apt/lists/*
USER 10001:10001
CMD ["celery", "-A", "factcheck.celery:app", "worker", "--loglevel=INFO", "--concurrency=1", \
     "--queues=rendering"]


# The last one is what `docker build .` makes.
FROM application
