"""reviewer rewrite: print the rewritten message alone."""

import typer

from reviewer.cli import facts as f
from reviewer.cli import log as l
from reviewer.cli import second as s
from reviewer.cli.reading import drafts, linked, tell

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    app.command("rewrite", epilog="Example: reviewer rewrite draft.txt --to 'Priya Raman' > better.txt")(rewrite)


def rewrite(
    files: f.Files = None,
    company: f.Company = None,
    role: f.Role = None,
    interviewer: f.Interviewer = None,
    interviewed: f.Interviewed = None,
    promised: f.Promised = None,
    sending: f.Sending = None,
    topic: f.Topic = None,
    kind: f.KindOption = None,
    to: f.To = None,
    subject: f.Subject = None,
    channel: f.Channel = None,
    context: f.ContextFile = None,
    for_: l.For = None,
    log: l.LogFile = None,
    rubric: f.RubricName = "default",
    llm: s.Llm = None,
    model: s.ModelName = None,
    base_url: s.BaseUrl = None,
    samples: s.Samples = None,
    redact: s.Redact = None,
    show_prompt: s.ShowPrompt = False,
    max_tokens_total: s.MaxTokens = None,
    cache: s.Cache = None,
    deadline: s.Deadline = None,
) -> None:
    """Print the rewritten message alone, for pipes; what it could not know stands in [brackets].

    Blanks still to fill are listed on standard error.
    """
    given = dict(locals())  # every flag by its name
    from reviewer.reviewing import review as read
    from reviewer.rubric import load_rubric
    from reviewer.suppression import silenced

    known = f.context_of(given)
    rules = load_rubric(rubric)
    unheard = silenced()
    judge = None if show_prompt else s.judge_of(given)
    for name, message in drafts(files, subject=subject, to=to, channel=known.channel):
        here = linked(known, message, for_, log)
        if show_prompt:
            s.show_prompts(message, here, rules, given=given, rewriting=True)
            continue
        whole = read(message, rules, context=here, judge=judge, rewriting=True, silenced=unheard)
        stopped = tell(whole.failures)
        done = whole.rewrite
        assert done is not None
        if files is not None and len(files) > 1:
            typer.echo(f"==> {name} <==")
        in_text = done.text.lower().startswith("subject:")
        if done.subject and done.subject != message.subject and not in_text:
            typer.echo(f"Subject: {done.subject}\n")
        typer.echo(done.text.rstrip("\n"))
        if done.placeholders:
            typer.echo("Fill in before you send: " + ", ".join(done.placeholders), err=True)
        for reason in done.refused if judge is not None and done.by != "model" else ():
            typer.echo(f"not done: {reason}", err=True)
        if stopped:
            raise typer.Exit(130)
