// Starts the extension in the stand-in for VS Code and does what it is told on standard input, one JSON object:
// {"text", "settings", "says"?, "fix"?, "rewrite"?, "kill"?}; writes down what it saw as another one.

const { spawnSync } = require("node:child_process");
const { readFileSync } = require("node:fs");
const { commands, stage, CancellationTokenSource, Position, Range, Uri } = require("vscode");
const extension = require(process.argv[2]);

const { text, settings, says, fix, rewrite, kill } = JSON.parse(readFileSync(0, "utf8"));
const document = new stage.Document(Uri.file("/letter.txt"), "plaintext", text);
const found = () => stage.shown.diagnostics.get("file:///letter.txt") ?? [];

async function until(true_yet) {
  const end = Date.now() + 20000;
  while (!true_yet() && Date.now() < end) {
    await new Promise((go) => setTimeout(go, 20));
  }
  return true_yet();
}

async function main() {
  Object.assign(stage.settings, settings);
  extension.activate({ subscriptions: [] });
  stage.open(document);
  const seen = { shown: await until(() => (says ? stage.shown.messages.some((m) => m.includes(says)) : found().length > 0)) };
  seen.diagnostics = found().map((d) => [d.code?.value ?? d.code, document.getText(d.range), d.severity]);
  if (fix) {
    const [known] = found();
    const asked = [document, known.range, { diagnostics: [known], triggerKind: 1 }, new CancellationTokenSource().token];
    const actions = await stage.shown.providers.actions.provideCodeActions(...asked);
    const action = actions.find((one) => one.title === fix);
    stage.apply(document, action.edit.edits);
    seen.after = await until(() => found().length === 0);
  }
  if (rewrite) {
    await commands.executeCommand("reviewer.rewriteMessage");
    seen.after = await until(() => found().length === 0);
  }
  if (kill) {
    spawnSync("pkill", ["-9", "-f", "lsp", "-P", process.pid]);
    stage.apply(document, [{ range: new Range(new Position(0, 0), new Position(0, 0)), newText: "Now\n" }]);
    const before = found();
    seen.after = await until(() => found() !== before && found().length > 0);
  }
  seen.text = document.text;
  seen.messages = stage.shown.messages;
  process.stdout.write(JSON.stringify(seen));
  await Promise.race([extension.deactivate(), new Promise((go) => setTimeout(go, 3000))]).catch(() => {});
  process.exit(0); // with what still runs
}

process.on("unhandledRejection", () => {}); // as in the editor, which survives what an extension rejects
main().catch((fault) => {
  process.stderr.write(`${fault.stack}\n`);
  process.exit(1);
});
