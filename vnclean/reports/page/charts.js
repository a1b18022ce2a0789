// The totals and the charts above the text; a bar that is pressed is a filter.

function renderTotals() {
  const tile = (name, value) => {
    const group = make("div");
    group.append(make("dt", "", name), make("dd", "", value));
    at("totals").append(group);
  };
  tile(say("repairs"), number(facts.repairs));
  tile(say("left alone"), number(facts.left_alone));
  tile(facts.documents === 1 ? say("document") : say("documents"),
    facts.documents === null ? say("very many") : number(facts.documents));
  const all = facts.confidence.repairs;
  const sure = all.slice(-1)[0];
  if (facts.repairs) tile(say("of the repairs surer than 0.95"), `${Math.floor(100 * sure / facts.repairs)} %`);
  for (const [name, count] of Object.entries(facts.encodings)) tile(say("documents in {name}", { name }), number(count));
  if (facts.kept_bytes) tile(say("bytes that are no text, kept"), number(facts.kept_bytes));
}

/** How many repairs, and how many were left alone if any. */
function told(repairs, left) {
  const made = counted(repairs, "{count} repair", "{count} repairs");
  return left ? say("{repairs}, {count} left alone", { repairs: made, count: number(left) }) : made;
}

/** Bars of counts: `[name, repairs, left alone, press, pressed, shown]`; without `press` no filter. */
function renderBars(title, className, lines) {
  const chart = make("section", `chart ${className}`, make("h2", "", title));
  const list = make("ul");
  const most = Math.max(1, ...lines.map(([, repairs, left]) => repairs + left));
  for (const [name, repairs, left, press, pressed, short] of lines) {
    const track = make("span", "track", make("i"), make("i"));
    track.firstChild.style.width = `${100 * repairs / most}%`;
    track.lastChild.style.width = `${100 * left / most}%`;
    const button = make(press ? "button" : "div", "bar", make("span", "name", short ?? name), track,
      make("span", "number", number(repairs || left)));
    button.title = `${said(name)}: ${told(repairs, left)}`;
    if (press) {
      button.type = "button";
      button.setAttribute("aria-label", button.title);
      button.addEventListener("click", press);
      watchers.push((filter) => button.setAttribute("aria-pressed", pressed(filter)));
    }
    list.append(make("li", "", button));
  }
  chart.append(list);
  return chart;
}

/** The end of a path, as its beginning is that of many. */
function shortened(path) {
  return path.length > 20 ? `…${path.slice(-19)}` : path;
}

const watchers = [];  // told of each new filter

function svg(name, attributes, ...content) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...content);
  return element;
}

/** How sure repairs are: a column for each twentieth. */
function renderHistogram(press) {
  const { repairs, left_alone: left } = facts.confidence;
  const [width, height, bins] = [560, 160, repairs.length];
  const most = Math.max(1, ...repairs.map((count, bin) => count + left[bin]));
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height + 1}`, preserveAspectRatio: "none", class: "histogram", role: "group", "aria-label": say("Repairs by confidence") });
  drawing.append(svg("line", { x1: 0, x2: width, y1: height + .5, y2: height + .5 }));
  const step = width / bins;
  repairs.forEach((count, bin) => {
    const high = (some) => some && Math.max(2, (height - 8) * some / most);
    const x = bin * step + 2;
    const upper = high(count);
    drawing.append(svg("rect", { class: "column", x, width: step - 4, y: height - upper, height: upper, rx: 2 }));
    const more = high(left[bin]);
    drawing.append(svg("rect", { class: "left", x, width: step - 4, y: Math.max(0, height - upper - more), height: more, rx: 2 }));
    if (count + left[bin] === 0) return;
    const [from, to] = [bin / bins, (bin + 1) / bins].map((value) => value.toFixed(2));
    const made = counted(count, "{count} repair", "{count} repairs");
    const name = say("{from} to {to}: {repairs}, {count} left alone",
      { from, to, repairs: made, count: number(left[bin]) });
    const hit = svg("rect", { class: "hit", x: bin * step, y: 0, width: step, height, tabindex: 0, role: "button", "aria-label": name }, svg("title", {}, name));
    const chosen = { least: Math.round(from * 10000), most: Math.round(to * 10000) };
    hit.addEventListener("click", () => press(chosen));
    hit.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        press(chosen);
      }
    });
    watchers.push((filter) => hit.setAttribute("aria-pressed",
      filter.least === chosen.least && filter.most === chosen.most));
    drawing.append(hit);
  });
  const axis = make("p", "axis", ...["0.0", "0.5", "1.0"].map((name) => make("span", "", name)));
  const legend = make("p", "legend", make("span", "", say("repairs")), make("span", "", say("left alone")));
  return make("section", "chart", make("h2", "", say("How sure")), drawing, axis, legend);
}
