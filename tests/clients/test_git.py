"""Real git send-email with the hook that is shipped, or with reviewer in the place of sendmail; real pre-commit."""

import shutil
import sys
from pathlib import Path

import pytest
from conftest import GOOD
from mailers import BAD, BROKEN, CLIENTS, ROOT, UNCHECKED, WRONG_NAME, Desk, need

pytestmark = pytest.mark.client

HEADERS = """From: Jordan Ellis <jordan@home.example>
To: Priya Raman <priya@northwind.example>
Subject: Jordan Ellis - Thank you
Date: Tue, 10 Mar 2026 16:30:00 -0500
Message-ID: <1@home.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    need("git", "git-send-email", module="Mail::Address")
    desk = Desk(tmp_path)
    (desk.home / ".gitconfig").write_text(
        f"[user]\nname = Jordan Ellis\nemail = jordan@home.example\n[init]\ndefaultBranch = main\n"
        f"[sendemail]\nconfirm = never\nsuppresscc = all\nsendmailcmd = {desk.bin}/msmtp -x\n"
    )
    assert desk.run("git", "init", "--quiet").returncode == 0
    hook = desk.folder / ".git/hooks/sendemail-validate"
    shutil.copy(CLIENTS / "git/sendemail-validate", hook)
    return desk


def mail(desk: Desk, text: str) -> Path:
    file = desk.folder / "thanks.eml"
    file.write_text(HEADERS + text)
    return file


def test_a_bad_message_is_stopped_with_the_reasons(desk: Desk) -> None:
    done = desk.run("git", "send-email", mail(desk, BAD))
    assert done.returncode != 0 and desk.got("sent") is None
    assert WRONG_NAME in done.stderr and "To send it as it is: reviewer allow" in done.stderr


def test_one_bad_message_among_several_stops_them_all(desk: Desk) -> None:
    good = desk.folder / "1.eml"
    good.write_text(HEADERS + GOOD)
    done = desk.run("git", "send-email", good, mail(desk, BAD))
    assert done.returncode != 0 and WRONG_NAME in done.stderr and desk.got("sent") is None


def test_a_good_message_goes_as_it_goes_without_the_hook(desk: Desk) -> None:
    file = mail(desk, GOOD + "Zoë\n")
    sent = []
    for flags in ((), ("--no-validate",)):
        done = desk.run("git", "send-email", *flags, file)
        assert done.returncode == 0, done.stderr
        assert UNCHECKED not in done.stderr
        lines = (desk.got("sent") or b"").splitlines()
        sent.append([line for line in lines if not line.startswith(b"Date:")])
        assert "Zoë".encode() in lines
    assert sent[0] == sent[1]


def test_overrides_go(desk: Desk) -> None:
    file = mail(desk, BAD)
    assert desk.run("git", "send-email", file).returncode != 0
    assert desk.run(desk.reviewer, "allow").returncode == 0
    assert desk.run("git", "send-email", file).returncode == 0
    assert b"Hi Pria" in (desk.got("sent") or b"")
    for flags, more in ((("--no-validate",), {}), ((), {"REVIEWER_SEND_ANYWAY": "1"})):
        (desk.folder / "sent.arguments").unlink()
        assert desk.run("git", "send-email", *flags, mail(desk, BAD + "\nPS"), **more).returncode == 0
        assert b"PS" in (desk.got("sent") or b"")


@pytest.mark.parametrize("broken", BROKEN)
def test_a_checker_that_does_not_work_lets_the_message_go_with_a_note(desk: Desk, broken: str) -> None:
    BROKEN[broken](desk)
    done = desk.run("git", "send-email", mail(desk, BAD))
    assert done.returncode == 0 and UNCHECKED in done.stderr
    assert b"Hi Pria" in (desk.got("sent") or b"")


def test_in_the_place_of_sendmail_it_stops_keeps_and_hands_on_the_same(desk: Desk) -> None:
    (desk.folder / ".git/hooks/sendemail-validate").unlink()
    tee = f'cat >{desk.folder}/handed; exec reviewer sendmail -- msmtp "$@" <{desk.folder}/handed'
    desk.program("tee-sendmail", tee)
    for command in ("reviewer sendmail -- msmtp", f"{desk.bin}/tee-sendmail"):
        done = desk.run("git", "send-email", f"--sendmail-cmd={command}", mail(desk, BAD))
        assert done.returncode != 0 and WRONG_NAME in done.stderr and desk.got("sent") is None
    assert (desk.folder / "handed").read_bytes() in desk.kept
    done = desk.run("git", "send-email", f"--sendmail-cmd={desk.bin}/tee-sendmail", mail(desk, GOOD))
    assert done.returncode == 0
    assert (desk.folder / "sent").read_bytes() == (desk.folder / "handed").read_bytes()


PRE_COMMIT = Path(sys.executable).with_name("pre-commit")


@pytest.fixture
def letters(desk: Desk) -> Desk:
    """A repository with pre-commit, whose hook is the manifest's, run by the reviewer that is under test."""
    need("git")
    hooks = desk.folder / "hooks"
    hooks.mkdir()
    manifest = (ROOT / ".pre-commit-hooks.yaml").read_text()
    assert manifest.count("language: python\n") == 1  # which would be installed from the package index
    (hooks / ".pre-commit-hooks.yaml").write_text(manifest.replace("language: python\n", "language: system\n"))
    for command in ("init --quiet", "add .", "commit --quiet -m hooks"):
        assert desk.run("git", "-C", hooks, *command.split()).returncode == 0
    revision = desk.run("git", "-C", hooks, "rev-parse", "HEAD").stdout.strip()
    (desk.folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks}\n  rev: {revision}\n  hooks:\n  - id: reviewer\n"
    )
    (desk.folder / ".gitignore").write_text("*\n!*.txt\n!*.eml\n!*.py\n!.pre-commit-config.yaml\n")
    desk.environment["PRE_COMMIT_HOME"] = str(desk.home / "pre-commit")
    done = desk.run(PRE_COMMIT, "install")
    assert done.returncode == 0, done.stdout + done.stderr
    return desk


def test_pre_commit_takes_the_manifest() -> None:
    manifest = ROOT / ".pre-commit-hooks.yaml"
    from pre_commit.clientlib import load_manifest

    (hook,) = load_manifest(manifest)
    assert (hook["id"], hook["entry"], hook["language"]) == ("reviewer", "reviewer check", "python")


def test_a_commit_of_a_bad_draft_is_stopped_and_names_the_file(letters: Desk) -> None:
    (letters.folder / "thanks.txt").write_text(
        "To: Priya Raman <priya@northwind.example>\nSubject: Thank you\n\n" + BAD
    )
    mail(letters, BAD)
    (letters.folder / "code.py").write_text("# Hi Pria, thank you for the interview. I need an answer by tomorrow.\n")
    letters.run("git", "add", ".")
    done = letters.run("git", "commit", "-m", "letters")
    assert done.returncode == 1
    for line in (
        "thanks.txt:4:4: error: Do you mean Priya? [wrong-name]",
        "thanks.eml:10:4: error: Do you mean Priya?",
    ):
        assert line in done.stdout + done.stderr
    assert "code.py" not in done.stdout + done.stderr


def test_a_commit_of_good_drafts_goes_however_many_they_are(letters: Desk) -> None:
    for number in range(40):
        (letters.folder / f"thanks {number}.txt").write_text(f"Subject: Jordan Ellis - Thank you\n\n{GOOD}")
    mail(letters, GOOD)
    letters.run("git", "add", ".")
    done = letters.run("git", "commit", "-m", "letters")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout + done.stderr
