// The page: filters, keys, themes, and what they do to the list.

const tools = ["text", "kind", "file", "state", "least", "most"];
let filter = { ...EVERYTHING };
let order = [];  // the edits that pass, from first to last
let places = new Int32Array(0);  // of rows among the items

const list = new List(at("list"), at("window"), renderItem, makeGuess);
const details = new Details(at("details"));

function option(value, name) {
  const element = make("option", "", name);
  element.value = value;
  return element;
}

/** Files among which one may be chosen: more make no list that anyone reads. */
const MOST_FILES = 2000;

function fillTools() {
  const kinds = facts.kind_names.map((name, kind) => [name, kind]).sort();
  at("kind").append(option("", say("all")), ...kinds.map(([name, kind]) => option(kind, name)));
  const files = [...new Set(facts.paths)];
  const named = files.slice(0, MOST_FILES);
  at("file").append(option("", say("all {count}", { count: number(files.length) })), ...named.map((path) => option(path, path)));
  for (let part = 0; part <= 20; part++) {
    at("least").append(option(part * 500, (part / 20).toFixed(2)));
    at("most").append(option(part * 500, (part / 20).toFixed(2)));
  }
  at("most").value = 10000;
  at("lines").hidden = rows.every((row) => row[EDITS].length);
}

function renderCharts() {
  const one = (name) => (value) => apply({ [name]: filter[name] === value ? EVERYTHING[name] : value });
  const kind = (name) => String(facts.kind_names.indexOf(name));
  const kinds = Object.entries(facts.kinds).map(([name, { repairs, left_alone: left }]) =>
    [name, repairs, left, () => one("kind")(kind(name)), (now) => now.kind === kind(name)]);
  const files = facts.files.slice(0, 50).map(({ path, repairs, left_alone: left }) =>
    [path, repairs, left, () => one("file")(path), (now) => now.file === path, shortened(path)]);
  const common = facts.commonest.slice(0, 50).map(({ before, after, repairs }) =>
    [`${visible(before)} → ${visible(after)}`, repairs, 0, () => one("text")(before), (now) => now.text === before]);
  const bins = ({ least, most }) => apply(
    filter.least === least && filter.most === most ? { least: 0, most: 10000 } : { least, most });
  const reasons = Object.entries(facts.left_alone_because).map(([reason, count]) => [say(reason), 0, count]);
  const charts = [renderBars(say("Kinds"), "kinds", kinds), renderHistogram(bins)];
  if (files.length > 1) charts.push(renderBars(facts.files.length > 50 ? say("Files with most repairs") : say("Files"), "files", files));
  if (common.length) charts.push(renderBars(say("Commonest repairs"), "common", common));
  if (reasons.length) charts.push(renderBars(say("Left alone, and why"), "reasons", reasons));
  if (charts.length % 2) for (const chart of charts.slice(-3)) chart.classList.add("third");
  at("charts").append(...charts);
}

/** Sets some of the filter, and shows what passes. */
function apply(changes) {
  filter = { ...filter, ...changes };
  for (const name of tools) at(name).value = filter[name];
  refresh();
}

function refresh(stay = false) {
  const narrowed = tools.some((name) => filter[name] !== EVERYTHING[name]);
  view.passed = passing(filter);
  order = [];
  for (let one = 0; one < edits.length; one++) if (view.passed[one]) order.push(one);
  if (!view.passed[view.current]) view.current = -1;
  details.close();
  const items = itemsOf(view.passed, at("whole").checked && !narrowed);
  places = placesOf(items);
  at("reset").hidden = !narrowed;
  at("list").className = view.sides ? "list sides" : "list text";
  list.show(items, stay);
  if (!items.length) {
    at("window").replaceChildren(make("p", "empty",
      edits.length ? say("No repair is like this; show all again, or look for less.")
        : say("Nothing was repaired, and nothing found.")));
    at("list").style.height = "120px";
  }
  if (!stay && list.top() > 0) at("repairs").scrollIntoView();
  for (const watcher of watchers) watcher(filter);
  tellCount();
}

function tellCount() {
  const found = order.indexOf(view.current);
  const all = counted(edits.length, "{count} edit", "{count} edits");
  const of = order.length === edits.length ? all
    : say("{count} of {all}", { count: number(order.length), all });
  at("count").textContent = found < 0 ? of : `${number(found + 1)} / ${of}`;
}

/** How much of the window the tools cover. */
function covered() {
  const sticky = ["tools", "steps"].map(at).find((one) => getComputedStyle(one).position === "sticky");
  return sticky.offsetHeight + 12;
}

/** Goes to the next edit that passes, or with -1 to the previous one. */
function step(way) {
  if (!order.length) return;
  const now = order.indexOf(view.current);
  const first = way > 0 ? 0 : order.length - 1;
  const next = now < 0 ? first : (now + way + order.length) % order.length;
  choose(order[next]);
}

function choose(one) {
  unmark();
  view.current = one;
  const element = list.reveal(places[rowOf[one]], covered());
  const mark = element?.querySelector(`.edit[data-edit="${one}"]`);
  mark?.classList.add("current");
  mark?.focus({ preventScroll: true });
  tellCount();
}

function unmark() {
  for (const mark of document.querySelectorAll(".edit.current")) mark.classList.remove("current");
}

const THEMES = ["system", "light", "dark"];
const THEME_NAMES = {
  system: say("Theme: system"), light: say("Theme: light"), dark: say("Theme: dark"),
};

function setTheme(name) {
  if (name === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  at("theme").textContent = THEME_NAMES[name];
  try {
    localStorage.setItem("vnclean-theme", name);
  } catch { /* a page from a file may have no storage */ }
}

function nextTheme() {
  const now = document.documentElement.dataset.theme ?? "system";
  setTheme(THEMES[(THEMES.indexOf(now) + 1) % THEMES.length]);
}

function setView(sides) {
  view.sides = sides;
  at("view").value = sides ? "sides" : "text";
  refresh(true);
}

const KEYS = {
  n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1),
  v: () => setView(!view.sides), t: nextTheme, r: () => apply(EVERYTHING),
  "/": () => { at("text").focus(); at("text").select(); },
  "?": () => at("help").showModal(),
};

addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    details.close();
    if (event.target === at("text")) at("text").blur();
    return;
  }
  const writing = event.target.matches?.("input[type=search], select") || at("help").open;
  if (writing || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
});

let typing = 0;
for (const name of tools) {
  at(name).addEventListener(name === "text" ? "input" : "change", () => {
    clearTimeout(typing);
    const value = at(name).value;
    const set = () => apply({ [name]: typeof EVERYTHING[name] === "number" ? +value : value });
    if (name === "text") typing = setTimeout(set, 80);
    else set();
  });
}
at("fields").addEventListener("submit", (event) => {
  event.preventDefault();
  step(1);
});
at("list").addEventListener("focusin", (event) => {
  const mark = event.target.closest(".edit[data-edit]");
  if (!mark || +mark.dataset.edit === view.current) return;
  unmark();
  view.current = +mark.dataset.edit;
  mark.classList.add("current");
  tellCount();
});
at("view").addEventListener("change", () => setView(at("view").value === "sides"));
at("whole").addEventListener("change", () => refresh(true));
at("reset").addEventListener("click", () => apply(EVERYTHING));
at("next").addEventListener("click", () => step(1));
at("previous").addEventListener("click", () => step(-1));
at("theme").addEventListener("click", nextTheme);
at("ask").addEventListener("click", () => at("help").showModal());

let theme = null;
try {
  theme = localStorage.getItem("vnclean-theme");
} catch { /* as above */ }
if (THEMES.includes(theme)) setTheme(theme);
at("made").textContent = say("Made by {program}. This page asks no network.", { program: facts.made_by });
const found = facts.repairs + facts.left_alone;
if (facts.edits_shown < found) {
  at("note").hidden = false;
  at("note").textContent = say(
    "The totals count all {found} edits; below are the first {shown} of them.",
    { found: number(found), shown: number(facts.edits_shown) });
}
renderTotals();
fillTools();
renderCharts();
refresh();
setTimeout(prepare, 500);
