"""`assessor seal` and `assessor unseal`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli.console import Console, console_of
from assessor.cli.passphrases import known_passphrase, new_passphrase, typed_line
from assessor.errors import AssessorError
from assessor.i18n import message

if TYPE_CHECKING:
    from assessor.exchange.sealing import Key

SealedFile = Annotated[Path, typer.Argument(help="cli.unseal_file", metavar="FILE")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="cli.seal_output")]


def add_to(app: typer.Typer) -> None:
    """Add both commands."""
    app.command("seal", help="cli.seal_help")(_seal)
    app.command("unseal", help="cli.unseal_help")(_unseal)


def _seal(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="cli.seal_file", metavar="FILE")],
    to: Annotated[list[Path] | None, typer.Option("--to", help="cli.seal_to")] = None,
    passphrase: Annotated[bool, typer.Option("--passphrase", help="cli.seal_passphrase")] = False,
    recovery: Annotated[
        Path | None, typer.Option("--recovery-sheet", help="cli.seal_recovery")
    ] = None,
    output: Output = None,
) -> None:
    from assessor.workspace.sealing import seal

    console = console_of(context)
    if not to and not passphrase:
        raise AssessorError(message("cli.seal_how"))
    chosen = new_passphrase(console.language) if passphrase else None
    made = seal(
        file,
        output,
        to=to or (),
        passphrase=chosen,
        recovery_sheet=recovery,
        language=console.language,
    )
    console.say("written", file=str(made.file))
    if made.sheet is not None:
        console.say("seal_sheet", file=str(made.sheet))
    for keys in made.recipients:
        sealing = keys.sealing_key
        console.say("seal_recipient", name=keys.name, key=sealing.key_id if sealing else "")


def _unseal(
    context: typer.Context,
    file: SealedFile,
    output: Output = None,
    recovery: Annotated[bool, typer.Option("--recovery", help="cli.unseal_recovery")] = False,
) -> None:
    from assessor.workspace.sealing import unseal

    console = console_of(context)
    path = unseal(file, output, _key_for(file, recovery, console))
    console.say("written", file=str(path))


def _key_for(file: Path, recovery: bool, console: Console) -> Key:
    """Return what opens a file: the code, the private key it was sealed to, or the passphrase."""
    from assessor.exchange.sealing import header_of, typed_recovery_code
    from assessor.workspace.sealing import own_sealing_key

    if recovery:
        return typed_recovery_code(typed_line("cli.recovery_code", console.language))
    header = header_of(file)
    own = own_sealing_key(header, lambda: known_passphrase(console.language))
    if own is not None:
        return own
    return known_passphrase(console.language)
