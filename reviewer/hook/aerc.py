"""aerc: a wrapper, the keys that show what it says; in each account, the user puts it before what sends."""

import re
from collections.abc import Iterator
from pathlib import Path

from reviewer.folders import xdg
from reviewer.hook.client import Hook, Line, Note, bare, lines, on_path, packaged, shown
from reviewer.hook.piece import Block, File

__all__ = ["aerc"]


def aerc() -> Hook:
    own = xdg("config") / "aerc"
    binds = own / "binds.conf"
    wrapper = bare(own / "reviewer-sendmail")
    script = File(wrapper, packaged("aerc/reviewer-sendmail"), own, is_program=True)
    keys, notes = _aerc_keys(binds, wrapper)
    pieces = (script, Block(binds, keys)) if keys else (script,)
    outgoing = list(_outgoing(own / "accounts.conf"))
    notes = [*on_path(), *_to_wrap(outgoing, wrapper), *notes]
    named = [_to_unwrap(line, program) for line, _, program in outgoing if "reviewer-sendmail" in program]
    return Hook(("aerc",), pieces, tuple(notes), removable=pieces[1:] if named else pieces, undo_by_hand=tuple(named))


def _aerc_keys(binds: Path, wrapper: Path) -> tuple[bytes, list[Note]]:
    """The lines for the keys that the user has not given away."""
    if not binds.exists():  # with one of reviewer's alone, aerc would lack its own keys
        return b"", [Note(f"{shown(binds)} is not there yet: start aerc once, then install this again.")]
    notes = []
    text = packaged("aerc/binds.conf").decode().replace("reviewer-sendmail", str(wrapper))
    ours = text[text.index("\n[compose::review]\n") + 1 :]
    for line, section in _in_sections(binds):
        key, does = _setting(line)
        mine = re.search(rf"^{re.escape(key)} = .*\n", ours, re.MULTILINE) if key else None
        if section != "compose::review" or mine is None or (key, does) == ("y", ":send<Enter>"):
            continue  # aerc's own line for y may stay: of two, aerc takes the last
        if "reviewer-sendmail" not in does:
            text = f"{line.where} has its own {key}. If reviewer is to have that key, write there:"
            notes.append(Note(text, (mine[0].strip(),)))
        ours = ours.replace(mine[0], "")
    return (ours.encode() if " = " in ours else b""), notes


def _outgoing(accounts: Path) -> Iterator[tuple[Line, str, str]]:
    """Where an account says what sends: the line, the account, the program or the server's URL."""
    for line, section in _in_sections(accounts):
        key, does = _setting(line)
        if key == "outgoing":
            yield line, section, does


def _to_wrap(outgoing: list[tuple[Line, str, str]], wrapper: Path) -> Iterator[Note]:
    if not outgoing:
        text = "In accounts.conf, in each account, before the program that sends, such as msmtp:"
        yield Note(text, (f"outgoing = {wrapper} msmtp",))
    for line, account, does in outgoing:
        if "://" in does:  # it may have a password in it
            text = f"{line.where}: the account {account} sends by a server, and nothing can stand between."
            yield Note(f"{text} It needs a program that sends, such as msmtp:", (f"outgoing = {wrapper} msmtp",))
        elif "reviewer-sendmail" not in does:
            text = f"{line.where}: for the account {account}, put reviewer before the program that sends:"
            yield Note(text, (f"outgoing = {wrapper} {does}",))


def _to_unwrap(line: Line, program: str) -> Note:
    text = f"{line.where} sends through reviewer-sendmail, which therefore stays. Write, then remove this again:"
    return Note(text, (f"outgoing = {re.sub(r'^.*reviewer-sendmail *', '', program)}",))


def _setting(line: Line) -> tuple[str, str]:
    key, _, does = line.text.partition("=")
    return key.strip(), does.strip()


def _in_sections(path: Path) -> Iterator[tuple[Line, str]]:
    """The settings of an INI file, each with its section."""
    section = ""
    for line in lines(path):
        if named := re.match(r"\s*\[(.+)\]", line.text):
            section = named[1]
        elif not re.match(r"\s*[#;]", line.text):
            yield line, section
