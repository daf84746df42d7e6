/* What the page of one filing adds where scripts run: filters, keys, marks, the rules behind a figure, print modes.

   The page is complete without it. Nothing is fetched, nothing is sent; marks stay in this browser until exported.
   Texts of the filing only ever become text nodes, so that they cannot become markup. */
"use strict";
(() => {
  const bar = document.getElementById("filters");
  const source = document.getElementById("words");
  if (!bar || !source) return;

  const words = JSON.parse(source.textContent);
  const identity = document.body.dataset; // sha256, filer, year, stage
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /** Return the text of `script.<key>` with its placeholders filled. */
  function say(key, values = {}) {
    const text = words[`script.${key}`];
    if (text === undefined) throw new Error(`no word: script.${key}`);
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  }

  /** Make an element; `true` sets an empty attribute, `false` and null none; strings become text nodes. */
  function make(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== false && value !== null) node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null));
    return node;
  }

  const button = (label, attributes = {}) => make("button", { type: "button", ...attributes }, label);

  /* ---- The findings ---- */

  const findings = all(".finding").map((node) => ({
    node,
    id: node.id.replace(/^f-/, ""),
    rule: node.dataset.rule || "",
    severity: node.dataset.severity || "",
    table: node.dataset.table || "",
    state: node.dataset.state || "",
    waived: node.dataset.waived === "1",
    values: node.dataset.values || "",
    group: node.closest("section.group"),
    box: one(".marking", node),
    filled: false,
    shown: true,
    text: null,
  }));
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const byNode = new Map(findings.map((finding) => [finding.node, finding]));
  const groups = [...new Set(findings.map((finding) => finding.group).filter(Boolean))];
  const findingOf = (node) => byNode.get(node && node.closest(".finding")) || null;
  let here = null; // the finding that keys act on

  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/(\d),(?=\d)/g, "$1").replace(/\s+/g, " ");

  /** Return what a search looks into: the finding without its mark buttons, and what heads its group. */
  function textOf(finding) {
    if (finding.text === null) {
      const copy = finding.node.cloneNode(true);
      for (const box of all(".marking", copy)) box.remove();
      const named = finding.group ? finding.group.getAttribute("aria-label") || "" : "";
      finding.text = plain(`${finding.rule} ${named} ${copy.textContent}`);
    }
    return finding.text;
  }

  /* ---- Marks: what a reviewer thinks of each finding, kept in this browser and exchanged as JSON ---- */

  const SCHEMA = "gouji/marks/1";
  const MARKS = ["confirmed", "explained", "false_alarm", "fixed"];
  const LONGEST_NOTE = 2000;
  const STORE = `${SCHEMA} ${identity.sha256}`;
  const marks = new Map(); // finding id -> {id, rule, values, mark, note, at}
  let storage = null;
  try {
    window.localStorage.setItem(SCHEMA, "");
    window.localStorage.removeItem(SCHEMA);
    storage = window.localStorage;
  } catch {
    storage = null; // private windows, or pages opened from a disk in some browsers
  }

  /** Return where a finding stands: a mark, "lapsed" when its figures have changed since it was marked, or "". */
  function disposition(finding) {
    const entry = marks.get(finding.id);
    if (!entry || !entry.mark) return "";
    return entry.values === finding.values ? entry.mark : "lapsed";
  }

  /** Return the entries of a marks document that are well formed, and how many are not; null when it is none at all. */
  function entriesOf(content) {
    if (!content || typeof content !== "object" || content.schema !== SCHEMA || !Array.isArray(content.marks)) return null;
    const sound = content.marks.filter(
      (each) =>
        each && typeof each === "object" && typeof each.id === "string" && typeof each.values === "string" &&
        (each.mark === "" || MARKS.includes(each.mark)) && typeof each.note === "string" &&
        typeof each.at === "string" && !Number.isNaN(Date.parse(each.at)),
    );
    return { sound, broken: content.marks.length - sound.length };
  }

  /** Take an entry unless a later one is known; say whether it was taken. */
  function take(entry) {
    const finding = byId.get(entry.id);
    const known = marks.get(entry.id);
    if (!finding || (known && Date.parse(known.at) >= Date.parse(entry.at))) return false;
    const { id, values, mark, at } = entry;
    marks.set(id, { id, rule: finding.rule, values, mark, note: entry.note.slice(0, LONGEST_NOTE), at });
    return true;
  }

  function stored(key) {
    try {
      return JSON.parse(storage.getItem(key));
    } catch {
      return null;
    }
  }

  const sameFiling = (content) =>
    ["filer", "year", "stage"].every((name) => String(content[name]) === String(identity[name]));

  /** Read the marks of this very file, or else those of an earlier file of the same filer, year and stage. */
  function recall() {
    if (!storage) return;
    const own = entriesOf(stored(STORE));
    if (own) {
      own.sound.forEach(take);
      return;
    }
    for (const key of Object.keys(storage).filter((each) => each.startsWith(`${SCHEMA} `))) {
      const content = stored(key);
      const earlier = entriesOf(content);
      if (earlier && sameFiling(content)) earlier.sound.forEach(take);
    }
  }

  const marksDocument = (entries) => ({
    schema: SCHEMA,
    sha256: identity.sha256,
    filer: identity.filer,
    year: Number(identity.year),
    stage: identity.stage,
    marks: entries,
  });

  /** Write all marks; another window may have written since, and its later ones stay. */
  function keep() {
    if (!storage) return;
    const others = entriesOf(stored(STORE));
    if (others) others.sound.filter(take).forEach((entry) => paint(byId.get(entry.id)));
    try {
      storage.setItem(STORE, JSON.stringify(marksDocument([...marks.values()])));
    } catch {
      storage = null;
      showStorage();
    }
  }

  function change(finding, changes) {
    const known = marks.get(finding.id);
    const fresh = known && known.values === finding.values ? known : { mark: "", note: known ? known.note : "" };
    const { id, rule, values } = finding;
    const at = new Date().toISOString();
    marks.set(id, { id, rule, values, mark: fresh.mark, note: fresh.note, ...changes, at });
    keep();
    paint(finding);
    showProgress();
  }

  /** Set a mark, or take it back when it is set already. */
  function mark(finding, name) {
    const unset = disposition(finding) === name;
    change(finding, { mark: unset ? "" : name });
    announce(unset ? say("mark.undone") : say("mark.done", { mark: say(`mark.${name}`) }));
  }

  const pattern = make(
    "div", {},
    ...MARKS.map((name) => button(say(`mark.${name}`), { "data-mark": name, "aria-pressed": "false" })),
    button(say("note"), { "data-note": true, "aria-expanded": "false" }),
    make("p", { class: "lapsed", hidden: true }),
    make("textarea", { maxlength: String(LONGEST_NOTE), rows: "2", "aria-label": say("note.label"), hidden: true }),
    make("p", { class: "noted", hidden: true }),
  );

  /** Put the mark buttons into a finding. Done as findings come near, since two thousand at once would be felt. */
  function fill(finding) {
    if (finding.filled || !finding.box) return;
    finding.filled = true;
    finding.box.append(...pattern.cloneNode(true).childNodes);
    finding.box.setAttribute("role", "group");
    finding.box.setAttribute("aria-label", say("mark.label"));
    paint(finding);
  }

  function paint(finding) {
    if (!finding || !finding.box) return;
    if (!finding.filled) {
      if (marks.has(finding.id)) fill(finding);
      return;
    }
    const entry = marks.get(finding.id);
    const state = disposition(finding);
    finding.node.toggleAttribute("data-mark", false);
    if (state) finding.node.setAttribute("data-mark", state);
    for (const each of all("[data-mark]", finding.box)) {
      each.setAttribute("aria-pressed", String(each.dataset.mark === state));
    }
    const head = one(":scope > header", finding.node) || finding.box;
    head.dataset.said = state ? say("mark.said", { mark: say(`mark.${state}`) }) : ""; // shown by script.css
    const lapsed = one(".lapsed", finding.box);
    lapsed.hidden = state !== "lapsed";
    lapsed.textContent =
      state === "lapsed" ? say("mark.lapsed-was", { mark: say(`mark.${entry.mark}`), date: entry.at.slice(0, 10) }) : "";
    const area = one("textarea", finding.box);
    const noted = one(".noted", finding.box);
    const note = entry ? entry.note : "";
    if (document.activeElement !== area) area.value = note;
    noted.textContent = note ? say("note.said", { note }) : "";
    noted.hidden = !note;
  }

  function openNote(finding) {
    const area = one("textarea", finding.box);
    area.hidden = !area.hidden;
    one("[data-note]", finding.box).setAttribute("aria-expanded", String(!area.hidden));
    if (!area.hidden) area.focus();
  }

  function exportMarks() {
    const entries = [...marks.values()].filter((entry) => entry.mark || entry.note);
    const content = `${JSON.stringify(marksDocument(entries), null, 1)}\n`;
    const name = String(identity.filer).replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 40);
    const url = URL.createObjectURL(new Blob([content], { type: "application/json" }));
    const link = make("a", { href: url, download: `gouji-marks-${name}-${identity.year}.json`, hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    report(say("export.done", { count: entries.length }));
  }

  async function importMarks(file) {
    let content = null;
    try {
      content = JSON.parse((await file.text()).replace(/^\ufeff/, ""));
    } catch {
      content = null;
    }
    const found = entriesOf(content);
    if (!found) return report(say("import.not-marks", { file: file.name }));
    const known = found.sound.filter((entry) => byId.has(entry.id));
    const taken = known.filter(take);
    const lapsed = taken.filter((entry) => entry.mark && disposition(byId.get(entry.id)) === "lapsed");
    keep();
    taken.forEach((entry) => paint(byId.get(entry.id)));
    apply();
    return report(
      [
        sameFiling(content) ? "" : say("import.other-filing", { filer: String(content.filer), year: String(content.year) }),
        say("import.taken", { count: taken.length }),
        lapsed.length ? say("import.lapsed", { count: lapsed.length }) : "",
        known.length > taken.length ? say("import.older", { count: known.length - taken.length }) : "",
        found.sound.length > known.length ? say("import.unknown", { count: found.sound.length - known.length }) : "",
        found.broken ? say("import.broken", { count: found.broken }) : "",
      ].filter(Boolean).join(" "),
    );
  }

  /* ---- Filters; their state stands in the address as #f?severity=error&table=… ---- */

  const values = (name) => [...new Set(findings.map((finding) => finding[name]))];
  const tally = (name) => {
    const counts = new Map();
    for (const finding of findings) counts.set(finding[name], (counts.get(finding[name]) || 0) + 1);
    return counts;
  };

  /** Return the options of a filter as [value, label], those with a count in it. */
  function options(name, label, order = values(name)) {
    const counts = tally(name);
    return order.filter((value) => counts.has(value))
      .map((value) => [value === "" ? "-" : String(value), `${label(value)} (${counts.get(value)})`]);
  }

  const FILTERS = {
    severity: {
      options: options("severity", (value) => say(`severity.${value}`), ["error", "warning", "notice"]),
      fits: (finding, value) => finding.severity === value,
    },
    table: {
      options: options("table", (value) => value || say("table.prose")),
      fits: (finding, value) => (finding.table || "-") === value,
    },
    rule: {
      options: options("rule", (value) => value),
      fits: (finding, value) => finding.rule === value,
    },
    state: {
      options: options("state", (value) => say(`state.${value || "unknown"}`), ["new", "remaining", ""]),
      fits: (finding, value) => (finding.state || "-") === value,
    },
    mark: {
      options: [["-", say("mark.none")], ...[...MARKS, "lapsed"].map((name) => [name, say(`mark.${name}`)])],
      fits: (finding, value) => (disposition(finding) || "-") === value,
    },
    waived: {
      options: options("waived", (value) => say(value ? "waived.yes" : "waived.no"), [false, true])
        .map(([value, label]) => [value === "true" ? "1" : "0", label]),
      fits: (finding, value) => (finding.waived ? "1" : "0") === value,
    },
  };
  const controls = {};
  for (const [name, { options: offered }] of Object.entries(FILTERS)) {
    if (offered.length < 2) continue; // nothing to choose from
    controls[name] = make(
      "select", { id: `f-by-${name}`, "data-filter": name },
      make("option", { value: "" }, say("any")),
      ...offered.map(([value, label]) => make("option", { value }, label)),
    );
  }
  const search = make("input", { type: "search", id: "f-by-text", autocomplete: "off", spellcheck: "false" });
  controls.text = search;

  /** Return the filters that are set, in their order. */
  function chosen() {
    return Object.entries(controls).map(([name, control]) => [name, control.value.trim()]).filter(([, value]) => value);
  }

  /** Set the filters from their text in the address; what this page does not offer is left out. */
  function choose(text) {
    const asked = new URLSearchParams(text);
    for (const [name, control] of Object.entries(controls)) {
      control.value = asked.get(name) || "";
      if (control.selectedIndex === -1) control.value = "";
    }
    apply();
  }

  /** Show the findings that fit all filters, and say how many do not. */
  function apply() {
    const set = chosen();
    const needles = plain(search.value.trim()).split(" ").filter(Boolean);
    const tests = set.filter(([name]) => name !== "text");
    let count = 0;
    for (const finding of findings) {
      const shown = tests.every(([name, value]) => FILTERS[name].fits(finding, value)) &&
        needles.every((needle) => textOf(finding).includes(needle));
      if (shown !== finding.shown) {
        finding.shown = shown;
        finding.node.classList.toggle("out", !shown);
      }
      count += shown ? 1 : 0;
    }
    const visible = new Set(findings.filter((finding) => finding.shown).map((finding) => finding.group));
    for (const group of groups) {
      const shown = visible.has(group);
      group.classList.toggle("out", !shown);
      const places = one("details.places", group);
      // Places that fit must stay neither folded nor nameless behind a first one that does not.
      const headless = shown && !findingOf(one(".finding", group)).shown;
      group.classList.toggle("headless", headless);
      if (headless && places) places.open = true;
    }
    for (const [line, group] of listed) line.classList.toggle("out", !visible.has(group));
    const hidden = findings.length - count;
    const waived = findings.filter((finding) => finding.waived).length;
    status.textContent = hidden
      ? say("shown.some", { shown: count, all: findings.length, hidden })
      : say(waived ? "shown.waived" : "shown.all", { all: findings.length, waived });
    document.body.classList.toggle("filtering", set.length > 0);
    clear.hidden = !set.length;
    showProgress();
  }

  /** The lines of the overview with the group that each leads to. */
  const listed = all(".overview li").map((line) => {
    const link = one("a[href^='#f-']", line);
    const finding = link && byId.get(link.getAttribute("href").slice(3));
    return [line, finding ? finding.group : null];
  }).filter(([, group]) => group);

  /* ---- The bar ---- */

  const status = make("p", { role: "status", class: "shown" });
  const clear = button(say("clear"), { class: "clear", hidden: true });
  const progress = make("progress", { max: "1", value: "0", "aria-label": say("progress.label") });
  const done = make("span", { class: "done" });
  const message = make("p", { role: "status", class: "message", hidden: true });
  const spoken = make("p", { role: "status", class: "vh" });
  const trouble = make("p", { class: "trouble", hidden: true });
  const picker = make("input", { type: "file", accept: ".json,application/json", hidden: true, tabindex: "-1" });
  picker.setAttribute("aria-label", say("import"));
  const tools = {
    export: button(say("export"), { class: "tool" }),
    import: button(say("import"), { class: "tool" }),
    help: button(say("help"), { class: "tool", "aria-haspopup": "dialog" }),
  };
  const prints = ["opinion", "ledger", "full"].map((mode) => button(say(`print.${mode}`), { "data-mode": mode, class: "tool" }));

  function announce(text) {
    spoken.textContent = "";
    spoken.textContent = text;
  }

  function report(text) {
    message.textContent = text;
    message.hidden = false;
  }

  function showProgress() {
    const open = findings.filter((finding) => !finding.waived);
    const handled = open.filter((finding) => MARKS.includes(disposition(finding))).length;
    progress.max = Math.max(open.length, 1);
    progress.value = handled;
    done.textContent = say("progress", { done: handled, all: open.length });
  }

  function showStorage() {
    trouble.hidden = storage !== null;
    trouble.textContent = storage === null ? say("storage.none") : "";
  }

  function build() {
    const fixed = one("#fixed .finding, #fixed li, #fixed tbody tr") ? document.getElementById("fixed") : null;
    const fields = make("div", { class: "fields-of" });
    for (const [name, control] of Object.entries(controls)) {
      fields.append(make("p", {}, make("label", { for: control.id }, say(`by.${name}`)), control));
    }
    bar.append(
      fields,
      make("div", { class: "tools" },
        make("span", { role: "group", "aria-label": say("marks") }, tools.export, tools.import), picker,
        make("span", { role: "group", "aria-label": say("print") }, make("span", { "aria-hidden": "true" }, say("print")), ...prints),
        tools.help),
      message, trouble, spoken,
    );
    // Beside the bar, so that it can stay in view over all findings: what is hidden must never be forgotten.
    bar.after(make("div", { class: "line" },
      status, clear, fixed ? make("a", { href: "#fixed" }, say("fixed.link")) : null,
      make("span", { class: "work" }, progress, done)));
    bar.setAttribute("role", "search");
    bar.setAttribute("aria-label", say("filters"));
    bar.hidden = false;
    for (const finding of findings) if (finding.box) finding.box.hidden = false;
    document.body.classList.add("scripted");
  }

  /* ---- Where the reader is: the address, and the finding that keys act on ---- */

  const setFilters = () => new URLSearchParams(chosen()).toString();

  function address() {
    const set = new URLSearchParams(chosen());
    if (!set.toString()) return here ? `#${here.node.id}` : "#findings";
    if (here && here.shown) set.set("at", here.node.id);
    return `#f?${set}`;
  }

  /** Write the state into the address, as a step of its own or in place of the present one. */
  function remember(step) {
    try {
      history[step ? "pushState" : "replaceState"]({ filters: setFilters() }, "", address());
    } catch {
      // Safari allows a hundred steps in half a minute; the page works without them.
    }
  }

  function unfold(node) {
    for (let at = node.parentElement; at; at = at.parentElement) if (at.matches("details:not([open])")) at.open = true;
    if (node.matches("details")) node.open = true;
  }

  /** Bring a finding into view and make it the one that keys act on. */
  function go(finding) {
    if (here) here.node.removeAttribute("aria-current");
    here = finding;
    unfold(finding.node);
    fill(finding);
    finding.node.setAttribute("aria-current", "true");
    if (!finding.node.hasAttribute("tabindex")) finding.node.tabIndex = -1;
    finding.node.focus({ preventScroll: true });
    finding.node.scrollIntoView({ block: "start" });
  }

  /** Follow the address: filters, an anchor, or both; an anchor is shown even where a filter hides it. */
  function arrive() {
    let hash = location.hash.slice(1);
    let anchor = "";
    const known = history.state && typeof history.state.filters === "string" ? history.state.filters : null;
    if (hash.startsWith("f?")) {
      const asked = new URLSearchParams(hash.slice(2));
      anchor = asked.get("at") || "";
      asked.delete("at");
      choose(asked.toString());
    } else {
      try {
        hash = decodeURIComponent(hash);
      } catch {
        hash = "";
      }
      anchor = hash;
      if (known !== null) choose(known);
      else if (!hash) choose("");
    }
    const node = anchor && document.getElementById(anchor);
    if (node) reveal(node);
    try {
      history.replaceState({ filters: setFilters() }, "");
    } catch {
      // as in remember()
    }
  }

  function reveal(node) {
    const finding = findingOf(node);
    if (finding && !finding.shown) {
      choose("");
      announce(say("cleared"));
    }
    if (finding && finding.node === node) return go(finding);
    unfold(node);
    return node.scrollIntoView({ block: node.matches("section, details") ? "start" : "center", inline: "center" });
  }

  /** Go to the next or the previous finding that is shown, seen from the present one or from what is on the screen. */
  function step(by) {
    const shown = findings.filter((finding) => finding.shown);
    if (!shown.length) return announce(say("nothing"));
    let at = shown.indexOf(here);
    if (at < 0) {
      at = shown.findIndex((finding) => finding.node.getBoundingClientRect().bottom > 0);
      at = at < 0 ? shown.length : at;
      if (by > 0) at -= 1;
    }
    const next = shown[at + by];
    if (!next) return announce(say(by > 0 ? "last" : "first"));
    go(next);
    return remember(false);
  }

  /* ---- Keys, and the overlay that explains them ---- */

  const KEYS = { n: () => step(1), p: () => step(-1), "/": focusSearch, c: () => markHere("confirmed"), x: () => markHere("false_alarm"), "?": openHelp };
  const SWITCH = "gouji/keys";
  const help = document.getElementById("help");
  let keysOn = true;
  let cameFrom = null;

  function focusSearch() {
    search.focus();
    search.select();
  }

  function markHere(name) {
    if (here && here.shown) mark(here, name);
    else announce(say("choose"));
  }

  const typing = (node) => node.closest("input, textarea, select, [contenteditable]");

  function onKey(event) {
    if (event.key === "Escape") return escape(event);
    if (event.key === "Tab" && help && !help.hidden) return trap(event);
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return undefined;
    if (typing(event.target) || (help && !help.hidden)) return undefined;
    const figure = event.target.closest(FIGURE);
    if (figure && figure === event.target && onFigureKey(event, figure)) return event.preventDefault();
    const act = KEYS[event.key];
    if (!act || !(keysOn || event.key === "?")) return undefined;
    event.preventDefault();
    closePopover(false);
    return act();
  }

  function escape(event) {
    if (help && !help.hidden) closeHelp();
    else if (popover) closePopover(true);
    else if (event.target === search && search.value) {
      search.value = "";
      apply();
      remember(false);
    }
  }

  function buildHelp() {
    const toggle = make("input", { type: "checkbox", id: "keys-on" });
    toggle.checked = keysOn;
    toggle.addEventListener("change", () => {
      keysOn = toggle.checked;
      try {
        localStorage.setItem(SWITCH, keysOn ? "on" : "off");
      } catch {
        // holds for this visit only
      }
    });
    const close = button(say("close"), { class: "close" });
    close.addEventListener("click", closeHelp);
    const keys = [["n", "next"], ["p", "previous"], ["/", "search"], ["c", "confirm"], ["x", "dismiss"], ["?", "help"], ["Esc", "escape"]];
    help.append(
      make("div", { class: "sheet" },
        make("h2", { id: "help-h" }, say("help.title")),
        make("table", {},
          make("caption", { class: "vh" }, say("help.title")),
          make("tbody", {}, ...keys.map(([key, does]) =>
            make("tr", {}, make("th", { scope: "row" }, make("kbd", {}, key)), make("td", {}, say(`help.${does}`)))))),
        make("p", {}, toggle, " ", make("label", { for: "keys-on" }, say("help.switch"))),
        make("p", {}, say("help.figures")),
        make("p", {}, say("help.marks")),
        close),
    );
    for (const [name, value] of Object.entries({ role: "dialog", "aria-modal": "true", "aria-labelledby": "help-h" })) {
      help.setAttribute(name, value);
    }
    help.addEventListener("click", (event) => event.target === help && closeHelp());
  }

  function openHelp() {
    if (!help) return;
    if (!help.childElementCount) buildHelp();
    cameFrom = document.activeElement;
    help.hidden = false;
    one(".close", help).focus();
  }

  function closeHelp() {
    help.hidden = true;
    document.activeElement.blur(); // else the next key would still go to what is hidden now
    if (cameFrom && cameFrom.isConnected) cameFrom.focus({ preventScroll: true });
  }

  function trap(event) {
    const stops = all("button, input", help);
    const at = stops.indexOf(document.activeElement);
    event.preventDefault();
    stops[(at + (event.shiftKey ? -1 : 1) + stops.length) % stops.length].focus();
  }

  /* ---- Figures: the rules behind each; one tab stop a table, arrows within ---- */

  const FIGURE = "td.k, td.x, td.o, span.num[id]";
  let popover = null;
  let opener = null;

  /** Make each table of figures a grid that is entered once, and each narrative a row of numbers. */
  function enterGrids() {
    for (const table of all("table.ticked")) {
      const first = one("td.k, td.x, td.o", table);
      if (!first) continue;
      table.setAttribute("role", "grid");
      table.setAttribute("aria-readonly", "true");
      first.tabIndex = 0;
      for (const link of all("tbody td a", table)) link.tabIndex = -1; // reached through their cell
    }
    for (const passage of all(".passage")) {
      const numbers = all("span.num[id]", passage);
      numbers.forEach((number, at) => {
        number.tabIndex = at ? -1 : 0;
        if (!one("a", number)) number.setAttribute("role", "button");
      });
    }
  }

  function enter(figure) {
    const home = figure.closest("table, .passage");
    if (!home) return;
    for (const each of all(`[tabindex="0"]`, home)) if (each.matches(FIGURE)) each.tabIndex = -1;
    figure.tabIndex = 0;
    figure.focus();
  }

  function onFigureKey(event, figure) {
    if (event.key === "Enter" || event.key === " ") {
      openPopover(figure);
      return true;
    }
    const next = figure.matches("td") ? cellTowards(figure, event.key) : numberTowards(figure, event.key);
    if (next) enter(next);
    return Boolean(next);
  }

  function cellTowards(cell, key) {
    const row = cell.parentElement;
    const figures = all(FIGURE, row);
    const at = figures.indexOf(cell);
    if (key === "ArrowRight") return figures[at + 1];
    if (key === "ArrowLeft") return figures[at - 1];
    if (key === "Home") return figures[0];
    if (key === "End") return figures[figures.length - 1];
    const beside = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[key];
    if (!beside) return undefined;
    for (let other = row[beside]; other; other = other[beside]) {
      const there = other.cells[cell.cellIndex];
      if (there && there.matches(FIGURE)) return there;
    }
    return undefined;
  }

  function numberTowards(number, key) {
    const numbers = all("span.num[id]", number.closest(".passage") || document);
    const at = numbers.indexOf(number);
    if (key === "ArrowRight" || key === "ArrowDown") return numbers[at + 1];
    if (key === "ArrowLeft" || key === "ArrowUp") return numbers[at - 1];
    return undefined;
  }

  /** Return the findings that lead to a figure, or that the figure leads to. */
  function findingsOn(figure) {
    const back = all("a[href^='#f-']", figure).map((link) => byId.get(link.getAttribute("href").slice(3)));
    const there = all(`.finding a[href="#${CSS.escape(figure.id)}"]`).map(findingOf);
    return [...new Set([...back, ...there])].filter(Boolean);
  }

  /** Return a rule that touched a figure with what it found here; where that cannot be told, what it found at all. */
  function ruleLine(position, figure, concerned) {
    const row = document.getElementById(`r-${position}`);
    if (!row) return null;
    const head = one("th", row);
    const id = one("code", head).textContent;
    const name = head.textContent.replace(id, "").trim();
    const failing = concerned.filter((finding) => finding.rule === id);
    const anywhere = findings.filter((finding) => finding.rule === id);
    // Findings link to every cell that they compare, but not to every number of the narrative.
    const sure = failing.length || !anywhere.length || figure.matches("td, .k");
    const told = failing.length ? failing : sure ? [] : anywhere;
    const links = told.slice(0, 5).flatMap((finding) =>
      [make("a", { href: `#${finding.node.id}` }, `#${finding.id.slice(0, 8)}`), " "]);
    let verdict = make("p", { class: "k" }, `✓ ${say("rule.agrees")}`);
    if (failing.length) verdict = make("p", { class: "x" }, `✗ ${say("rule.differs")} `, ...links);
    else if (!sure) verdict = make("p", {}, `${say("rule.somewhere", { count: anywhere.length })} `, ...links);
    return make("li", {}, make("a", { href: `#r-${position}` }, make("code", {}, id), ` ${name}`), verdict);
  }

  function openPopover(figure) {
    closePopover(false);
    const positions = (figure.dataset.r || "").split(" ").filter(Boolean);
    const concerned = findingsOn(figure);
    const lines = positions.map((position) => ruleLine(position, figure, concerned)).filter(Boolean);
    const text = [...figure.childNodes].filter((node) => node.nodeName !== "I").map((node) => node.textContent).join("");
    const close = button(say("close"), { class: "close" });
    popover = make(
      "div", { id: "popover", role: "dialog", "aria-labelledby": "popover-h", tabindex: "-1" },
      make("p", { id: "popover-h" }, make("b", {}, text.trim() || say("blank")), figure.title ? ` ${figure.title}` : ""),
      lines.length ? make("p", { class: "count" }, say("rules.count", { count: lines.length })) : make("p", {}, say("rules.none")),
      lines.length ? make("ul", {}, ...lines) : null,
      close,
    );
    close.addEventListener("click", () => closePopover(true));
    opener = figure;
    figure.setAttribute("aria-expanded", "true");
    document.body.append(popover);
    place();
    popover.focus({ preventScroll: true });
  }

  /** Put the popover below its figure, or above where there is no room; on a phone it is a sheet (script.css). */
  function place() {
    const box = popover;
    const near = opener.getBoundingClientRect();
    const wide = document.documentElement.clientWidth;
    const tall = document.documentElement.clientHeight;
    const { width, height } = box.getBoundingClientRect();
    const below = near.bottom + 6 + height <= tall || near.top < height + 6;
    box.style.left = `${Math.max(8, Math.min(near.left, wide - width - 8)) + window.scrollX}px`;
    box.style.top = `${(below ? near.bottom + 6 : near.top - height - 6) + window.scrollY}px`;
  }

  function closePopover(back) {
    if (!popover) return;
    const figure = opener;
    popover.remove();
    popover = opener = null;
    figure.removeAttribute("aria-expanded");
    if (back) enter(figure);
  }

  /* ---- Print ---- */

  const title = document.title;
  let folded = [];

  /** Open what is folded, since paper cannot be clicked; what was filtered out prints, too (script.css). */
  function beforePrint() {
    folded = all("details:not([open])");
    for (const each of folded) each.open = true;
  }

  function afterPrint() {
    for (const each of folded) each.open = false;
    folded = [];
    document.body.dataset.print = "full";
    document.title = title;
  }

  function print(mode) {
    closePopover(false);
    document.body.dataset.print = mode;
    document.title = `${title} ${say(`print.${mode}`)}`;
    window.print();
  }

  /* ---- Events: a few for the whole page, none a finding or a figure ---- */

  function onClick(event) {
    const { target } = event;
    const choice = target.closest("[data-mark]");
    if (choice && choice.closest(".marking")) return mark(findingOf(choice), choice.dataset.mark);
    const note = target.closest("[data-note]");
    if (note) return openNote(findingOf(note));
    const link = target.closest("a[href^='#']");
    if (link) {
      closePopover(false);
      if (link.hash && link.hash === location.hash) setTimeout(arrive); // no change of address, and yet a wish to go
      return undefined;
    }
    const figure = target.closest(FIGURE);
    if (figure && !String(window.getSelection()).trim()) return openPopover(figure);
    if (popover && !popover.contains(target)) closePopover(false);
    return undefined;
  }

  function listen() {
    document.addEventListener("click", onClick);
    document.addEventListener("keydown", onKey);
    document.addEventListener("focusin", ({ target }) => {
      const finding = findingOf(target);
      if (finding && finding !== here) {
        if (here) here.node.removeAttribute("aria-current");
        here = finding;
        here.node.setAttribute("aria-current", "true");
      }
      if (popover && !popover.contains(target)) closePopover(false);
    });
    let writing = 0;
    for (const [kind, delay] of [["input", 500], ["change", 0]]) {
      document.addEventListener(kind, ({ target }) => {
        const area = target.closest(".marking textarea");
        if (!area) return;
        clearTimeout(writing);
        writing = setTimeout(() => change(findingOf(area), { note: area.value.slice(0, LONGEST_NOTE) }), delay);
      });
    }
    bar.addEventListener("change", ({ target }) => {
      if (!target.matches("select")) return;
      apply();
      remember(true);
    });
    let waiting = 0;
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        apply();
        remember(false);
      }, 120);
    });
    clear.addEventListener("click", () => {
      choose("");
      remember(true);
      search.focus();
    });
    tools.export.addEventListener("click", exportMarks);
    tools.import.addEventListener("click", () => picker.click());
    tools.help.addEventListener("click", openHelp);
    picker.addEventListener("change", () => {
      if (picker.files.length) importMarks(picker.files[0]);
      picker.value = "";
    });
    for (const each of prints) each.addEventListener("click", () => print(each.dataset.mode));
    // What is laid out only when it comes into view moves the figures below it.
    for (const kind of ["scroll", "resize"]) {
      window.addEventListener(kind, () => popover && place(), { capture: true, passive: true });
    }
    window.addEventListener("beforeprint", beforePrint);
    window.addEventListener("afterprint", afterPrint);
    window.addEventListener("popstate", arrive);
    window.addEventListener("storage", (event) => {
      if (event.key !== STORE || !storage) return;
      const others = entriesOf(stored(STORE));
      if (others) others.sound.filter(take).forEach((entry) => paint(byId.get(entry.id)));
      showProgress();
    });
  }

  /** Put in the mark buttons of findings shortly before they come into view. */
  function fillAhead() {
    if (!("IntersectionObserver" in window)) return findings.forEach(fill);
    const watcher = new IntersectionObserver((seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        watcher.unobserve(target);
        fill(findingOf(target));
      }
    }, { rootMargin: "800px" });
    return findings.forEach((finding) => watcher.observe(finding.node));
  }

  try {
    keysOn = localStorage.getItem(SWITCH) !== "off";
  } catch {
    keysOn = true;
  }
  recall();
  build();
  findings.filter((finding) => marks.has(finding.id)).forEach(fill);
  showStorage();
  apply();
  enterGrids();
  fillAhead();
  listen();
  arrive();
})();
