"""`flask update-prices`: for the night, beside the backup."""

import click
from flask.cli import with_appcontext

from server.board.prices import update_prices
from server.command import Command


@click.command("update-prices", cls=Command)
@with_appcontext
def reckon_prices() -> None:
    """Reckon the usual prices anew from the sales of the last weeks, for the board on members' phones."""
    click.echo(f"Prices written: {update_prices()}.")
