"""Real Neovim, headless, with the files that are shipped."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from conftest import GOOD, HARD
from mailers import BAD, BROKEN, CLIENTS, UNCHECKED, Desk, need

pytestmark = pytest.mark.client

NVIM = os.environ.get("REVIEWER_NVIM", "nvim")  # to try another than Debian's
KNOWN = {"context": {"interviewers": ["Priya Raman"]}}

# What the scripts of the tests share: they wait for what they want to see, and write down what they saw.
LUA = """
local seen = {{}}
local function wait(true_yet)
  seen.waited = vim.wait({patience}, true_yet, 20)
end
local function diagnostics()
  local found = {{}}
  for _, d in ipairs(vim.diagnostic.get(0)) do
    local words = vim.api.nvim_buf_get_text(0, d.lnum, d.col, d.end_lnum, d.end_col, {{}})
    table.insert(found, {{ d.code, table.concat(words, "\\n"), d.message }})
  end
  return found
end
local function fix(title)
  vim.ui.select = function(items, _, chosen)
    for number, item in ipairs(items) do
      local action = item.action or item[2]
      if action.title == title then
        return chosen(item, number)
      end
    end
    seen.missing = title
  end
  vim.lsp.buf.code_action()
end
vim.schedule(function()
  local ok, fault = pcall(function()
    {script}
  end)
  seen.fault = not ok and fault or nil
  seen.messages = vim.api.nvim_exec("messages", true)
  vim.fn.writefile({{ vim.json.encode(seen) }}, "seen.json")
  vim.cmd("qall!")
end)
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    need(NVIM)
    return Desk(tmp_path)


def neovim(desk: Desk, text: str, script: str, **options: Any) -> dict[str, Any]:
    """What a script saw in Neovim, with the text in its buffer."""
    name = "letter.eml"
    (desk.folder / name).write_bytes(text.encode())
    setup = desk.folder / "init.lua"
    given = json.dumps(json.dumps(options))
    setup.write_text(
        f"vim.opt.runtimepath:prepend({json.dumps(str(CLIENTS / 'neovim'))})\n"
        "vim.cmd('filetype plugin on')\n"
        + (f"require('reviewer').setup(vim.json.decode({given}))\n" if options else "")
    )
    act = desk.folder / "act.lua"
    act.write_text(LUA.format(script=script, patience=20_000))
    done = desk.run(NVIM, "--clean", "--headless", "-u", setup, "-c", f"luafile {act}", name)
    seen = desk.folder / "seen.json"
    assert seen.exists(), done.stderr
    found: dict[str, Any] = json.loads(seen.read_text())
    assert "fault" not in found and "missing" not in found, found
    return found


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("hard", HARD)
def test_a_finding_is_shown_under_its_words(desk: Desk, hard: str, end: str) -> None:
    text = f"Hi Priya,{end}{end}{HARD[hard]}{end}{end}Best,{end}Jordan{end}"
    script = "wait(function() return #vim.diagnostic.get(0) > 0 end) seen.found = diagnostics()"
    found = neovim(desk, text, script, settings={"always": True})["found"]
    assert [words for rule, words, _ in found if rule == "placeholder-left"] == ["[role]"]


def test_a_quick_fix_mends_the_place(desk: Desk) -> None:
    text = GOOD.replace("I would w", "😀 Zoe\u0308\u0301, I definately would w").replace("\n", "\r\n")
    script = """
    wait(function() return #vim.diagnostic.get(0) > 0 end)
    local d = vim.diagnostic.get(0)[1]
    vim.api.nvim_win_set_cursor(0, { d.lnum + 1, d.col })
    fix("Write definitely")
    wait(function() return vim.bo.modified end)
    vim.cmd("write")
    wait(function() return #vim.diagnostic.get(0) == 0 end)
    """
    assert neovim(desk, text, script, settings=KNOWN)["waited"]
    assert (desk.folder / "letter.eml").read_bytes().decode() == text.replace("definately", "definitely")


def test_the_message_is_rewritten_and_what_it_quotes_stays(desk: Desk) -> None:
    quoted = "\nOn 9 March 2026 Priya Raman wrote:\n> Hi Jordan, are you [role]?\n"
    script = """
    wait(function() return vim.fn.exists(":ReviewerRewrite") == 2 and #vim.diagnostic.get(0) > 0 end)
    vim.cmd("ReviewerRewrite")
    wait(function() return vim.bo.modified end)
    vim.cmd("write")
    wait(function() return #vim.diagnostic.get(0) == 0 end)
    """
    seen = neovim(desk, BAD + quoted, script, settings=KNOWN)
    assert seen["waited"] and "of 100" in seen["messages"]
    assert (desk.folder / "letter.eml").read_text() == GOOD + quoted


def test_the_score_stands_above_the_message_and_other_mail_has_none(desk: Desk) -> None:
    lens = """
    wait(function() return #vim.lsp.codelens.get(0) > 0 end)
    seen.lens = vim.lsp.codelens.get(0)[1].command.title
    """
    assert neovim(desk, GOOD, lens, settings=KNOWN)["lens"] == "100 of 100"
    other = """
    wait(function() return vim.fn.exists(":ReviewerRewrite") == 2 end)
    seen.waited = vim.wait(1000, function() return #vim.diagnostic.get(0) > 0 end, 20)
    """
    plumber = "Hi Ana,\n\nThe plumber comes on Tuesday at nine. Could you let him in?\n\nBest,\nTom\n"
    assert not neovim(desk, plumber, other, settings=KNOWN)["waited"]


def test_the_configuration_for_new_neovims_starts_the_server_too(desk: Desk) -> None:
    script = """
    if vim.lsp.enable then
      vim.lsp.enable("reviewer")
    else
      local config = dofile(vim.api.nvim_get_runtime_file("lsp/reviewer.lua", false)[1])
      vim.lsp.buf_attach_client(0, vim.lsp.start_client(config))
    end
    wait(function() return #vim.diagnostic.get(0) > 0 end)
    """
    assert neovim(desk, BAD.replace("the team", "[team]"), script)["waited"]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_server_that_does_not_work_is_told_and_the_message_is_written(desk: Desk, broken: str) -> None:
    BROKEN[broken](desk)
    said = "config.toml" if broken == "misconfigured" else UNCHECKED
    script = f"""
    wait(function() return vim.api.nvim_exec("messages", true):find("{said}", 1, true) end)
    vim.cmd("normal! ggONow")
    vim.cmd("write")
    """
    seen = neovim(desk, BAD, script, settings=KNOWN)
    assert seen["waited"], seen
    assert (desk.folder / "letter.eml").read_text() == "Now\n" + BAD


def test_a_server_that_crashes_in_the_middle_leaves_the_editor_usable(desk: Desk) -> None:
    script = """
    wait(function() return #vim.diagnostic.get(0) > 0 end)
    vim.fn.system("kill -9 " .. vim.fn.system("pgrep -f 'reviewer lsp' -P " .. vim.fn.getpid()))
    vim.cmd("normal! ggONow")
    wait(function() return vim.api.nvim_exec("messages", true):find("its server stopped") end)
    vim.cmd("write")
    vim.cmd("edit")
    wait(function() return #vim.diagnostic.get(0) > 0 end)
    """
    assert neovim(desk, BAD, script, settings=KNOWN)["waited"]
    assert (desk.folder / "letter.eml").read_text() == "Now\n" + BAD
