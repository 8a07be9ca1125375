"""`assessor identity`: the keys of this installation, and those enrolled for others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli.console import FINDING, Console, console_of
from assessor.cli.passphrases import known_passphrase, new_passphrase
from assessor.errors import AssessorError
from assessor.i18n import message

if TYPE_CHECKING:
    from assessor.exchange.key_file import PublicKeys
    from assessor.workspace.identity import Identity, Keys

Json = Annotated[bool, typer.Option("--json", help="cli.json_option")]
KeyFile = Annotated[Path, typer.Argument(help="cli.identity_key_file", metavar="KEYFILE")]
DAY = 10
"""Letters of a time that name its day."""
MINUTE = 16
"""And those that name its minute, in the time zone of whoever made the keys."""
Name = Annotated[str, typer.Option("--name", help="cli.identity_name")]


def add_to(app: typer.Typer) -> None:
    """Add the family of commands."""
    family = typer.Typer(help="cli.identity_help", no_args_is_help=True)
    family.command("new", help="cli.identity_new_help")(_new)
    family.command("show", help="cli.identity_show_help")(_show)
    family.command("export", help="cli.identity_export_help")(_export)
    family.command("enrol", help="cli.identity_enrol_help")(_enrol)
    family.command("forget", help="cli.identity_forget_help")(_forget)
    family.command("list", help="cli.identity_list_help")(_list)
    app.add_typer(family, name="identity")


def _new(
    context: typer.Context,
    name: Name = "",
    sealing: Annotated[bool, typer.Option("--sealing", help="cli.identity_sealing")] = False,
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help="cli.identity_passphrase")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help="cli.identity_replace")] = False,
    lost: Annotated[bool, typer.Option("--lost", help="cli.identity_lost")] = False,
) -> None:
    from assessor.workspace.clock import user_name
    from assessor.workspace.identity import keys_to_make, own_keys

    console, keys = console_of(context), keys_to_make()
    present = own_keys().identity()
    if replace or lost:
        made = _replaced(keys, name, sealing=sealing, guard=passphrase, lost=lost, console=console)
        console.say("identity_replaced")
    elif present is not None and sealing and not present.keys.sealing:
        made = _with_sealing(keys, present, name, guard=passphrase, console=console)
        console.say("identity_sealing_added")
    else:
        chosen = new_passphrase(console.language) if passphrase and present is None else None
        made = keys.make(name or user_name() or "-", sealing=sealing, passphrase=chosen)
        console.say("identity_made")
    _show_keys(made.keys, console)
    _show_place(keys, made, console)


def _with_sealing(
    keys: Keys, present: Identity, name: str, *, guard: bool, console: Console
) -> Identity:
    """Add a key for sealing; the name stays, as others have enrolled it."""
    if name and name != present.keys.name:
        raise AssessorError(message("identity.name_stays", name=present.keys.name))
    if present.kept == "sealed":
        return keys.add_sealing(known_passphrase(console.language))
    return keys.add_sealing(new_passphrase(console.language) if guard else None)


def _replaced(
    keys: Keys, name: str, *, sealing: bool, guard: bool, lost: bool, console: Console
) -> Identity:
    """Replace the keys; a passphrase there was protects the new ones, too."""
    present = keys.identity()
    old = None
    if present is not None and present.kept == "sealed" and not lost:
        old = known_passphrase(console.language)
    chosen = new_passphrase(console.language) if guard else old
    ask = None if old is None else lambda: old
    return keys.replace(name, sealing=sealing, passphrase=chosen, ask=ask, lost=lost)


def _show(context: typer.Context, json: Json = False) -> None:
    from assessor.workspace.identity import own_keys

    console, keys = console_of(context), own_keys()
    found = keys.identity()
    if found is None:
        if json:
            console.json(None)
        else:
            console.say("identity_none")
        raise typer.Exit(FINDING)
    if json:
        console.json({**_data(found.keys), "kept": found.kept})
        return
    _show_keys(found.keys, console)
    _show_place(keys, found, console)


def _export(
    context: typer.Context,
    output: Annotated[Path, typer.Option("-o", "--output", help="cli.identity_output")],
) -> None:
    from assessor.workspace.enrolment import export_public
    from assessor.workspace.identity import own_keys

    console = console_of(context)
    keys = export_public(output, own_keys())
    console.say("written", file=str(output))
    console.say("identity_fingerprint", key=keys.key_id)


def _enrol(
    context: typer.Context,
    file: KeyFile,
    name: Name = "",
    replaces: Annotated[
        str, typer.Option("--replaces", help="cli.identity_replaces", metavar="FINGERPRINT")
    ] = "",
) -> None:
    from assessor.workspace.enrolment import enrol

    console = console_of(context)
    done = enrol(file, name, replaces=replaces.strip().lower())
    console.say("identity_enrolled", name=done.keys.name)
    _show_keys(done.keys, console)
    for gone in done.replaced:
        said = {"key": gone.key_id, "since": _day(gone.made_at), "until": _day(gone.replaced_at)}
        console.say("identity_enrolled_instead", **said)
    console.say("identity_compare")


def _forget(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="cli.identity_key_id", metavar="FINGERPRINT")],
) -> None:
    from assessor.workspace.enrolment import forget

    gone = forget(key.strip().lower())
    console_of(context).say("identity_forgotten", name=gone.name, key=gone.key_id)


def _list(context: typer.Context, json: Json = False) -> None:
    from assessor.workspace.enrolment import enrolled

    console, listed = console_of(context), enrolled().keys
    if json:
        marks = {"replaced_at", "replaced_by"}
        console.json([{**_data(keys), **keys.model_dump(include=marks)} for keys in listed])
        return
    for keys in listed:
        console.line(f"{keys.key_id}  {_legible(keys.name)}")
        if keys.replaced_at:
            said = {"since": _day(keys.made_at), "until": _day(keys.replaced_at)}
            console.say("identity_listed_replaced", by=keys.replaced_by, **said)
    if not listed:
        console.say("identity_nobody")


def _show_keys(keys: PublicKeys, console: Console) -> None:
    made = _legible(keys.made_at[:MINUTE].replace("T", " "))
    console.say("identity_name_line", name=_legible(keys.name), made=made)
    console.say("identity_fingerprint", key=keys.key_id)
    sealing = keys.sealing_key
    if sealing is not None:
        console.say("identity_sealing_fingerprint", key=sealing.key_id)
    for old in keys.former:
        said = {"since": _day(old.made_at), "until": _day(old.replaced_at)}
        console.say("identity_former", key=old.key_id, **said)


def _show_place(keys: Keys, identity: Identity, console: Console) -> None:
    kept = message(f"cli.identity_kept_{identity.kept}", folder=str(keys.folder))
    console.line(console.pick(kept))
    exposed = keys.exposed()
    if exposed is not None:
        console.say("identity_exposed", path=str(exposed))


def _day(moment: str) -> str:
    return _legible(moment[:DAY])


def _legible(words: str) -> str:
    from assessor.reports.verify_words import legible

    return legible(words)


def _data(keys: PublicKeys) -> dict[str, object]:
    sealing = keys.sealing_key
    return {
        "name": keys.name,
        "made_at": keys.made_at,
        "key_id": keys.key_id,
        "signing": keys.signing,
        "sealing": keys.sealing,
        "sealing_key_id": sealing.key_id if sealing else "",
        "former": [
            {"key_id": old.key_id, "made_at": old.made_at, "replaced_at": old.replaced_at}
            for old in keys.former
        ],
    }
