"""reviewer hook: into a mail client or an editor, and out again."""

import shutil
import sys
from typing import Annotated

import typer

from reviewer.cli import log as common
from reviewer.errors import HookError
from reviewer.hook.client import Hook
from reviewer.hook.clients import CLIENTS
from reviewer.hook.plan import State, carry_out, installing, removing, standing
from reviewer.hook.preview import preview

__all__ = ["add_to"]

Client = Annotated[str, typer.Argument(help=f"One of {', '.join(CLIENTS)}.", show_default=False)]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")]


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(
        no_args_is_help=True, rich_markup_mode=None, help="The review in your mail client or editor, and out again."
    )
    group.command("install", epilog="Example: reviewer hook install neomutt")(install)
    group.command("remove", epilog="Example: reviewer hook remove neomutt")(remove)
    group.command("list", epilog="Example: reviewer hook list")(show_all)
    app.add_typer(group, name="hook")


def install(client: Client, yes: Yes = False, dry_run: DryRun = False) -> None:
    """Put the review into a client, or update it.

    What would change is shown, and you are asked. No line of yours is changed; what only you can do is told.
    """
    hook = _hook(client)
    plan = installing(hook.pieces)
    _show(preview(plan, hook.by_hand))
    if not plan.changes:
        typer.echo(f"{client}: nothing to do" + (" but that" if hook.by_hand else ""))
        return
    typer.echo(f"No other file changes. To undo it: reviewer hook remove {client}")
    if _agreed(f"Put it into {client}?", yes=yes, dry_run=dry_run):
        carry_out(plan)
        typer.echo(f"{client}: done; if it is running, start it again")


def remove(client: Client, yes: Yes = False, dry_run: DryRun = False) -> None:
    """Take the review out of a client.

    What would change is shown, and you are asked. Your files have every byte again that they had.
    """
    hook = _hook(client)
    plan = removing(hook.pieces if hook.removable is None else hook.removable)
    _show(preview(plan, hook.undo_by_hand, removing=True))
    if not plan.changes:
        typer.echo(f"{client}: nothing to do")
        return
    if _agreed(f"Take it out of {client}?", yes=yes, dry_run=dry_run):
        carry_out(plan)
        typer.echo(f"{client}: done")


def show_all() -> None:
    """Show how the review stands in each client."""
    for client in CLIENTS:
        try:
            hook = _hook(client)
            found = any(shutil.which(program) for program in hook.programs)
            typer.echo(f"{client:<13}{'found' if found else 'not found':<11}{_standing(client, hook)}")
        except HookError as error:
            typer.echo(f"{client:<13}{error}")


def _show(said: str) -> None:
    if said:
        typer.echo(f"{said}\n")


def _hook(client: str) -> Hook:
    if client not in CLIENTS:
        raise HookError(f"no client called {client!r}; there are {', '.join(CLIENTS)}")
    if sys.platform == "win32":
        raise HookError(f"not on Windows yet; docs/clients/{client}.md tells how to do it by hand")
    return CLIENTS[client]()


def _standing(client: str, hook: Hook) -> str:
    states, again = {standing(piece) for piece in hook.pieces}, f"reviewer hook install {client}"
    if not states:
        return "by hand"
    if State.ALTERED in states:
        return str(State.ALTERED)
    if State.OUTDATED in states:
        return f"{State.OUTDATED}; to update it: {again}"
    if len(states) > 1:
        return f"in place in part; to mend it: {again}"
    return f"{State.CURRENT}; by hand: see {again}" if hook.by_hand and State.CURRENT in states else str(*states)


def _agreed(question: str, *, yes: bool, dry_run: bool) -> bool:
    """Whether to go on. Raises HookError where there is nobody to ask."""
    if dry_run or yes:
        return yes and not dry_run
    if not common.at_terminal():
        raise HookError("nothing was changed: there is no terminal to ask at; say --yes")
    return typer.confirm(question, abort=True, err=True)
