"""The plugin and the compiler file in the real Vim and the real Neovim, without a screen."""

import json
from pathlib import Path
from typing import Any

import pytest
from mailers import BROKEN, CLIENTS, Desk, need

pytestmark = pytest.mark.client

EDITORS = {"vim": ("vim", "-N", "-es"), "nvim": ("nvim", "--headless", "-es")}
LINE = "Thank you for the interview 👩🏽‍🔬 cafe\u0301 🇩🇪 日本\t✈️ for [the role]; you must decide now."
DRAFT = f"To: Priya Raman <priya@northwind.example>\n\nHi Pria,\n\n{LINE}\n\nJordan Ellis\n"
MAIL = f"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n{DRAFT}"
UNCHECKED = "reviewer could not check this draft: "
AWAIT = """
let g:tries = 0
while g:tries < 1200 && empty(getqflist()) && execute('messages') !~# 'reviewer'
  sleep 50m
  let g:tries += 1
endwhile
"""
TELL = """
let g:found = map(getqflist(), {_, item -> [item.type, item.text, bufname(item.bufnr)]})
let g:places = []
for g:number in range(1, len(g:found))
  execute 'cc' g:number
  call add(g:places, strpart(getline('.'), col('.') - 1))
endfor
call writefile([json_encode({'found': g:found, 'places': g:places, 'format': &fileformat,
      \\ 'windows': winnr('$'), 'said': execute('messages')})], 'told.json')
qall!
"""


class Editor(Desk):
    """A desk with an editor on it."""

    def __init__(self, folder: Path, editor: str) -> None:
        super().__init__(folder)
        self.editor = EDITORS[editor]
        need(editor)

    def does(self, *script: str, **more: str) -> dict[str, Any]:
        """What is in the quickfix list after the script, where its entries lead, and what was said."""
        file = self.folder / "script.vim"
        file.write_text("\n".join((*script, TELL)))
        ours = ("--cmd", f"set rtp^={CLIENTS / 'vim'} nomore", "--cmd", "runtime plugin/reviewer.vim")
        ours += ("--cmd", "let g:reviewer_deadline = 30")  # a slow machine is no fault
        done = self.run(*self.editor, "-u", "NONE", "-i", "NONE", *ours, "-S", file, **more)
        told = self.folder / "told.json"
        assert told.exists(), done.stderr + done.stdout
        found = json.loads(told.read_text("utf-8"))
        assert isinstance(found, dict)
        return found


@pytest.fixture(params=EDITORS)
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Editor:
    return Editor(tmp_path, request.param)


def place_of(said: dict[str, Any], rule: str) -> str:
    """The rest of the line, from where the cursor lands."""
    (place,) = [place for (_, text, _), place in zip(said["found"], said["places"], strict=True) if f"[{rule}]" in text]
    assert isinstance(place, str)
    return place


@pytest.mark.parametrize("name", ["a draft.txt", "draft.eml", "dos.eml", "it's #1 % draft.txt"])
def test_make_leads_to_the_words_that_are_meant(desk: Editor, name: str) -> None:
    file = desk.folder / name
    file.write_text(MAIL if name.endswith(".eml") else DRAFT)
    kind = "filetype plugin on | set filetype=mail" if name.endswith(".eml") else ""
    written = "silent write" if name == "dos.eml" else ""
    opened = f"execute 'edit' fnameescape({json.dumps(name)})"
    said = desk.does(opened, kind, written, "compiler reviewer", "silent make!")
    assert place_of(said, "wrong-name") == "Pria," and place_of(said, "placeholder-left").startswith("[the role];")
    assert ["e", "Fill in this blank, or take it out. [placeholder-left]", name] in said["found"]
    assert {kind for kind, _, _ in said["found"]} == {"e", "w", "n"}
    if name.endswith(".eml"):
        assert said["format"] == "dos"
    if name == "dos.eml":
        assert file.read_bytes() == MAIL.replace("\n", "\r\n").encode()


def test_make_passes_flags_on_and_shows_what_went_wrong(desk: Editor) -> None:
    (desk.folder / "mail.txt").write_text("Hi Ken,\n\nThe boiler man came, it is the valve again.\n\nJo\n")
    start = ("edit mail.txt", "compiler reviewer")
    assert desk.does(*start, "silent make!")["found"] == []
    assert desk.does(*start, "silent make! --always")["found"]
    said = desk.does(*start, "silent make! --rubric nonesuch", "let g:found = getqflist()")
    assert "nonesuch" in str(said["found"])


@pytest.mark.parametrize("name", ["draft.txt", "draft.eml"])
def test_the_buffer_is_reviewed_as_it_is(desk: Editor, name: str) -> None:
    (desk.folder / name).write_text(MAIL if name.endswith(".eml") else DRAFT)
    start = (f"edit {name}", "filetype plugin on", "set filetype=mail", "%s/Hi Pria/Hello dear Pria/")
    said = desk.does(*start, "ReviewerCheck", AWAIT, TMPDIR="/nonexistent")
    assert place_of(said, "wrong-name") == "Pria," and place_of(said, "placeholder-left").startswith("[the role];")
    assert {buffer for _, _, buffer in said["found"]} == {name} and said["windows"] == 2
    assert b"dear Pria" not in (desk.folder / name).read_bytes()


def test_a_draft_without_a_name_is_reviewed_and_the_last_of_two_runs_counts(desk: Editor) -> None:
    (desk.folder / "draft.txt").write_text(DRAFT)
    said = desk.does("read draft.txt", "1delete", "ReviewerCheck", "%s/Hi Pria/Hi Priya/", "ReviewerCheck", AWAIT)
    assert place_of(said, "placeholder-left").startswith("[the role];")
    assert "wrong-name" not in str(said["found"])


def test_nothing_found_is_said_and_flags_are_heeded(desk: Editor) -> None:
    (desk.folder / "mail.txt").write_text("Hi Ken,\n\nThe boiler man came, it is the valve again.\n\nJo\n")
    said = desk.does("edit mail.txt", "ReviewerCheck", AWAIT)
    assert said["found"] == [] and said["windows"] == 1 and "reviewer: nothing found" in said["said"]
    for check in ("ReviewerCheck --always", "let g:reviewer_arguments = ['--always'] | ReviewerCheck"):
        assert desk.does("edit mail.txt", check, AWAIT)["found"]


ODD = {
    **BROKEN,
    "no review": lambda desk: desk.program("reviewer", "cat"),
    "a fault": lambda desk: desk.program("reviewer", "echo 'Traceback (most recent call last):' >&2; exit 1"),
    "deaf": lambda desk: desk.program("reviewer", "sleep 60"),
}


@pytest.mark.parametrize("odd", ODD)
def test_what_goes_wrong_is_said_without_a_word_of_the_draft(desk: Editor, odd: str) -> None:
    (desk.folder / "draft.txt").write_text(DRAFT + "A very long line it is, and one of many.\n" * 5_000)
    ODD[odd](desk)
    said = desk.does("edit draft.txt", "unlet g:reviewer_deadline", "ReviewerCheck", AWAIT)
    assert UNCHECKED in said["said"] and said["found"] == [] and said["windows"] == 1
    assert "Pria" not in said["said"]
