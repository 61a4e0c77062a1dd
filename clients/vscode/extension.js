// Starts the language server of reviewer. What it says of a document is VS Code's to show.
// A server that is missing, stops or does not answer is told, and editing goes on as if there were none.

const { commands, window, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const DEADLINE = 5000; // milliseconds that the server has for its start

let client;

function activate(context) {
  const settings = workspace.getConfiguration("reviewerServer");
  const [command, ...args] = settings.get("command");
  client = new LanguageClient("reviewer", { command, args }, {
    documentSelector: settings.get("languages").map((language) => ({ language })),
    initializationOptions: workspace.getConfiguration("reviewer"), // later the server asks for them
  });
  context.subscriptions.push(commands.registerCommand("reviewer.rewriteMessage", rewrite));
  const slow = setTimeout(() => tell("its server does not answer"), DEADLINE);
  client
    .start()
    .catch((fault) => tell(`its server could not be started (${command}): ${fault?.message ?? fault}`))
    .finally(() => clearTimeout(slow));
}

function deactivate() {
  return client?.stop();
}

function rewrite() {
  const document = window.activeTextEditor?.document;
  if (document) {
    return commands.executeCommand("reviewer.rewrite", document.uri.toString());
  }
}

function tell(what) {
  window.showWarningMessage(`reviewer could not check this message: ${what}`);
}

module.exports = { activate, deactivate };
