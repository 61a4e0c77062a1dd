/* Asks the reviewer, a program on this computer, about each message before it is sent.
 *
 * A message is never edited. It is held back only by a review that arrived, was whole, and refused it; whatever else
 * happens, it goes, and a notification says that it was not checked and why.
 *
 * The background page is persistent (manifest version 2), because a message waits in it for as long as its writer
 * reads the findings; an event page would be stopped in between.
 */

"use strict";

const HOST = "reviewer";
const DEADLINE = 2000; // milliseconds in which the review must have arrived

messenger.compose.onBeforeSend.addListener(async (tab, details) => {
  try {
    const review = await ask(request(details));
    if (review.refused && !(await wantsToSend(review, tab.windowId))) {
      return { cancel: true };
    }
  } catch (problem) {
    tell(problem.message);
  }
  return {};
});

/* What the reviewer is told of a message. Embedded pictures are left out: they may be large, and have no words. */
function request(details) {
  const recipients = [details.to, details.cc, details.bcc].map((list) => [list ?? []].flat());
  return {
    id: crypto.randomUUID(),
    subject: details.subject ?? "",
    to: (recipients.find((list) => list.length) ?? []).filter((one) => typeof one === "string"),
    body: details.plainTextBody ?? "",
    is_plain_text: Boolean(details.isPlainText),
    ...(details.isPlainText ? {} : { html: (details.body ?? "").replace(/\bsrc="data:[^"]*"/g, "") }),
  };
}

/* The review of a message. Rejects with a sentence for the writer where there is none. */
function ask(message) {
  return new Promise((resolve, reject) => {
    const port = messenger.runtime.connectNative(HOST);
    const stop = (reason) => done(reject, new Error(reason));
    const timer = setTimeout(() => stop("it did not answer within 2 seconds"), DEADLINE);
    const done = (settle, value) => {
      clearTimeout(timer);
      port.disconnect();
      settle(value);
    };
    port.onDisconnect.addListener(() => stop(whyGone(port.error)));
    port.onMessage.addListener((answer) => {
      const wrong = fault(answer, message.id);
      if (wrong) {
        stop(wrong);
      } else {
        done(resolve, answer);
      }
    });
    port.postMessage(message);
  });
}

function whyGone(error) {
  const said = error?.message ?? "";
  if (/no such native application/i.test(said)) {
    return "its program is not installed, or Thunderbird is not told rightly where it is";
  }
  return `its program could not be started, or stopped before it answered${said && ` (${said})`}`;
}

/* What is wrong with an answer, or null. */
function fault(answer, id) {
  if (typeof answer?.error === "string") {
    return answer.error;
  }
  const whole =
    answer?.id === id &&
    typeof answer.refused === "boolean" &&
    (!answer.refused || (Array.isArray(answer.findings) && answer.findings.every((f) => typeof f?.message === "string")));
  return whole ? null : "its program answered something that is no review";
}

/* Reviews that wait for their writer, by the name under which their window asks for them. */
const waiting = new Map();

/* Shows the findings and resolves to whether the message is to be sent all the same. */
async function wantsToSend(review, composer) {
  const name = crypto.randomUUID();
  const { promise, resolve } = Promise.withResolvers();
  let shown = null;
  const closed = (id) => {
    if (id === shown?.id || id === composer) {
      resolve(false);
    }
  };
  waiting.set(name, { review, resolve });
  messenger.windows.onRemoved.addListener(closed);
  try {
    const url = `findings.html#${name}`;
    shown = await messenger.windows.create({ type: "popup", url, width: 640, height: 600, allowScriptsToClose: true });
    const sending = await promise;
    messenger.windows.remove(shown.id).catch(closedAlready);
    messenger.windows.update(composer, { focused: true }).catch(closedAlready);
    return sending;
  } finally {
    waiting.delete(name);
    messenger.windows.onRemoved.removeListener(closed);
  }
}

const closedAlready = () => {};

messenger.runtime.onConnect.addListener((port) => {
  const asked = waiting.get(port.name);
  if (!asked) {
    port.disconnect();
    return;
  }
  port.onMessage.addListener((choice) => asked.resolve(choice === "send"));
  port.onDisconnect.addListener(() => asked.resolve(false));
  port.postMessage(asked.review);
});

/* Says visibly that a message goes unchecked. Nothing waits for it, and it stops no message. */
function tell(why) {
  const message = `reviewer could not check this message: ${why}`;
  const id = crypto.randomUUID();
  untold.set(id, message);
  messenger.notifications
    .create(id, { type: "basic", title: "Not checked", message, iconUrl: "icon.svg" })
    .catch(() => unseen(id));
}

/* Notifications that nobody has seen yet. Where the system shows none, one is closed without having been shown. */
const untold = new Map();
messenger.notifications.onShown.addListener((id) => untold.delete(id));
messenger.notifications.onClosed.addListener(unseen);

function unseen(id) {
  if (untold.has(id)) {
    tellInWindow(untold.get(id));
    untold.delete(id);
  }
}

function tellInWindow(message) {
  const url = `notice.html#${encodeURIComponent(message)}`;
  messenger.windows
    .create({ type: "popup", url, width: 480, height: 240, allowScriptsToClose: true })
    .catch((problem) => console.error(problem.message));
}
