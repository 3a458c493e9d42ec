"""How gunicorn serves `wsgi:app`; it reads this file by itself. Flags and GUNICORN_CMD_ARGS win."""

import os
import signal

_demo = os.environ.get("DEMO") == "1"
_public = not _demo or os.environ.get("DEMO_PUBLIC") == "1"
_host = os.environ.get("HOST") or ("0.0.0.0" if _demo and _public else "127.0.0.1")  # noqa: S104 - asked for
if not _public and _host != "localhost" and not _host.startswith("127."):
    print(f"A demo's passwords are known to everyone: not on {_host} without DEMO_PUBLIC=1, but on 127.0.0.1.")
    _host = "127.0.0.1"
_port = os.environ.get("PORT") or "8000"

bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
preload_app = True  # a refusal to start is said once, and workers share memory
timeout = 60
graceful_timeout = 20
keepalive = 15  # a phone's next page comes on the same connection
loglevel = "warning"
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112 - a heartbeat must not wait for a disk


def post_worker_init(_worker):
    # A terminal's Ctrl-C reaches the workers too. The master tells them to stop, and told twice a worker may hang.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def when_ready(_server):
    if _demo:
        print(f"\nChợ Phiên is at http://{bind}  (Ctrl-C stops it)\n", flush=True)
