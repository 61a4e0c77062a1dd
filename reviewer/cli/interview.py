"""reviewer interview: the log of applications."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, NamedTuple, TypeVar

import typer

from reviewer.applications import Application, Contact, Note, Round, Status, starts
from reviewer.cli import log as common
from reviewer.cli.log import LogFile
from reviewer.errors import InputError

__all__ = ["add_to"]

T = TypeVar("T")

_ADD = (
    "Example: reviewer interview add --company 'Northwind Labs' --role 'Data Engineer' "
    "--interviewer 'Priya Raman <priya@x.example>, Engineering Manager' --round 'tomorrow 10am' "
    "--promised 'end of next week'"
)
_EDIT = "Example: reviewer interview edit northwind --promised 'next Friday' --topic 'on-call rota'"


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(
        no_args_is_help=True, rich_markup_mode=None, help="The log of your applications: who, when, what was said."
    )
    group.command("add", epilog=_ADD)(add)
    group.command("list", epilog="Example: reviewer interview list")(show_all)
    group.command("show", epilog="Example: reviewer interview show northwind")(show)
    group.command("edit", epilog=_EDIT)(edit)
    group.command("remove", epilog="Example: reviewer interview remove northwind")(remove)
    group.command("export", epilog="Example: reviewer interview export applications.json")(export)
    group.command("import", epilog="Example: reviewer interview import applications.json")(import_)
    app.add_typer(group, name="interview")


def _option(*names: str, help: str, **more: Any) -> Any:
    return typer.Option(*names, help=help, show_default=False, **more)


Name = Annotated[str, typer.Argument(help="A unique part of the firm, the job or a person; or the number.")]
Company = Annotated[str | None, _option(help="The employer.")]
Role = Annotated[str | None, _option(help="The job.")]
People = Annotated[list[str] | None, _option("--interviewer", help="'Name <address>, title'; may be given again.")]
Recruiter = Annotated[str | None, _option(help="'Name <address>' of a recruiter who stands between.")]
Rounds = Annotated[
    list[str] | None,
    _option("--round", help="When an interview is: 'tomorrow 10am', 2026-03-10T10:00; again for more."),
]
Zone = Annotated[str | None, _option(help="The employer's time zone, e.g. America/Chicago; else this computer's.")]
Topics = Annotated[list[str] | None, _option("--topic", help="What you talked about; may be given again.")]
Promised = Annotated[str | None, _option(help="When they said you would hear: 'by the end of next week'.")]
Channel = Annotated[str | None, _option(help="email, linkedin or sms.")]
Notes = Annotated[str | None, _option("--note", help="Anything else.")]
Concerns = Annotated[list[str] | None, _option("--concern", help="A doubt that they voiced; may be given again.")]
Answered = Annotated[list[str] | None, _option("--answered", help="Part of a concern that you have answered.")]
Drop = Annotated[
    list[str] | None,
    _option("--drop", help="Take out the person, topic, concern, round or message with this in it, or of this day."),
]
Clear = Annotated[
    list[str] | None, _option("--clear", help="Forget a fact: role, recruiter, promised, channel or note.")
]
StatusOption = Annotated[Status | None, _option("--status", help="How it stands.")]


def add(
    company: Company = None,
    role: Role = None,
    interviewer: People = None,
    recruiter: Recruiter = None,
    round: Rounds = None,
    zone: Zone = None,
    topic: Topics = None,
    promised: Promised = None,
    channel: Channel = None,
    note: Notes = None,
    concern: Concerns = None,
    status: StatusOption = None,
    log: LogFile = None,
) -> None:
    """Add an application. At a terminal, what is missing is asked for, one short question at a time."""
    given = dict(locals())  # every flag by its name
    if common.at_terminal():
        while not given["company"]:
            given["company"] = common.ask("Which firm?")
        given |= {flag: given[flag] or ask(question, given["zone"]) for flag, (ask, question) in _QUESTIONS.items()}
    if not given["company"]:
        raise InputError("interview add: --company is missing; give at least the firm")
    application = _changed(Application(given["company"]), _worked_out(given))
    with common.opened_log(log) as opened:
        added = opened.add(application)
    typer.echo(f"Added {added.id}:")
    typer.echo(_in_full(added))


def _one(question: str, _: str | None) -> str:
    return common.ask(question)


def _several(question: str, _: str | None) -> list[str]:
    found: list[str] = []
    while answer := common.ask(question):
        found.append(answer)
    return found


def _rounds_asked(question: str, zone: str | None) -> list[Round]:
    found: list[Round] = []
    while (one := _round(common.ask(question), zone)) is not None:
        typer.echo(f"  {_when(one)}", err=True)
        found.append(one)
    return found


def _promise_asked(question: str, _: str | None) -> "_Promise | None":
    promise = _promise(common.ask(question))
    if promise is not None:
        typer.echo(f"  {_full(promise.day) if promise.day is not None else 'which names no day'}", err=True)
    return promise


_QUESTIONS: dict[str, tuple[Callable[[str, str | None], Any], str]] = {
    "role": (_one, "Which job?"),
    "interviewer": (_several, "Who interviews you? (Name <address>, title; empty when done)"),
    "recruiter": (_one, "A recruiter in between? (Name <address>; empty for none)"),
    "round": (_rounds_asked, "When is or was the interview? (tomorrow 10am; empty when done)"),
    "topic": (_several, "What did you talk about? (empty when done)"),
    "promised": (_promise_asked, "When did they say you would hear? (end of next week; empty if they did not)"),
}


def edit(
    name: Name,
    company: Company = None,
    role: Role = None,
    interviewer: People = None,
    recruiter: Recruiter = None,
    round: Rounds = None,
    zone: Zone = None,
    topic: Topics = None,
    promised: Promised = None,
    channel: Channel = None,
    note: Notes = None,
    concern: Concerns = None,
    answered: Answered = None,
    drop: Drop = None,
    clear: Clear = None,
    status: StatusOption = None,
    log: LogFile = None,
) -> None:
    """Change an application: single facts are replaced; people, rounds, topics and concerns are added.

    A person who is known already (by name or address) is corrected. --drop and --clear take things out. --zone without
    --round says in which zone the hours of the rounds that are there are meant.
    """
    given = dict(locals())  # every flag by its name
    if not any(value for flag, value in given.items() if flag not in {"name", "log"}):
        raise InputError("interview edit: say what to change, e.g. --topic 'on-call rota'")
    given = _worked_out(given)  # what is unclear is asked before the log is locked
    with common.opened_log(log) as opened:
        found = opened.find(name)
        assert found.id is not None

        def change(now: Application) -> Application:
            changed = now._replace(company=company or now.company)
            for text in drop or ():
                changed = _without(changed, text)
            for fact in clear or ():
                changed = _cleared(changed, fact)
            changed = _changed(changed, given)
            for text in answered or ():
                changed = _with_answer(changed, text)
            return _in_zone(changed, zone) if zone and not round else changed

        changed = opened.change(found.id, change)
    typer.echo(_in_full(changed))
    if zone and not round:
        typer.echo(f"The hours of the rounds are as they were, and in {zone} now.")


def _in_zone(a: Application, zone: str) -> Application:
    """The application with its rounds at the same hours in another zone. Raises InputError."""
    from reviewer.language.moments import zone_of

    if not a.rounds:
        raise InputError(f"--zone: {a.title} has no round yet; give it with --round")
    place = zone_of(zone)
    return a._replace(
        rounds=tuple(
            Round(starts(r).replace(tzinfo=place) if isinstance(r.at, datetime) else r.at, zone) for r in a.rounds
        ),
    )


def _without(a: Application, text: str) -> Application:
    """The application without the one thing that the text names. Raises InputError."""
    low = text.lower().strip()

    def named(*texts: object) -> bool:
        return bool(low) and any(low in str(t).lower() for t in texts if t)

    gone: dict[str, list[Any]] = {
        "interviewers": [p for p in a.interviewers if named(p.name, p.email)],
        "topics": [t for t in a.topics if named(t)],
        "concerns": [c for c in a.concerns if named(c.text)],
        "rounds": [r for r in a.rounds if named(r.at.isoformat())],
        "sent": [m for m in a.sent if named(m.at.isoformat())],
    }
    found = [(part, thing) for part, things in gone.items() for thing in things]
    if len(found) != 1:
        what = "nothing" if not found else f"{len(found)} things"
        raise InputError(f"--drop {text!r}: {what} of {a.title} has that in it; give more of it, or its day and hour")
    part, thing = found[0]
    rest: dict[str, Any] = {part: tuple(other for other in getattr(a, part) if other is not thing)}
    return a._replace(**rest)


_CLEARED: dict[str, dict[str, Any]] = {
    "role": {"role": None},
    "recruiter": {"recruiter": None},
    "promised": {"promised": None, "promised_words": None},
    "channel": {"channel": None},
    "note": {"notes": None},
}


def _cleared(a: Application, fact: str) -> Application:
    if fact not in _CLEARED:
        raise InputError(f"--clear {fact!r}: no such fact; there are {', '.join(_CLEARED)}")
    return a._replace(**_CLEARED[fact])


def _with_answer(a: Application, text: str) -> Application:
    found = [c for c in a.concerns if text.lower() in c.text.lower()]
    if not found:
        raise InputError(f"--answered {text!r}: no concern has that in it; there are {[c.text for c in a.concerns]}")
    return a._replace(concerns=tuple(c._replace(answered=c.answered or c in found) for c in a.concerns))


def show_all(log: LogFile = None, format: Annotated[str, typer.Option(help="text or json.")] = "text") -> None:
    """List the applications."""
    from reviewer.log import as_dict

    if format not in {"text", "json"}:
        raise InputError(f"--format: {format!r} is none; there are text and json")
    with common.opened_log(log) as opened:
        known = opened.all()
    if format == "json":
        typer.echo(json.dumps([{"id": a.id, **as_dict(a)} for a in known], ensure_ascii=False))
        return
    if not known:
        typer.echo("No application yet; add one with: reviewer interview add")
    for a in known:
        last = f", interview {_when(a.rounds[-1])}" if a.rounds else ""
        typer.echo(
            f"{a.id:>3}  {a.title} ({a.status}{last})" if not last else f"{a.id:>3}  {a.title}\n     {a.status}{last}"
        )


def show(name: Name, log: LogFile = None) -> None:
    """Show all that is known of an application."""
    with common.opened_log(log) as opened:
        typer.echo(_in_full(opened.find(name)))


def remove(
    name: Name,
    log: LogFile = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take an application out of the log, with all that is known of it."""
    with common.opened_log(log) as opened:
        found = opened.find(name)
        if not yes:
            if not common.at_terminal():
                raise InputError(f"{found.title}: say --yes to remove it for good")
            typer.confirm(f"Remove {found.title} for good?", abort=True)
        opened.remove(found)
    typer.echo(f"Removed {found.title}")


def export(
    file: Annotated[Path, typer.Argument(help="Where to; - for standard output.")] = Path("-"), log: LogFile = None
) -> None:
    """Write the whole log as JSON."""
    from reviewer.log import as_dict

    with common.opened_log(log) as opened:
        text = json.dumps([as_dict(a) for a in opened.all()], ensure_ascii=False, indent=2)
    if str(file) == "-":
        typer.echo(text)
        return
    try:
        file.touch(mode=0o600)
        file.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}; give a file that can be written") from None


def import_(
    file: Annotated[Path, typer.Argument(help="What export wrote; - for standard input.")], log: LogFile = None
) -> None:
    """Add the applications in a JSON file to the log; all of them, or none where one is wrong."""
    from reviewer.log import from_dict

    try:
        text = typer.get_text_stream("stdin").read() if str(file) == "-" else file.read_text(encoding="utf-8")
        data = json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{file}: {error}; expected what reviewer interview export writes") from None
    if not isinstance(data, list):
        raise InputError(f"{file}: expected a list of applications, as reviewer interview export writes it")
    known = [from_dict(one, where=f"{file}: application {n}") for n, one in enumerate(data, 1)]
    with common.opened_log(log) as opened:
        opened.add_all(known)
    typer.echo(f"{len(known)} application{'s' * (len(known) != 1)} added")


def _worked_out(given: Mapping[str, Any]) -> dict[str, Any]:
    """The flags with days and hours worked out, what is unclear asked back at a terminal. Raises Unclear."""
    rounds = [_round(one, given["zone"]) if isinstance(one, str) else one for one in given["round"] or ()]
    promised = given["promised"]
    return {
        **given,
        "round": [one for one in rounds if one is not None],
        "promised": _promise(promised) if isinstance(promised, str) else promised,
    }


def _changed(a: Application, given: Mapping[str, Any]) -> Application:
    """The application with what the flags say: single facts replaced, the rest added. Raises InputError, LogError."""
    from reviewer.log import sound

    recruiter = given["recruiter"]
    promise = given["promised"] or _Promise(a.promised_words, a.promised)
    if given["channel"] not in {None, *_CHANNELS}:
        raise InputError(f"--channel: {given['channel']!r} is none; there are {', '.join(_CHANNELS)}")
    people = a.interviewers
    for said in given["interviewer"] or ():
        people = _with_person(people, common.contact(said))
    texts = [t.strip() for t in given["topic"] or () if t.strip()]
    changed = a._replace(
        role=given["role"] or a.role,
        interviewers=people,
        recruiter=common.contact(recruiter) if recruiter else a.recruiter,
        rounds=tuple(sorted({*a.rounds, *given["round"]}, key=starts)),
        topics=tuple(dict.fromkeys((*a.topics, *texts))),
        concerns=(*a.concerns, *(Note(t) for t in given["concern"] or () if t.strip())),
        promised=promise.day,
        promised_words=promise.words,
        channel=given["channel"] or a.channel,
        notes=given["note"] or a.notes,
    )
    if given["status"] not in {None, a.status}:
        changed = changed._replace(status=given["status"], since=date.today())
    return sound(changed, where="interview")


_CHANNELS = ("email", "linkedin", "sms")


def _with_person(people: tuple[Contact, ...], one: Contact) -> tuple[Contact, ...]:
    """The people with one more, or with one corrected: the same name, or the same address."""
    for place, known in enumerate(people):
        same = known.name.lower() == one.name.lower() or (
            known.email and known.email.lower() == (one.email or "").lower()
        )
        if same:
            merged = Contact(one.name, one.title or known.title, one.email or known.email)
            return (*people[:place], merged, *people[place + 1 :])
    return (*people, one)


def _round(said: str, zone: str | None) -> Round | None:
    """An interview in that zone, else in this computer's, or with the offset that it was given with."""
    from reviewer.language.moments import clock_in, read_moment, zone_here, zone_of

    place = zone_of(zone) or zone_here()
    at = _clear(lambda text: read_moment(text, datetime.now(place), place), said, clock_in(said))
    if at is None:
        return None
    offset = isinstance(at, datetime) and at.tzinfo is not place
    return Round(at, zone or (None if offset else str(place)))


class _Promise(NamedTuple):
    """When they said that one would hear: in their words, and the last day of it where they name one."""

    words: str | None
    day: date | None


def _promise(said: str) -> _Promise | None:
    from reviewer.language.moments import read_promise

    words = " ".join(said.split())
    return _clear(lambda text: _Promise(words, read_promise(text, date.today())), said, "")


def _clear(read: Callable[[str], T], said: str, clock: str) -> T | None:
    """What was said as a moment; at a terminal, what is unclear is asked back until it is clear or left out."""
    from reviewer.language.moments import Unclear, clock_in

    while said.strip():
        try:
            return read(said)
        except Unclear as error:
            if not common.at_terminal():
                raise
            typer.echo(str(error), err=True)
            answer = common.ask("Which day? (a number of those, a day such as 2026-03-10, or empty to leave it out)")
            if answer.isdigit() and 1 <= int(answer) <= len(error.choices):
                answer = error.choices[int(answer) - 1].isoformat()
            said = f"{answer} {clock}".strip() if answer and clock and not clock_in(answer) else answer
    return None


def _full(moment: datetime | date) -> str:
    from reviewer.language.moments import in_full

    return in_full(moment)


def _when(one: Round) -> str:
    return _full(starts(one) if isinstance(one.at, datetime) else one.at)


def _in_full(a: Application) -> str:
    """All of an application, a fact a line, dates in full."""
    lines = [a.title, f"  status: {a.status}" + (f" since {_full(a.since)}" if a.since else "")]
    for part, people in (("interviewer", a.interviewers), ("recruiter", (a.recruiter,) if a.recruiter else ())):
        for p in people:
            address = f" <{p.email}>" if p.email else ""
            lines.append(f"  {part}: {p.name}{address}" + (f", {p.title}" if p.title else ""))
    lines += [f"  round: {_when(r)}" + (f" ({r.zone})" if r.zone else "") for r in a.rounds]
    if a.promised is not None:
        said = f" (“{a.promised_words}”)" if a.promised_words and a.promised_words != a.promised.isoformat() else ""
        lines.append(f"  promised: {_full(a.promised)}{said}")
    elif a.promised_words:
        lines.append(f"  promised: “{a.promised_words}”, which names no day; the plan counts from your thanks")
    lines += [f"  topic: {t}" for t in a.topics]
    lines += [f"  concern: {c.text}" + (" (answered)" if c.answered else "") for c in a.concerns]
    lines += [f"  channel: {a.channel}"] if a.channel else []
    lines += [f"  note: {a.notes}"] if a.notes else []
    lines += [f"  sent: {m.kind}" + (f" to {m.to}" if m.to else "") + f", {_full(m.at)}" for m in a.sent]
    return "\n".join(lines)
