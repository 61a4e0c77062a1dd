"use strict";
// The list of drafts: sorted, filtered, opened. Everything of a draft goes in as text, never as markup.
(() => {
  const PAGE = 100;
  const [NUMBER, ID, CLIENT, SUBJECT, DAY, KIND, VERDICT, SCORE, SCORES, RULES] = Array(10).keys();
  const URGENCY = { hold: 0, revise: 1, send: 2 };
  const index = JSON.parse(document.getElementById("index").textContent);
  const ruleNames = Object.keys(index.rules);
  const places = new Map(index.drafts.map((draft, place) => [draft[NUMBER], place]));
  const byId = (id) => document.getElementById(id);
  const filter = byId("filter");
  const spoken = (name) => (name.charAt(0).toUpperCase() + name.slice(1)).replace(/[_-]/g, " ");
  let lines = null;
  let shown = index.drafts;
  let page = 0;
  let order = { column: "verdict", down: false };

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "onclick") made.addEventListener("click", value);
      else if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  }

  function entryOf(number) {
    lines ??= byId("texts").textContent.trim().split("\n");
    return JSON.parse(lines[places.get(number)]);
  }

  // The columns of the list: what heads them, what they show and what they are sorted by.
  const some = (at) => index.drafts.some((draft) => draft[at] !== null);
  const columns = [
    { id: "name", title: "Draft", value: (d) => String(d[ID] ?? d[NUMBER]) },
    ...(some(CLIENT) ? [{ id: "client", title: "Client", value: (d) => d[CLIENT] }] : []),
    ...(some(DAY) ? [{ id: "day", title: "Date", value: (d) => d[DAY] }] : []),
    { id: "kind", title: "Kind", value: (d) => d[KIND] && spoken(d[KIND]) },
    { id: "verdict", title: "Verdict", value: (d) => d[VERDICT], key: (d) => URGENCY[d[VERDICT]] ?? -1 },
    { id: "score", title: "Overall", value: (d) => d[SCORE], number: true },
    ...index.criteria.map(([id, title], n) => ({ id, title, value: (d) => d[SCORES][n] ?? null, number: true })),
  ];
  const collator = new Intl.Collator("en", { numeric: true });

  function compare(column) {
    const key = column.key ?? column.value;
    return (a, b) => {
      const [x, y] = [key(a), key(b)];
      if (x === y) return 0;
      if (x === null || x === undefined) return 1;
      if (y === null || y === undefined) return -1;
      return (typeof x === "number" ? x - y : collator.compare(x, y)) * (order.down ? -1 : 1);
    };
  }

  function select() {
    const wanted = Object.fromEntries(new FormData(filter));
    const words = wanted.words.toLowerCase().split(/\s+/).filter(Boolean);
    const criterion = index.criteria.findIndex(([id]) => id === wanted.criterion);
    const rule = ruleNames.indexOf(wanted.rule);
    const column = columns.find((one) => one.id === order.column);
    const byScore = (a, b) => (a[SCORE] ?? -1) - (b[SCORE] ?? -1) || a[NUMBER] - b[NUMBER];
    const inOrder = compare(column);
    shown = index.drafts.filter((draft) => {
      const named = [draft[ID], draft[CLIENT], draft[SUBJECT]].join(" ").toLowerCase();
      return words.every((word) => named.includes(word))
        && (!wanted.verdict || draft[VERDICT] === wanted.verdict)
        && (!wanted.kind || draft[KIND] === wanted.kind)
        && (criterion < 0 || (draft[SCORES][criterion] ?? 100) < index.levels[0])
        && (rule < 0 || draft[RULES].includes(rule));
    }).sort((a, b) => inOrder(a, b) || byScore(a, b));
    page = 0;
    show();
  }

  function cell(column, draft) {
    const value = column.value(draft);
    const level = column.number && value !== null ? (value < index.levels[1] ? " low" : value < index.levels[0] ? " middling" : "") : "";
    return element("td", { role: "cell", class: column.number ? "n" + level : column.id, "data-label": column.title, dir: "auto" }, value === null || value === undefined ? "–" : String(value));
  }

  function show() {
    const heads = columns.map((column) => {
      const sorted = order.column === column.id;
      const button = element("button", { type: "button", "data-column": column.id, onclick: () => sortBy(column.id) }, column.title, sorted ? (order.down ? " ▼" : " ▲") : "");
      return element("th", { scope: "col", role: "columnheader", class: column.number ? "n" : null, "aria-sort": sorted ? (order.down ? "descending" : "ascending") : null }, button);
    });
    const rows = shown.slice(page * PAGE, (page + 1) * PAGE).map((draft) => {
      const link = element("a", { href: `#d${draft[NUMBER]}`, dir: "auto" }, columns[0].value(draft));
      const subject = draft[SUBJECT] ? [element("br"), element("small", { dir: "auto" }, draft[SUBJECT].slice(0, 120))] : [];
      return element("tr", { role: "row" }, element("th", { scope: "row", role: "rowheader" }, link, ...subject), ...columns.slice(1).map((column) => cell(column, draft)));
    });
    // The roles are said because on a narrow screen it is not laid out as a table.
    const head = element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads));
    const table = element("table", { role: "table", "aria-label": "Drafts" }, head, element("tbody", { role: "rowgroup" }, ...rows));
    byId("list").replaceChildren(table);
    const pages = Math.max(1, Math.ceil(shown.length / PAGE));
    byId("count").textContent = `${shown.length.toLocaleString("en")} of ${index.drafts.length.toLocaleString("en")} drafts`;
    const [before, after] = byId("pages").querySelectorAll("[data-step]");
    byId("pages").querySelector("span").textContent = `Page ${page + 1} of ${pages}`;
    before.disabled = page === 0;
    after.disabled = page === pages - 1;
  }

  function sortBy(id) {
    order = { column: id, down: order.column === id && !order.down };
    select();
    byId("list").querySelector(`[data-column="${id}"]`).focus();
  }

  // A draft in full.
  function highlighted(entry, name) {
    const letters = Array.from(entry.text);
    const marks = entry.findings.map((finding, n) => ({ ...finding, n })).filter((finding) => finding.at);
    const edges = [...new Set([0, letters.length, ...marks.flatMap((mark) => mark.at)])].sort((a, b) => a - b);
    const grave = ["error", "warning", "suggestion"];
    const parts = [];
    edges.forEach((from, i) => {
      for (const mark of marks.filter((one) => one.at[1] === from)) {
        parts.push(element("sup", {}, element("a", { href: `#${name}-f${mark.n + 1}`, "aria-label": `finding ${mark.n + 1}` }, String(mark.n + 1))));
      }
      if (i + 1 === edges.length) return;
      const text = letters.slice(from, edges[i + 1]).join("");
      const over = marks.filter((one) => one.at[0] <= from && one.at[1] >= edges[i + 1]);
      const worst = grave.find((severity) => over.some((one) => one.severity === severity));
      parts.push(worst ? element("mark", { class: worst }, text) : text);
    });
    return element("div", { class: "letter", dir: "auto" }, ...parts);
  }

  function findingItem(finding, name, n, before) {
    const rule = index.rules[finding.rule];
    const { why, sources } = { ...rule, ...finding };
    const told = before.some((one) => one.rule === finding.rule && one.why === finding.why);
    const points = finding.points ? ` (+${finding.points} points when mended)` : "";
    return element("li", { id: `${name}-f${n + 1}`, tabindex: "-1" },
      element("p", {}, element("span", { class: finding.severity === "error" ? "grave" : null }, `${spoken(finding.severity)}: ${rule.name}`), element("small", {}, points)),
      finding.quote ? element("p", {}, element("q", { dir: "auto" }, finding.quote)) : null,
      finding.message ? element("p", { dir: "auto" }, finding.message) : null,
      finding.fix ? element("p", { dir: "auto" }, `To do: ${finding.fix}`) : null,
      told ? null : element("p", { class: "quiet" }, element("small", {}, [why, ...sources].join(" · "))));
  }

  function scoreTable(entry) {
    const rows = index.criteria.filter(([id]) => entry.criteria[id]).map(([id, title]) => {
      const [score, level] = entry.criteria[id];
      const said = score === null ? (entry.reasons[id] ?? "not judged") : ["poor", "fair", "good"][level];
      return element("tr", {}, element("th", { scope: "row" }, title), element("td", { class: "n" }, score === null ? "–" : String(score)), element("td", {}, said));
    });
    const head = element("tr", {}, ...["Criterion", "Score", "Level"].map((title) => element("th", { scope: "col" }, title)));
    return element("table", { "aria-label": "Scores" }, element("thead", {}, head), element("tbody", {}, ...rows));
  }

  function section(entry, number) {
    const name = `d${number}`;
    const called = [entry.id ?? number, entry.client].filter((part) => part !== null && part !== undefined).join(" · ");
    const told = [
      ["To", entry.to], ["Subject", entry.subject], ["Company", entry.company], ["Role", entry.role], ["Date", entry.on],
      ["Kind", entry.kind && spoken(entry.kind)],
    ].filter(([, value]) => value).map(([key, value]) => element("div", {}, `${key}: `, element("span", { dir: "auto" }, value)));
    const close = element("button", { type: "button", onclick: () => shut(article, number) }, "Close");
    const heading = element("h3", { tabindex: "-1", id: `${name}-title` }, element("span", { dir: "auto" }, called));
    const article = element("article", { id: name, "aria-labelledby": `${name}-title` }, element("header", {}, heading, close));
    if (entry.error) {
      article.append(element("p", { dir: "auto" }, `Not reviewed: ${entry.error}`));
      if (entry.text) article.append(element("div", { class: "letter", dir: "auto" }, entry.text));
      return article;
    }
    article.append(element("p", {}, element("span", { class: `score ${entry.verdict}` }, String(entry.score)), ` ${spoken(entry.verdict)}`), ...told);
    const left = element("div", {}, element("h4", {}, "Draft"), entry.text === null ? element("p", {}, "Its text was not given.") : highlighted(entry, name));
    const right = element("div", {});
    if (entry.rewrite) {
      const { text, subject, score } = entry.rewrite;
      right.append(element("h4", {}, `Rewritten (${score}/100)`));
      if (subject) right.append(element("div", { dir: "auto" }, `Subject: ${subject}`));
      right.append(element("div", { class: "letter", dir: "auto" }, text));
    }
    const findings = entry.findings.length
      ? element("ol", { class: "found" }, ...entry.findings.map((finding, n, all) => findingItem(finding, name, n, all.slice(0, n))))
      : element("p", {}, "Nothing to mend.");
    article.append(element("div", { class: "beside" }, left, right), element("h4", {}, "Findings"), findings, element("h4", {}, "Scores"), scoreTable(entry));
    return article;
  }

  function open(number) {
    const there = byId(`d${number}`);
    if (there) return there;
    const made = section(entryOf(number), number);
    byId("open").hidden = false;
    byId("open").append(made);
    return made;
  }

  let opener = null;
  function shut(article, number) {
    article.remove();
    byId("open").hidden = !byId("open").querySelector("article");
    history.replaceState(null, "", "#drafts");
    const back = opener?.isConnected ? opener : byId("list").querySelector(`[href="#d${number}"]`) ?? byId("drafts");
    back.focus();
  }

  function follow() {
    const wanted = /^#d(\d+)$/.exec(location.hash);
    if (!wanted || !places.has(Number(wanted[1]))) return;
    const article = open(Number(wanted[1]));
    article.scrollIntoView();
    article.querySelector("h3").focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    if (/^#d\d+$/.test(link.hash)) opener = link;
    if (link.hash === location.hash) follow();
    const finding = /^#d\d+-f\d+$/.test(link.hash) && byId(link.hash.slice(1));
    if (finding) setTimeout(() => finding.focus());
  });
  window.addEventListener("hashchange", follow);
  filter.addEventListener("input", select);
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.addEventListener("reset", () => setTimeout(select));
  for (const button of document.querySelectorAll("button[data-rule]")) {
    button.addEventListener("click", () => {
      filter.reset();
      filter.elements.rule.value = button.dataset.rule;
      setTimeout(() => { select(); byId("drafts").scrollIntoView(); byId("drafts").focus({ preventScroll: true }); });
    });
  }
  for (const button of byId("pages").querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => { page += Number(button.dataset.step); show(); });
  }
  byId("all").addEventListener("click", () => {
    const made = shown.slice(page * PAGE, (page + 1) * PAGE).map((draft) => open(draft[NUMBER]));
    made[0]?.scrollIntoView();
    made[0]?.querySelector("h3").focus({ preventScroll: true });
  });

  const option = (value, text) => element("option", { value }, text);
  const kinds = [...new Set(index.drafts.map((draft) => draft[KIND]).filter(Boolean))].sort();
  filter.elements.kind.append(...kinds.map((kind) => option(kind, spoken(kind))));
  filter.elements.criterion.append(...index.criteria.map(([id, title]) => option(id, title)));
  filter.elements.rule.append(...ruleNames.map((name) => option(name, index.rules[name].name)));
  document.documentElement.classList.add("live");
  select();
  follow();
})();
