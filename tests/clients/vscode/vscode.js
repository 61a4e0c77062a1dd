// A stand-in for the module `vscode`, as far as the extension and vscode-languageclient use it here: documents, what is
// shown in them, commands and settings. The real one exists only inside the editor.

class Emitter {
  constructor() {
    this.listeners = new Set();
    this.event = (listener, self) => {
      const bound = self ? listener.bind(self) : listener;
      this.listeners.add(bound);
      return new Disposable(() => this.listeners.delete(bound));
    };
  }
  fire(event) {
    for (const listener of [...this.listeners]) listener(event);
  }
  dispose() {
    this.listeners.clear();
  }
}

class Disposable {
  constructor(dispose) {
    this.dispose = dispose;
  }
  static from(...all) {
    return new Disposable(() => all.forEach((one) => one.dispose()));
  }
}

class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}

class Range {
  constructor(...edges) {
    const [start, end] = edges.length === 4 ? [new Position(...edges.slice(0, 2)), new Position(...edges.slice(2))] : edges;
    Object.assign(this, { start, end });
  }
}

class Uri {
  constructor(text) {
    this.text = text;
    this.scheme = text.split(":")[0];
    this.fsPath = this.path = text.replace(/^\w+:\/\//, "");
  }
  toString() {
    return this.text;
  }
  static parse(text) {
    return new Uri(text);
  }
  static file(path) {
    return new Uri(`file://${path}`);
  }
}

class CancellationTokenSource {
  constructor() {
    this.emitter = new Emitter();
    this.token = { isCancellationRequested: false, onCancellationRequested: this.emitter.event };
  }
  cancel() {}
  dispose() {}
}

class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}

class WorkspaceEdit {
  constructor() {
    this.edits = [];
  }
  replace(uri, range, newText) {
    this.edits.push({ range, newText });
  }
  set(uri, edits) {
    this.edits.push(...edits.map((edit) => (Array.isArray(edit) ? edit[0] : edit)));
  }
}

class CodeAction {
  constructor(title, kind) {
    Object.assign(this, { title, kind });
  }
}

class CodeActionKind {
  constructor(value) {
    this.value = value;
  }
  append(part) {
    return new CodeActionKind(this.value ? `${this.value}.${part}` : part);
  }
}
CodeActionKind.Empty = new CodeActionKind("");
for (const [name, value] of [["QuickFix", "quickfix"], ["RefactorRewrite", "refactor.rewrite"]]) {
  CodeActionKind[name] = new CodeActionKind(value);
}

// A document keeps its text as the editor shows it: a line ends at CR LF, LF or CR, and a column counts UTF-16 units,
// which is what JavaScript's strings are made of.
class Document {
  constructor(uri, languageId, text) {
    Object.assign(this, { uri, languageId, text, version: 1 });
  }
  getText(range) {
    return range ? this.text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.text;
  }
  offsetAt({ line, character }) {
    const ends = [...this.text.matchAll(/\r\n|\r|\n/g)].map((end) => end.index + end[0].length);
    return [0, ...ends][line] + character;
  }
}

const events = {};
const on = (name) => (events[name] ??= new Emitter()).event;
const registered = {};
const settings = {};
const shown = { diagnostics: new Map(), messages: [], providers: {} };

const nothing = () => new Disposable(() => {});
const message = (text) => {
  shown.messages.push(text);
  return Promise.resolve(undefined);
};

const vscode = {
  CancellationError: class extends Error {},
  CancellationTokenSource, CodeAction, CodeActionKind, Diagnostic, Disposable, Position, Range, Uri, WorkspaceEdit,
  DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
  DiagnosticTag: { Unnecessary: 1, Deprecated: 2 },
  EventEmitter: Emitter,
  version: "1.99.0",
  env: { appName: "stand-in", language: "en" },
  commands: {
    registerCommand(name, run) {
      registered[name] = run;
      return new Disposable(() => delete registered[name]);
    },
    executeCommand: async (name, ...given) => registered[name](...given),
  },
  languages: {
    match: (selector, document) => [selector].flat().some((one) => one.language === document.languageId) ? 10 : 0,
    createDiagnosticCollection: () => ({
      set: (uri, found) => shown.diagnostics.set(uri.toString(), found),
      delete: (uri) => shown.diagnostics.delete(uri.toString()),
      clear: () => shown.diagnostics.clear(),
      dispose() {},
    }),
    registerCodeActionsProvider: (_, provider) => ((shown.providers.actions = provider), nothing()),
    registerCodeLensProvider: (_, provider) => ((shown.providers.lenses = provider), nothing()),
    registerHoverProvider: (_, provider) => ((shown.providers.hover = provider), nothing()),
  },
  window: {
    activeTextEditor: undefined,
    createOutputChannel: () => new Proxy({}, { get: () => () => {} }),
    onDidChangeActiveTextEditor: on("editor"),
    showErrorMessage: message, showInformationMessage: message, showWarningMessage: message,
    tabGroups: { all: [], onDidChangeTabs: on("tabs") },
  },
  workspace: {
    textDocuments: [],
    getConfiguration: (section) => ({ ...settings[section], get: (name, absent) => settings[section]?.[name] ?? absent }),
    applyEdit: async (edit) => (apply(vscode.workspace.textDocuments[0], edit.edits), true),
    createFileSystemWatcher: nothing,
  },
};
for (const name of [
  "onDidOpenTextDocument", "onDidChangeTextDocument", "onDidCloseTextDocument", "onDidSaveTextDocument",
  "onWillSaveTextDocument", "onDidChangeConfiguration", "onDidChangeWorkspaceFolders", "onDidCreateFiles",
  "onDidRenameFiles", "onDidDeleteFiles", "onWillCreateFiles", "onWillRenameFiles", "onWillDeleteFiles",
  "onDidOpenNotebookDocument", "onDidCloseNotebookDocument", "onDidChangeNotebookDocument", "onDidSaveNotebookDocument",
]) {
  vscode.workspace[name] = on(name);
}

function apply(document, edits) {
  for (const { range, newText } of [...edits].sort((a, b) => document.offsetAt(b.range.start) - document.offsetAt(a.range.start))) {
    document.text =
      document.text.slice(0, document.offsetAt(range.start)) + newText + document.text.slice(document.offsetAt(range.end));
  }
  document.version += 1;
  events.onDidChangeTextDocument.fire({ document, contentChanges: [{ text: document.text }] });
}

function open(document) {
  vscode.workspace.textDocuments.push(document);
  vscode.window.activeTextEditor = { document };
  events.onDidOpenTextDocument.fire(document);
}

// For whoever plays the editor.
vscode.stage = { Document, apply, open, settings, shown };

// What nobody uses here is an empty class, for vscode-languageclient to inherit from.
module.exports = new Proxy(vscode, { get: (all, name) => (name in all ? all[name] : (all[name] = class {})) });
