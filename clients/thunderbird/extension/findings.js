/* Shows the findings of one review and hands back what the writer chooses. Closing the window is going back. */

"use strict";

const port = messenger.runtime.connect({ name: location.hash.slice(1) });

port.onMessage.addListener((review) => {
  const { score, findings } = review;
  const count = findings.length === 1 ? "One thing" : `${findings.length} things`;
  const rating = Number.isFinite(score) ? ` The message has ${score} of 100 points.` : "";
  document.getElementById("summary").textContent = `${count} you may want to change.${rating}`;
  document.getElementById("findings").replaceChildren(...findings.map(entry));
});

function entry(finding) {
  const item = document.createElement("li");
  item.className = finding.severity;
  item.append(
    ...[
      ["p", "message", finding.message],
      ["blockquote", "quote", finding.quote],
      ["p", "why", finding.why],
      ["p", "fix", finding.fix && `What would help: ${finding.fix}`],
      ["p", "rule", `${finding.severity}: ${finding.rule}`],
    ]
      .filter(([, , text]) => text)
      .map(([tag, name, text]) => {
        const line = document.createElement(tag);
        line.className = name;
        line.textContent = text;
        return line;
      }),
  );
  return item;
}

function choose(choice) {
  port.postMessage(choice);
  window.close();
}

document.getElementById("back").addEventListener("click", () => choose("back"));
document.getElementById("send").addEventListener("click", () => choose("send"));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    choose("back");
  }
});
