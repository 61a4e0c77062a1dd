"""Real Emacs with eglot, in batch, with the file that is shipped."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import GOOD, HARD
from mailers import BAD, BROKEN, CLIENTS, Desk, need

pytestmark = pytest.mark.client

# In batch nobody types, so that the hook which runs after each command is run by hand.
ELISP = """
(require 'json)
(defvar seen nil)
(defun see (key value) (push (cons key value) seen))
(defun wait (true-yet)
  (let ((end (+ (float-time) 20)))
    (while (not (or (funcall true-yet) (> (float-time) end)))
      (accept-process-output nil 0.05))
    (see 'waited (if (funcall true-yet) t :json-false))))
(defun messages () (with-current-buffer "*Messages*" (buffer-string)))
(defun diagnostics ()
  (mapcar (lambda (d) (vector (flymake-diagnostic-text d)
                              (buffer-substring-no-properties (flymake-diagnostic-beg d) (flymake-diagnostic-end d))))
          (flymake-diagnostics)))
(defun act (title)
  (let ((action (seq-find (lambda (a) (equal (plist-get a :title) title)) (eglot-code-actions (point)))))
    (see 'offered (if action t :json-false))
    (cl-letf (((symbol-function 'y-or-n-p) #'always))
      (eglot--read-execute-code-action (list action) (eglot--current-server-or-lose) (plist-get action :kind)))))
(setq eglot-workspace-configuration '{settings} noninteractive nil message-log-max t)
(require 'reviewer-eglot)
(add-hook 'message-mode-hook #'reviewer-eglot-ensure)
(find-file "letter.txt")
(message-mode)
(condition-case fault (run-hooks 'post-command-hook) (error (message "%s" (error-message-string fault))))
(condition-case fault (progn {script}) (error (see 'fault (error-message-string fault))))
(see 'messages (messages))
(write-region (json-encode seen) nil "seen.json")
(kill-emacs 0)
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    need("emacs")
    desk = Desk(tmp_path)
    if "eglot" not in desk.run("emacs", "--batch", "--eval", "(progn (require 'eglot) (princ 'eglot))").stdout:
        need("elpa-eglot")
    return desk


def emacs(desk: Desk, text: str, script: str, settings: str = "nil") -> dict[str, Any]:
    """What a script saw in Emacs, with the text in a message buffer."""
    (desk.folder / "letter.txt").write_bytes(text.encode())
    act = desk.folder / "act.el"
    act.write_text(ELISP.replace("{script}", script).replace("{settings}", settings))
    ignoring = ("sh", "-c", "trap '' PIPE; exec \"$@\"", "sh")  # as an Emacs on a screen does
    done = desk.run(*ignoring, "emacs", "--batch", "-L", CLIENTS / "emacs", "-l", act)
    seen = desk.folder / "seen.json"
    assert seen.exists(), done.stderr
    found: dict[str, Any] = json.loads(seen.read_text())
    assert "fault" not in found, found
    return found


KNOWN = '(:reviewer (:context (:interviewers ["Priya Raman"])))'
SHOWN = "(wait (lambda () (flymake-diagnostics)))"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("hard", HARD)
def test_a_finding_is_shown_under_its_words(desk: Desk, hard: str, end: str) -> None:
    text = f"Hi Priya,{end}{end}{HARD[hard]}{end}{end}Best,{end}Jordan{end}"
    found = emacs(desk, text, f"{SHOWN} (see 'found (diagnostics))", "(:reviewer (:always t))")["found"]
    assert [words for said, words in found if "placeholder-left" in said or "blank" in said] == ["[role]"]


def test_a_quick_fix_mends_the_place(desk: Desk) -> None:
    text = GOOD.replace("I would w", "😀 Zoe\u0308\u0301, I definately would w").replace("\n", "\r\n")
    script = f"""
    {SHOWN}
    (goto-char (flymake-diagnostic-beg (car (flymake-diagnostics))))
    (act "Write definitely")
    (save-buffer)
    (wait (lambda () (not (flymake-diagnostics))))
    """
    assert emacs(desk, text, script)["waited"] is True
    assert (desk.folder / "letter.txt").read_bytes().decode() == text.replace("definately", "definitely")


def test_the_message_is_rewritten_and_what_it_quotes_stays(desk: Desk) -> None:
    quoted = "\nOn 9 March 2026 Priya Raman wrote:\n> Hi Jordan, are you [role]?\n"
    script = f'{SHOWN} (act "Rewrite the message") (save-buffer) (wait (lambda () (not (flymake-diagnostics))))'
    seen = emacs(desk, BAD + quoted, script, KNOWN)
    assert seen["waited"] is True and "of 100" in seen["messages"]
    assert (desk.folder / "letter.txt").read_text() == GOOD + quoted


TYPED = '(goto-char (point-min)) (insert "Now\\n") (save-buffer)'


@pytest.mark.parametrize("broken", BROKEN)
def test_a_server_that_does_not_work_is_told_and_the_message_is_written(desk: Desk, broken: str) -> None:
    BROKEN[broken](desk)
    said = "\\\\|".join(("config.toml", "could not check", "erver exited", "Server died", "Waiting in background"))
    script = f"""
    (let ((case-fold-search nil)) (wait (lambda () (string-match-p "{said}" (messages)))))
    {TYPED}
    """
    seen = emacs(desk, BAD, script, KNOWN)
    assert seen["waited"] is True, seen
    assert (desk.folder / "letter.txt").read_text() == "Now\n" + BAD


def test_a_server_that_crashes_in_the_middle_leaves_the_editor_usable(desk: Desk) -> None:
    script = f"""
    {SHOWN}
    (signal-process (jsonrpc--process (eglot-current-server)) 'SIGKILL)
    (wait (lambda () (not (eglot-current-server))))
    {TYPED}
    (see 'after t)
    """
    seen = emacs(desk, BAD, script, KNOWN)
    assert seen["after"] is True
    assert (desk.folder / "letter.txt").read_text() == "Now\n" + BAD
