"""Real Emacs, with Message mode, mu4e and notmuch: in batch, and in a terminal where somebody has to be asked."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import GOOD
from mailers import BAD, BROKEN, CLIENTS, UNCHECKED, WRONG_NAME, Desk, Terminal, need, until

from reviewer.report.lines import Columns, line_and_column

pytestmark = pytest.mark.client

PACKAGE = CLIENTS / "emacs" / "reviewer.el"
SETTINGS = """
(setq reviewer-deadline 30 ; a slow machine is no fault
      user-mail-address "jordan@home.example" user-full-name "Jordan Ellis" mail-host-address "home.example"
      message-required-mail-headers '(From Subject) ; no date, so that two messages are the same
      message-auto-save-directory nil make-backup-files nil auto-save-default nil inhibit-startup-screen t
      native-comp-deferred-compilation nil message-kill-buffer-on-exit t
      message-send-mail-function
      (lambda ()
        (let ((coding-system-for-write 'no-conversion))
          (write-region (point-min) (point-max) "%s/sent" nil 'quiet)))
      text "%s")

(defvar asked nil)

(defun compose ()
  (message-mail "Priya Raman <priya@northwind.example>" "Jordan Ellis – Thank you")
  (fill))

(defun fill ()
  (message-goto-body)
  (insert (with-temp-buffer (insert-file-contents text) (buffer-string))))

(defun attempt (send)
  "Send this buffer and print what became of it."
  (message-fix-before-sending) ; as Message mode does first, which sorts the headers
  (let ((draft (current-buffer)) (before (buffer-string)) (fault nil))
    (condition-case error (call-interactively send) (error (setq fault (error-message-string error))))
    (princ (json-encode
            `((fault . ,fault)
              (asked . ,asked)
              (kept . ,(if (and (buffer-live-p draft) (equal before (with-current-buffer draft (buffer-string)))) t
                         :json-false))
              (findings . ,(and (get-buffer "*reviewer*") (with-current-buffer "*reviewer*" (buffer-string)))))))))

(defmacro somebody (answer &rest body)
  "Run BODY as if somebody were there, who has an ANSWER to every question."
  `(let ((noninteractive nil))
     (cl-letf (((symbol-function 'y-or-n-p) (lambda (question) (push question asked) ,answer))) ,@body)))
"""
ON = "(require 'reviewer) (reviewer-mode 1)"
IN_TIME = "(custom-reevaluate-setting 'reviewer-deadline)"
SENDING = "(compose) (attempt #'message-send)"


class Emacs(Desk):
    """A desk with Emacs on it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.settings = folder / "settings.el"
        self.settings.write_text(SETTINGS % (folder, self.draft))

    def batch(self, *forms: str, **more: str) -> tuple[Any, str]:
        """What the forms print, which is JSON, and what Emacs wrote to standard error."""
        script = self.folder / "script.el"
        script.write_text("\n".join(("(package-initialize) (require 'message) (require 'json)", *forms)), "utf-8")
        command = ("emacs", "-q", "--batch", "-L", PACKAGE.parent, "-l", self.settings, "-l", script)
        # Emacs lives on when a pipe breaks, but not in batch.
        done = self.run("sh", "-c", 'trap "" PIPE; exec "$@"', "sh", *command, **more)
        assert done.returncode == 0, done.stderr
        return (json.loads(done.stdout) if done.stdout else None), done.stderr

    @property
    def sent(self) -> bytes | None:
        file = self.folder / "sent"
        return file.read_bytes() if file.exists() else None


@pytest.fixture
def desk(tmp_path: Path) -> Emacs:
    need("emacs")
    return Emacs(tmp_path)


def test_the_package_compiles_without_a_warning_and_its_documentation_is_in_order(desk: Emacs) -> None:
    copy = desk.folder / PACKAGE.name
    copy.write_bytes(PACKAGE.read_bytes())
    done = desk.run("emacs", "-Q", "--batch", "-f", "batch-byte-compile", copy)
    assert (done.returncode, done.stderr) == (0, "")
    done = desk.run("emacs", "-Q", "--batch", "--eval", f'(checkdoc-file "{PACKAGE}")')
    assert (done.returncode, done.stderr) == (0, "")


def test_the_package_is_installed_from_its_file_and_starts_by_itself(desk: Emacs) -> None:
    desk.draft.write_text(BAD)
    done = desk.run(
        "emacs", "-Q", "--batch", "--eval", f'(progn (require \'package) (package-install-file "{PACKAGE}"))'
    )
    assert done.returncode == 0, done.stderr
    installed = desk.home / ".emacs.d/elpa"
    said, _ = desk.batch(
        f'(unless (locate-library "{installed}/reviewer-0.1.0/reviewer-autoloads") (error "Not there"))',
        f'(setq load-path (delete "{PACKAGE.parent}" load-path)) (reviewer-mode 1)',
        SENDING,
    )
    assert said["fault"].startswith("Not sent")


def test_a_bad_message_is_stopped_with_the_reasons_and_the_draft_is_kept(desk: Emacs) -> None:
    desk.draft.write_text(BAD)
    said, errors = desk.batch(ON, SENDING)
    assert desk.sent is None and said["kept"] and said["fault"].startswith("Not sent")
    assert said["findings"].splitlines()[2:4] == [f"error: {WRONG_NAME} [wrong-name]", "  line 5: “Pria”"]
    assert "Thank you for making" not in errors and "Pria" not in errors.replace("Priya", "")


def test_no_file_is_written_on_the_way(desk: Emacs) -> None:
    desk.draft.write_text(BAD)
    said, _ = desk.batch(ON, SENDING, TMPDIR="/nonexistent")
    assert said["findings"]
    ours = [file for file in desk.folder.rglob("*") if file.is_file() and file != desk.draft]
    assert [file.name for file in ours if b"Pria" in file.read_bytes()] == []


MORE = {
    "plain": "",
    "attachment": '(mml-attach-file "/bin/true" "application/x-x" nil "attachment")',
    "unicode": '(insert "Zoë 👩🏽‍🔬\\n\\n> she wrote\\n")',
}


@pytest.mark.parametrize("more", MORE)
def test_a_good_message_goes_as_it_goes_without_the_mode(desk: Emacs, more: str) -> None:
    desk.draft.write_text(GOOD)
    sent = []
    for mode in ("", ON):
        said, errors = desk.batch(mode, "(compose) (goto-char (point-max))", MORE[more], "(attempt #'message-send)")
        assert (said["fault"], said["findings"]) == (None, None) and UNCHECKED not in errors
        sent.append(desk.sent)
        (desk.folder / "sent").unlink()
    assert sent[0] == sent[1] and sent[0]


@pytest.mark.parametrize("body", ['(insert "The boiler man comes at ten. Would you let him in?\\n")', ""])
def test_an_ordinary_message_and_an_empty_one_go_without_a_word(desk: Emacs, body: str) -> None:
    desk.draft.write_text("")
    said, errors = desk.batch(ON, "(compose)", body, "(attempt #'message-send)")
    assert desk.sent is not None and said["findings"] is None and UNCHECKED not in errors


def test_overrides_go(desk: Emacs) -> None:
    desk.draft.write_text(BAD)
    assert desk.batch(ON, SENDING)[0]["fault"] and desk.sent is None
    assert desk.run(desk.reviewer, "allow").returncode == 0
    desk.batch(ON, SENDING)
    assert desk.sent is not None
    desk.draft.write_text(f"{BAD}PS\n")
    for form, more in (("", {"REVIEWER_SEND_ANYWAY": "1"}), ("(setq reviewer-send-anyway t)", {})):
        (desk.folder / "sent").unlink()
        assert desk.batch(ON, form, SENDING, **more)[0]["fault"] is None
        assert desk.sent is not None and b"PS" in desk.sent


def test_settings_are_heeded(desk: Emacs) -> None:
    desk.draft.write_text(GOOD.replace("555-0142\n", ""))
    assert desk.batch(ON, SENDING)[0]["fault"] is None
    milder = '(setq reviewer-fail-on "suggestion")'
    assert "[no-contact-details]" in desk.batch(ON, milder, SENDING)[0]["findings"]
    arguments = '(setq reviewer-arguments \'("--rubric" "nonesuch"))'
    assert f"{UNCHECKED}: " in desk.batch(ON, arguments, SENDING)[1]
    off = "(compose) (reviewer-mode 0) (attempt #'message-send)"
    assert desk.batch(ON, milder, off)[0]["fault"] is None
    on = "(require 'reviewer) (compose) (reviewer-mode 1) (attempt #'message-send)"
    assert desk.batch(milder, on)[0]["fault"]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_checker_that_does_not_work_lets_the_message_go_with_a_note(desk: Emacs, broken: str) -> None:
    desk.draft.write_text(BAD)
    BROKEN[broken](desk)
    said, errors = desk.batch(ON, IN_TIME, SENDING)
    assert desk.sent is not None and said["fault"] is None and f"{UNCHECKED}: " in errors
    assert "Pria" not in errors


NONSENSE = {
    "nothing": "cat >/dev/null",
    "no JSON": "cat",
    "not an object": "echo '[[\"refused\"]]'",
    "an empty object": "echo '{}'; exit 1",
    "a fault": "echo 'Traceback (most recent call last):' >&2; exit 1",
    "two answers": "echo '{\"refused\": true}'",
    "odd findings": 'echo \'{"refused": true, "findings": 3}\'; exit 1',
    "odd places": 'echo \'{"refused": true, "findings": [{"span": {"start": "Hi Pria"}}]}\'; exit 1',
    "broken": "echo '{\"refused\": true'; exit 1",
    "no status": "kill -9 $$",
}


@pytest.mark.parametrize("answer", NONSENSE)
def test_an_answer_that_is_no_review_lets_the_message_go_with_a_note(desk: Emacs, answer: str) -> None:
    desk.draft.write_text(BAD)
    desk.program("reviewer", NONSENSE[answer])
    said, errors = desk.batch(ON, SENDING)
    assert desk.sent is not None and said["fault"] is None and f"{UNCHECKED}: " in errors
    assert "Pria" not in errors


@pytest.mark.parametrize("does", ["sleep 60", "exit 3", "exec <&-; sleep 60"])
def test_a_long_message_that_nobody_reads_goes_as_well(desk: Emacs, does: str) -> None:
    desk.draft.write_text(BAD + "A very long line it is, and one of many.\n" * 20_000)
    desk.program("reviewer", does)
    said, errors = desk.batch(ON, IN_TIME, SENDING)
    assert desk.sent is not None and said["fault"] is None and f"{UNCHECKED}: " in errors


def test_the_answer_to_a_question_decides(desk: Emacs) -> None:
    desk.draft.write_text(BAD)
    said, _ = desk.batch(ON, "(compose) (somebody nil (attempt #'message-send))")
    assert said["kept"] and said["fault"].startswith("Not sent") and WRONG_NAME in said["findings"]
    assert said["asked"] == ["Send anyway? "] and desk.sent is None
    said, _ = desk.batch(ON, "(compose) (somebody t (attempt #'message-send))")
    assert said["asked"] == ["Send anyway? "] and desk.sent is not None
    assert said["fault"] is None and said["findings"] is None


CLIENT = {
    "notmuch": (
        "(require 'notmuch) (setq notmuch-fcc-dirs nil)",
        '(notmuch-mua-mail "Priya Raman <priya@northwind.example>" "Jordan Ellis – Thank you") (fill)',
        "(attempt #'notmuch-mua-send)",
    ),
    "mu4e": (
        "(require 'mu4e)",
        '(mu4e t) (with-timeout (60 (error "No mu")) (while (not mu4e--server-props) (sleep-for 0.1)))',
        '(mu4e-compose-new) (message-goto-to) (insert "Priya Raman <priya@northwind.example>")'
        ' (message-goto-subject) (insert "Jordan Ellis – Thank you") (fill)',
        "(attempt #'message-send)",
    ),
}


@pytest.mark.parametrize("client", CLIENT)
def test_notmuch_and_mu4e(desk: Emacs, client: str) -> None:
    need("notmuch" if client == "notmuch" else "mu")
    mail = desk.home / "Maildir"
    for box in (".", "drafts", "sent", "trash"):
        for folder in ("cur", "new", "tmp"):
            (mail / box / folder).mkdir(parents=True)
    if client == "mu4e":
        assert desk.run("mu", "init", f"--maildir={mail}").returncode == 0
    desk.draft.write_text(BAD)
    said, _ = desk.batch(ON, *CLIENT[client])
    assert said["kept"] and said["fault"].startswith("Not sent") and WRONG_NAME in said["findings"]
    assert desk.sent is None
    desk.draft.write_text(GOOD)
    said, errors = desk.batch(ON, *CLIENT[client])
    assert said["fault"] is None and UNCHECKED not in errors and b"Hi Priya" in (desk.sent or b"")


LINE = "Thank you for the interview 👩🏽‍🔬 cafe\u0301 🇩🇪 日本\t✈️ for [the role]; you must decide now."
MARKED = f"Hi Pria,\n\n{LINE}\n\nJordan Ellis\n"


def test_findings_lead_to_their_places(desk: Emacs) -> None:
    desk.draft.write_text(MARKED)
    said, _ = desk.batch(
        "(require 'reviewer) (compose) (reviewer-check-buffer)",
        "(defun at () (with-current-buffer (window-buffer) (buffer-substring (point) (line-end-position))))",
        "(let (places)",
        "  (ignore-errors (while t (next-error) (push (at) places)))",
        "  (previous-error) (push (at) places)",
        "  (first-error) (push (at) places)",
        "  (princ (json-encode places)))",
    )
    first, last_but_one, *places = said
    assert {"Pria,", "[the role]; you must decide now."} <= set(places)
    assert (first, last_but_one) == (places[-1], places[1])


FLYMAKE = """
(defun marked ()
  "What Flymake marks in this buffer, as soon as it has an answer."
  (with-timeout (60 (error "No answer from %S" (flymake-running-backends)))
    (while (or (not (flymake-reporting-backends)) (process-live-p reviewer--process)) (accept-process-output nil 0.05)))
  (mapcar (lambda (d) (vector (format "%s" (flymake-diagnostic-type d))
                            (buffer-substring (flymake-diagnostic-beg d) (flymake-diagnostic-end d))
                            (flymake-diagnostic-text d)))
          (flymake-diagnostics)))
"""


def diagnostics(said: list[list[str]]) -> dict[str, str]:
    """By their rules: how grave, and the words that are marked."""
    return {text.rpartition("[")[2].rstrip("]"): f"{kind} {words}" for kind, words, text in said}


def test_flymake_marks_the_words_that_are_meant(desk: Emacs) -> None:
    desk.draft.write_text(MARKED)
    said, _ = desk.batch(
        "(require 'reviewer)", FLYMAKE, "(add-hook 'message-mode-hook #'reviewer-flymake-setup)",
        "(compose) (flymake-start) (princ (json-encode (marked)))",
    )  # fmt: skip
    found = diagnostics(said)
    assert found["wrong-name"] == ":error Pria" and found["placeholder-left"] == ":error [the role]"
    assert found["no-contact-details"] == ":note Hi Pria,"


def test_bytes_that_are_no_text_move_nothing(desk: Emacs) -> None:
    desk.draft.write_text(MARKED)
    said, _ = desk.batch(
        "(require 'reviewer)", FLYMAKE, "(find-file text) (goto-char (point-min)) (forward-line 2)",
        '(insert (string-to-multibyte "\\xff\\xe9") #xd800 "\\r\u2028")',
        "(narrow-to-region 1 4) (reviewer-flymake-setup) (flymake-start) (widen) (princ (json-encode (marked)))",
    )  # fmt: skip
    assert diagnostics(said)["placeholder-left"] == ":error [the role]"


@pytest.mark.parametrize("mode", ["text-mode", "org-mode"])
def test_flymake_reads_drafts_that_are_no_mail_yet(desk: Emacs, mode: str) -> None:
    desk.draft.write_text(MARKED)
    said, _ = desk.batch(
        "(require 'reviewer)", FLYMAKE, f"(find-file text) ({mode}) (reviewer-flymake-setup) (flymake-start)",
        "(princ (json-encode (marked)))",
    )  # fmt: skip
    assert diagnostics(said)["placeholder-left"] == ":error [the role]"


def test_of_two_reviews_the_one_of_a_text_that_is_gone_is_ended(desk: Emacs) -> None:
    desk.draft.write_text(MARKED)
    said, _ = desk.batch(
        "(require 'reviewer)", FLYMAKE, "(find-file text) (reviewer-flymake-setup) (flymake-start)",
        "(setq first reviewer--process) (goto-char 4) (delete-char 4) (insert \"Priya\") (flymake-start)",
        "(princ (json-encode (vector (if (process-live-p first) t :json-false) (marked))))",
    )  # fmt: skip
    first_runs, found = said
    assert not first_runs and diagnostics(found)["placeholder-left"] == ":error [the role]"
    assert "wrong-name" not in diagnostics(found)


def test_flymake_says_that_it_does_not_work(desk: Emacs) -> None:
    desk.draft.write_text(MARKED)
    desk.reviewer.unlink()
    said, errors = desk.batch(
        "(require 'reviewer)", FLYMAKE, "(find-file text) (reviewer-flymake-setup) (flymake-start)",
        "(princ (json-encode (vconcat (flymake-disabled-backends))))",
    )  # fmt: skip
    assert "reviewer-flymake" in said and "No such file or directory, reviewer" in errors


UNPRINTED = "\0\x0b\x0c\x1b\x1f\x7f\x80\x85\x9f\xa0\xad\u200b\u200d\u2028\u2029\u202e\u2060\ufeff"


def test_columns_of_what_is_not_printed_are_those_of_emacs(desk: Emacs) -> None:
    codes = " ".join(str(ord(character)) for character in UNPRINTED)
    said, _ = desk.batch(
        f"(princ (json-encode (mapcar (lambda (c) (with-temp-buffer (insert ?a c) (current-column))) '({codes}))))"
    )
    ours = [line_and_column(f"a{character}b", 2, Columns.SCREEN)[1] - 1 for character in UNPRINTED]
    assert dict(zip(map(ascii, UNPRINTED), said, strict=True)) == dict(zip(map(ascii, UNPRINTED), ours, strict=True))


@pytest.mark.parametrize("counted", ["cells", "characters"])
def test_compile_mode_goes_to_the_words_that_are_meant(desk: Emacs, counted: str) -> None:
    desk.draft.write_text(f"To: Priya Raman <priya@northwind.example>\n\n{MARKED}")
    columns, setting = ("", "")
    if counted == "characters":
        columns, setting = " --columns char", "(setq compilation-error-screen-columns nil)"
    said, _ = desk.batch(
        "(require 'compile)", setting,
        f'(let ((process (get-buffer-process (compile "reviewer check --format emacs{columns} draft"))))',
        "  (while (process-live-p process) (accept-process-output nil 0.05)))",
        "(let (places)",
        "  (ignore-errors (while t (next-error)",
        "    (push (with-current-buffer (window-buffer) (buffer-substring (point) (line-end-position))) places)))",
        "  (princ (json-encode places)))",
    )  # fmt: skip
    assert {"Pria,", "[the role]; you must decide now."} <= set(said)


@pytest.fixture
def terminal(desk: Emacs) -> Iterator[Terminal]:
    """Emacs on a screen, with a bad message in it."""
    need("tmux")
    desk.draft.write_text(BAD)
    start = desk.folder / "start.el"
    start.write_text(f"(require 'message) {ON} (compose)")
    with desk.terminal("emacs", "-nw", "-Q", "-L", PACKAGE.parent, "-l", desk.settings, "-l", start) as terminal:
        terminal.shows("Hi Pria,")
        yield terminal


def test_whoever_writes_is_asked_and_reads_why(desk: Emacs, terminal: Terminal) -> None:
    terminal.type("C-c", "C-c")
    terminal.shows("Send anyway? (y or n)", f"error: {WRONG_NAME}", "“Pria”")
    terminal.type("n")
    terminal.shows("Not sent; see the buffer *reviewer*", "Hi Pria,")
    assert desk.sent is None
    terminal.type("C-c", "C-c")
    terminal.shows("Send anyway? (y or n)")
    terminal.type("y")
    until(lambda: b"Hi Pria" in (desk.sent or b""), terminal.screen)


def test_the_note_on_a_message_that_went_unreviewed_is_on_the_screen(desk: Emacs, terminal: Terminal) -> None:
    desk.reviewer.unlink()
    terminal.type("C-c", "C-c")
    terminal.shows(f"{UNCHECKED}: Searching for program: No such file")
    until(lambda: b"Hi Pria" in (desk.sent or b""), terminal.screen)
