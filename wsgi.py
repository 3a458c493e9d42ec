"""What a WSGI server loads: `gunicorn wsgi:app`. The `flask` command finds it by its name."""

import sys

import click

from config import ConfigError
from server.app import create_app
from server.front_door import check_database

command = click.get_current_context(silent=True)

try:
    app = create_app()
    if command is None or command.info_name == "run":  # serving, rather than `flask db upgrade`
        check_database(app)
except ConfigError as error:
    sys.exit(f"Chợ Phiên does not start. {error}")
