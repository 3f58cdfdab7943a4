"""Serve an instance: waitress in this process, the scheduler beside it, a clean end on a signal."""

import signal
from collections.abc import Callable
from types import FrameType

from flask import Flask
from waitress.server import create_server

from sitelog.app import settings_of
from sitelog.jobs import alarm

CONNECTIONS = 500


def serve(app: Flask, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is told the address once the socket listens."""
    server = create_server(
        app,
        host=host,
        port=port,
        threads=settings_of(app).threads,
        connection_limit=CONNECTIONS,
        ident=None,
        # A page is a few KB; the largest form a nurse sends is far below this.
        max_request_body_size=2 * 1024 * 1024,
    )
    wake = alarm.start(app)

    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    ready(f"http://{host}:{server.effective_port}/")
    try:
        server.run()
    except (SystemExit, KeyboardInterrupt):
        pass
    finally:
        wake.shutdown(wait=False)
        server.close()
