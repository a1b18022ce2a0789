// The rows and edits of the report, and which of them a filter lets through.

const facts = JSON.parse(document.querySelector("script.facts").textContent);
/** Each: document, line, column, text, edits, and the field of a record. */
const rows = [];
const [DOCUMENT, LINE, COLUMN, TEXT, EDITS, FIELD] = [0, 1, 2, 3, 4, 5];
/** Each: place and size in its row, and what a line of the report says. */
const edits = [];
const [OFFSET, SIZE, AFTER, KIND, MODE, CONFIDENCE, APPLIED, AT_COLUMN, OTHERS, REASON] =
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

for (const element of document.querySelectorAll("script.rows")) {
  for (const row of JSON.parse(element.textContent)) rows.push(row);
  element.remove();
}
/** The first edit of each row, and the row of each edit. */
const firstEdit = new Uint32Array(rows.length + 1);
for (let row = 0; row < rows.length; row++) {
  firstEdit[row] = edits.length;
  for (const edit of rows[row][EDITS]) edits.push(edit);
}
firstEdit[rows.length] = edits.length;
const rowOf = new Uint32Array(edits.length);
for (let row = 0; row < rows.length; row++) rowOf.fill(row, firstEdit[row], firstEdit[row + 1]);

const beforeOf = (row, edit) => row[TEXT].slice(edit[OFFSET], edit[OFFSET] + edit[SIZE]);

/** The text with what was repaired, and then what else it may be. */
function repairedText(row) {
  let [text, others, done] = ["", "", 0];
  for (const edit of row[EDITS]) {
    if (!edit[APPLIED]) others += `\n${edit[AFTER]}`;
    else if (edit[OFFSET] >= done) {
      text += row[TEXT].slice(done, edit[OFFSET]) + edit[AFTER];
      done = edit[OFFSET] + edit[SIZE];
    }
  }
  return text + row[TEXT].slice(done) + others;
}

/** What is looked through for text, made when it is first needed: exact, and without marks. */
const haystacks = [[], []];
function haystack(row, loose) {
  const made = haystacks[+loose];
  if (made[row] === undefined) {
    made[row] = folded(`${rows[row][TEXT]}\n${repairedText(rows[row])}`, loose);
  }
  return made[row];
}

/** Makes the haystacks while nobody asks for anything, a few at a time. */
function prepare(row = 0) {
  const end = Math.min(rows.length, row + 1000);
  for (; row < end; row++) {
    haystack(row, false);
    haystack(row, true);
  }
  if (row < rows.length) setTimeout(prepare, 30, row);
}

const EVERYTHING = { text: "", kind: "", file: "", state: "", least: 0, most: 10000 };

/** Whether each edit passes; text is looked for in the whole line, as it was and as it is. */
function passing(filter) {
  const passed = new Uint8Array(edits.length);
  const kind = filter.kind === "" ? -1 : +filter.kind;
  const state = filter.state === "" ? -1 : +filter.state;
  const loose = /^[\x20-\x7e]*$/.test(filter.text);
  const text = folded(filter.text.trim() || filter.text, loose);
  for (let row = 0; row < rows.length; row++) {
    if (filter.file !== "" && facts.paths[rows[row][DOCUMENT]] !== filter.file) continue;
    if (firstEdit[row] === firstEdit[row + 1]) continue;
    if (text && !haystack(row, loose).includes(text)) continue;
    for (let one = firstEdit[row]; one < firstEdit[row + 1]; one++) {
      const edit = edits[one];
      passed[one] = +(
        (kind < 0 || edit[KIND] === kind) &&
        (state < 0 || edit[APPLIED] === state) &&
        edit[CONFIDENCE] >= filter.least &&
        edit[CONFIDENCE] <= filter.most
      );
    }
  }
  return passed;
}

/** Where each row is among the items; -1 if it is not. */
function placesOf(items) {
  const places = new Int32Array(rows.length).fill(-1);
  for (let index = 0; index < items.length; index++) {
    if (items[index] >= 0) places[items[index]] = index;
  }
  return places;
}

/** What the list shows, in order: rows, and before those of a document its name as -1 - number. */
function itemsOf(passed, everyLine) {
  const items = [];
  let document = -1;
  for (let row = 0; row < rows.length; row++) {
    let shown = everyLine;
    for (let one = firstEdit[row]; !shown && one < firstEdit[row + 1]; one++) shown = passed[one];
    if (!shown) continue;
    if (rows[row][DOCUMENT] !== document) {
      document = rows[row][DOCUMENT];
      items.push(-1 - document);
    }
    items.push(row);
  }
  return Int32Array.from(items);
}
