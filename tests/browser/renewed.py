"""The application, with the build of the web app that a test renews under it."""

import os
from dataclasses import replace
from pathlib import Path

from config import Settings
from server.app import create_app

app = create_app(replace(Settings.from_environment(), app_dir=Path(os.environ["APP_DIR"])))
