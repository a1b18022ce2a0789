// What a line of text looks like, with its edits in it.

/** Below this an applied repair is worth a second look. */
const DOUBTFUL = 8000;

const view = { sides: false, passed: new Uint8Array(0), current: -1 };

function renderItem(item) {
  return item < 0 ? renderName(-1 - item) : renderRow(item);
}

function renderName(document) {
  const path = facts.paths[document];
  const element = make("h2", "name-row", path === "-" ? say("standard input") : path);
  const origin = facts.origins.find((one) => one[0] === path);
  if (origin) {
    const kept = origin[2]
      ? counted(origin[2], ", {count} byte that are no text", ", {count} bytes that are no text") : "";
    element.append(make("span", "origin", origin[1] + kept));
  }
  return element;
}

function renderRow(number) {
  const row = rows[number];
  const element = make("div", row[EDITS].length ? "row" : "row plain");
  const cell = row.length > FIELD ? ` ${row[FIELD]}` : "";
  const place = row[COLUMN] > 1 ? `${row[LINE]}:${row[COLUMN]}` : `${row[LINE]}`;
  element.append(make("div", "line", place + cell));
  if (view.sides) element.append(renderText(number, false));
  element.append(renderText(number, true));
  return element;
}

/** The text of a row as it was read, or as it is `repaired`. */
function renderText(number, repaired) {
  const text = rows[number][TEXT];
  const element = make("p");
  const applied = rows[number][EDITS].filter((edit) => edit[APPLIED]);
  let done = 0;
  for (let one = firstEdit[number]; one < firstEdit[number + 1]; one++) {
    const edit = edits[one];
    if (edit[OFFSET] > done) {
      element.append(painted(text.slice(done, edit[OFFSET])));
      done = edit[OFFSET];
    }
    const beside = !edit[APPLIED] && applied.some((other) => overlap(edit, other));
    if (beside || edit[OFFSET] < done) {  // the place is another one's
      element.append(renderEdit(one, "⁕", repaired));
      continue;
    }
    const before = beforeOf(rows[number], edit);
    const word = repaired && edit[APPLIED] ? edit[AFTER] : before;
    element.append(renderEdit(one, visible(word), repaired));
    done = edit[OFFSET] + edit[SIZE];
  }
  if (done < text.length) element.append(painted(text.slice(done)));
  return element;
}

function overlap(edit, other) {
  return edit[OFFSET] < other[OFFSET] + other[SIZE] && other[OFFSET] < edit[OFFSET] + edit[SIZE];
}

function renderEdit(one, word, repaired) {
  const edit = edits[one];
  const element = make(repaired ? "ins" : "del", repaired ? "edit" : "was", word);
  element.dataset.edit = one;
  const names = element.classList;
  names.toggle("left", !edit[APPLIED]);
  names.toggle("off", !view.passed[one]);
  if (!repaired) return element;
  names.toggle("doubtful", edit[APPLIED] === 1 && edit[CONFIDENCE] < DOUBTFUL);
  names.toggle("current", one === view.current);
  if (view.passed[one]) {
    const before = visible(beforeOf(rows[rowOf[one]], edit));
    element.dataset.before = said(before);
    element.tabIndex = 0;
    element.setAttribute("role", "button");
    const told = edit[APPLIED]
      ? say("{word}, was {before}, {kind}", { word, before, kind: facts.kind_names[edit[KIND]] })
      : say("{word}, left alone, may be {after}", { word, after: visible(edit[AFTER]) });
    element.setAttribute("aria-label", said(told));
  }
  return element;
}

/** Says how high an item will be, about: its letters in lines of the width that there is. */
function makeGuess() {
  const narrow = innerWidth <= 760;
  const room = at("list").clientWidth - (narrow ? 0 : 88);
  const width = view.sides ? (narrow ? room : room / 2) : Math.min(room, 782);
  const letters = Math.max(10, width / 8.2);
  const times = view.sides && narrow ? 2 : 1;
  return (item) => {
    if (item < 0) return 58;
    const lines = Math.ceil(rows[item][TEXT].length / letters) || 1;
    return 10 + 28 * lines * times + (narrow ? 21 : 0);
  };
}
