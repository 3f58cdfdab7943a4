"""Serve an instance: waitress in this process, the scheduler beside it, a clean end on a signal."""

import gc
import signal
from collections.abc import Callable
from types import FrameType
from typing import Any

from flask import Flask
from waitress.server import create_server

from sitelog.app import settings_of
from sitelog.board import stream
from sitelog.ground.errors import Usage
from sitelog.ground.words import N_
from sitelog.jobs import alarm
from sitelog.store.serving import serving

CONNECTIONS = 500
# Seconds a connection may do nothing: a browser comes back by itself, and whoever opens hundreds to shut
# others out has to go on opening them. An open stream says something more often.
IDLE_SECONDS = 30


def serve(app: Flask, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is told the address once the socket listens."""
    with serving(settings_of(app).instance):
        _serve(app, host, port, ready)


def _serve(app: Flask, host: str, port: int, ready: Callable[[str], None]) -> None:
    server = _listen(app, host, port)
    wake = alarm.start(app)

    def stop(number: int, frame: FrameType | None) -> None:
        # Open streams would keep the server waiting; their screens come back by themselves.
        stream.tail_of(app).end_all()
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    # What is loaded by now stays for good: looking through it again at each collection only costs time.
    gc.freeze()
    ready(_address(server, host))
    try:
        server.run()
    except (SystemExit, KeyboardInterrupt):
        pass
    finally:
        wake.shutdown(wait=False)
        server.close()


def _listen(app: Flask, host: str, port: int) -> Any:
    try:
        return create_server(
            app,
            host=host,
            port=port,
            threads=settings_of(app).threads,
            connection_limit=CONNECTIONS,
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=IDLE_SECONDS // 6,
            ident=None,
            # A page is a few KB; the largest form a nurse sends is far below this.
            max_request_body_size=2 * 1024 * 1024,
        )
    except (OSError, ValueError) as error:
        words = N_("Cannot listen on %(host)s, port %(port)s: %(why)s. Choose others with --host and --port.")
        raise Usage(words, host=host, port=port, why=getattr(error, "strerror", None) or error) from error


def _address(server: Any, host: str) -> str:
    # A name like localhost may stand for several sockets; they share the port that was asked for.
    port = server.effective_port if hasattr(server, "effective_port") else server.effective_listen[0][1]
    shown = "127.0.0.1" if host == "0.0.0.0" else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"
