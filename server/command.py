"""How a command of this server fails: in one line."""

from __future__ import annotations

import click

from config import ConfigError
from server.backup import BackupError
from server.problems import InvalidError, UnavailableError


class Command(click.Command):
    """A command that says what is wrong in one line instead of a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (BackupError, ConfigError, OSError) as error:
            raise click.ClickException(str(error)) from error
        except UnavailableError as error:
            busy = error.detail == UnavailableError.detail
            said = "The database is busy or cannot be reached." if busy else error.detail
            raise click.ClickException(said) from error
        except InvalidError as error:
            wrong = "; ".join(f"{field}: {', '.join(codes)}" for field, codes in (error.errors or {}).items())
            raise click.ClickException(wrong) from error
