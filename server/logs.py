"""One JSON line an event on stderr: what was asked and how it went, never by whom or about what."""

from __future__ import annotations

import logging
import os
import sys
import time

import structlog
import structlog.tracebacks
from flask import Flask, Response, g, request

log = structlog.get_logger("request")


def register(app: Flask) -> None:
    level = logging.getLevelNamesMapping().get(os.environ.get("LOG_LEVEL", "info").upper(), logging.INFO)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # Without local variables: they hold passwords and what people sold.
            structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
    app.before_request(_start)
    app.after_request(_report)


def _start() -> None:
    g.started_s = time.perf_counter()


def _report(response: Response) -> Response:
    log.info(
        "answered",
        method=request.method,
        # The rule, not the path: paths hold ids, queries hold names.
        rule=request.url_rule.rule if request.url_rule else None,
        status=response.status_code,
        duration_ms=round((time.perf_counter() - g.started_s) * 1000, 1),
    )
    return response
