"""The flags for what is known of the interview, shared by the commands that read one draft."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from reviewer.context import Context, Kind
from reviewer.linking import going_out_now

__all__ = [
    "Channel",
    "Company",
    "ContextFile",
    "Files",
    "Interviewed",
    "Interviewer",
    "KindOption",
    "Promised",
    "Role",
    "RubricName",
    "Sending",
    "Subject",
    "To",
    "Topic",
    "context_of",
]

Files = Annotated[
    list[Path] | None,
    typer.Argument(
        help="Text files, .eml, or - for standard input. None: standard input, or a paste that ends with Ctrl-D.",
        show_default=False,
    ),
]
Company = Annotated[str | None, typer.Option(help="The employer.", show_default=False)]
Role = Annotated[str | None, typer.Option(help="The job.", show_default=False)]
Interviewer = Annotated[
    list[str] | None, typer.Option(help="Who interviewed you; may be given again.", show_default=False)
]
Interviewed = Annotated[
    str | None, typer.Option(help="When: yesterday 10am, 2026-03-10T10:00-05:00.", show_default=False)
]
Promised = Annotated[
    str | None, typer.Option(help="The day they named for an answer: 2026-03-20, next Friday.", show_default=False)
]
Sending = Annotated[
    str | None, typer.Option(help="When this goes out; now, if other dates are given.", show_default=False)
]
Topic = Annotated[
    list[str] | None, typer.Option(help="Something you talked about; may be given again.", show_default=False)
]
KindOption = Annotated[
    Kind | None,
    typer.Option(metavar="KIND", help=f"One of {', '.join(Kind)}; otherwise told from the draft.", show_default=False),
]
To = Annotated[str | None, typer.Option(help="Whom it is addressed to.", show_default=False)]
Subject = Annotated[
    str | None, typer.Option(help="The subject, where the draft has no Subject: line.", show_default=False)
]
Channel = Annotated[str | None, typer.Option(help="email, linkedin or sms.", show_default=False)]
ContextFile = Annotated[
    Path | None,
    typer.Option("--context", help="YAML or JSON with the Context fields; flags win.", show_default=False),
]
RubricName = Annotated[str, typer.Option("--rubric", help="A rubric by name or path.")]


# The flags that are facts, by the name of the fact.
_FLAGS = {
    "company": "company",
    "role": "role",
    "interviewer": "interviewers",
    "interviewed": "interviewed_at",
    "promised": "promised_reply_by",
    "sending": "sending_at",
    "topic": "topics",
    "kind": "kind",
    "channel": "channel",
}


def context_of(flags: Mapping[str, Any]) -> Context:
    """The context from a command's flags: its context file, and what else is given, which wins. Raises ContextError."""
    file: Path | None = flags["context"]
    given = {fact: flags[flag] for flag, fact in _FLAGS.items() if flags[flag] not in (None, [], ())}
    given |= {fact: _in_iso(given[fact], ahead=fact == "promised_reply_by") for fact in _DAYS & given.keys()}
    if file is None and not given:
        return Context()
    from reviewer.intake.facts import FLAGS, context_from, load_context

    facts = load_context(file) if file is not None else {}
    context = context_from(facts, where=str(file)) if facts else Context()
    if given:
        merged = context_from(given, where=FLAGS)
        context = context._replace(**{key: getattr(merged, key) for key in given})
    return going_out_now(context)


_DAYS = frozenset({"interviewed_at", "promised_reply_by", "sending_at"})


def _in_iso(said: str, *, ahead: bool) -> str:
    """A day or hour said in words, in ISO 8601; what is ISO already, or cannot be read, as it is. Raises Unclear."""
    if said[:4].isdigit() or not any(c.isalpha() for c in said):
        return said
    from reviewer.language.moments import read_day, read_moment, zone_here

    now = datetime.now(zone_here())
    return (read_day(said, now.date(), ahead=True) if ahead else read_moment(said, now)).isoformat()
