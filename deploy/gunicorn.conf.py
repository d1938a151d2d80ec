"""The web server: `gunicorn -c deploy/gunicorn.conf.py coalition.wsgi`. WEB_CONCURRENCY sets the number of workers."""

import gc
import os
from typing import Any

bind = os.environ.get("HUB_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108
timeout = 30
graceful_timeout = 30
keepalive = 5
# What a library leaks in weeks is given back; never in all workers at once.
max_requests = 5000
max_requests_jitter = 500


def when_ready(server: Any) -> None:
    """Load what every worker would load for itself while there is one process: they share its memory."""
    from django.db import DatabaseError, connections

    from search import korean
    from search.names import registry_names

    try:
        korean.load(registry_names)
    except DatabaseError:
        server.log.warning("no database yet: each worker loads the analyser for itself")
    connections.close_all()  # a connection must not be shared by two processes
    # What was loaded until here stays as long as the process: the cycle collector need not walk through its
    # million objects again and again (0.2 s each time), nor write into memory that the workers share.
    gc.collect()
    gc.freeze()
