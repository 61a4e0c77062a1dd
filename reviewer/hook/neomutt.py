"""neomutt: a wrapper before the program that sends, and the keys that show what it says."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from reviewer.folders import xdg
from reviewer.hook.client import Hook, Line, Note, bare, lines, on_path, packaged, shown, there_already
from reviewer.hook.piece import Block, File

__all__ = ["neomutt"]


def neomutt() -> Hook:
    base = xdg("config")
    places = [base / "neomutt", base / "mutt", Path.home() / ".neomutt", Path.home() / ".mutt"]
    candidates = [place / name for place in places for name in ("neomuttrc", "muttrc")]
    candidates += [Path.home() / ".neomuttrc", Path.home() / ".muttrc"]
    rc = next((file for file in candidates if file.exists()), candidates[0])
    own = base / "neomutt"
    wrapper, settings = bare(own / "reviewer-sendmail"), bare(own / "reviewer.muttrc")
    content = packaged("neomutt/reviewer.muttrc").replace(b"reviewer-sendmail", str(wrapper).encode())
    block = Block(rc, f"source {shown(settings)}\n".encode())
    pieces = (
        File(wrapper, packaged("neomutt/reviewer-sendmail"), own, is_program=True),
        File(settings, content, own),
        block,
    )
    notes = on_path()
    for line in _sourced(rc):
        if re.match(r"\s*[^\s#].*(reviewer-sendmail|reviewer\.muttrc)", line.text):
            return Hook(("neomutt",), (), (there_already(line), *notes), removable=(block,))
        if re.match(r"\s*set\b.*\bsmtp_url\s*=", line.text):
            text = f"{line.where} sets smtp_url: with it neomutt speaks to the server itself, and nothing can stand"
            notes.append(Note(f"{text} between. Send by a program, such as msmtp, instead."))
        elif re.match(r"\s*set\b.*\bsendmail_wait\s*=\s*[\"']?-", line.text):
            text = f"{line.where} has neomutt wait for no sendmail: it would take a refused message for sent. Set:"
            notes.append(Note(text, ("set sendmail_wait = 0",)))
        elif re.match(r"\s*[a-z]+-hook\b.*\bsendmail\s*=", line.text) or (
            line.is_below and re.match(r"\s*set\b.*\bsendmail\s*=", line.text)
        ):
            text = f"{line.where} sets sendmail after reviewer did. Write before its program:"
            notes.append(Note(text, (str(wrapper),)))
    return Hook(("neomutt",), pieces, tuple(notes))


def _sourced(rc: Path, above: tuple[Path, ...] = ()) -> Iterator[Line]:
    """The lines of a muttrc and of the files that it reads."""
    for line in lines(rc):
        yield line
        named = re.match(r"\s*source\s+[\"']?([^\s\"'|]+)[\"']?\s*(?:#|$)", line.text)
        if named is not None:
            file = rc.parent / os.path.expanduser(os.path.expandvars(named[1]))  # noqa: PTH111 - leaves ~nobody as it is
            if file not in (rc, *above):
                yield from _sourced(file, (rc, *above))
