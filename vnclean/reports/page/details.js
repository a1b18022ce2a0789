// What is known of one edit, beside it.

class Details {
  constructor(panel) {
    this.panel = panel;
    this.mark = null;
    this.leaving = 0;
    const list = at("list");
    list.addEventListener("pointerover", (event) => this.meant(event));
    list.addEventListener("focusin", (event) => this.meant(event));
    list.addEventListener("click", (event) => this.meant(event));
    list.addEventListener("focusout", () => this.leave());
    list.addEventListener("pointerout", (event) => {
      if (event.pointerType !== "touch") this.leave();
    });
    panel.addEventListener("pointerenter", () => clearTimeout(this.leaving));
    panel.addEventListener("pointerleave", () => this.leave());
    addEventListener("scroll", () => this.follow(), { passive: true });
    addEventListener("pointerdown", (event) => {
      if (!panel.contains(event.target) && !event.target.closest?.("[data-edit]")) this.close();
    });
  }

  meant(event) {
    const mark = event.target.closest("[data-edit]");
    if (mark && !mark.classList.contains("off")) this.open(mark);
  }

  open(mark) {
    clearTimeout(this.leaving);
    if (mark === this.mark) return;
    this.close();
    this.mark = mark;
    mark.setAttribute("aria-describedby", "details");
    this.panel.replaceChildren(...describe(+mark.dataset.edit));
    this.panel.hidden = false;
    this.follow();
    const [under, above] = [mark.getBoundingClientRect(), this.panel.getBoundingClientRect()];
    const covers = above.width === innerWidth && under.bottom > above.top;
    if (covers) scrollBy(0, under.bottom - above.top + 24);
  }

  /** Closes soon, unless the pointer comes back or the edit has the focus. */
  leave() {
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => {
      if (this.mark !== document.activeElement) this.close();
    }, 250);
  }

  close() {
    clearTimeout(this.leaving);
    this.mark?.removeAttribute("aria-describedby");
    this.mark = null;
    this.panel.hidden = true;
  }

  /** Stays beside its edit; goes when that does. */
  follow() {
    if (!this.mark) return;
    if (!this.mark.isConnected) {
      this.close();
      return;
    }
    const mark = this.mark.getClientRects()[0] ?? this.mark.getBoundingClientRect();
    const panel = this.panel.getBoundingClientRect();
    const left = Math.min(mark.left, document.documentElement.clientWidth - panel.width - 12);
    const below = mark.bottom + 8 + panel.height <= innerHeight;
    this.panel.style.left = `${Math.max(12, left)}px`;
    this.panel.style.top = `${below ? mark.bottom + 8 : Math.max(8, mark.top - 8 - panel.height)}px`;
  }
}

function describe(one) {
  const edit = edits[one];
  const row = rows[rowOf[one]];
  const pair = make("p", "pair");
  pair.append(
    make("span", "was", visible(beforeOf(row, edit))),
    make("span", "arrow", "→"),
    make("span", edit[APPLIED] ? "edit" : "edit left", visible(edit[AFTER])),
  );
  const list = make("dl");
  const tell = (name, value) => list.append(make("dt", "", name), make("dd", "", value));
  tell(say("kind"), facts.kind_names[edit[KIND]]);
  const mode = facts.mode_names[edit[MODE]];
  if (mode) tell(say("mode"), mode);
  tell(say("confidence"), (edit[CONFIDENCE] / 10000).toFixed(4).replace(/0{1,2}$/, ""));
  if (!edit[APPLIED]) tell(say("left alone"), say(facts.reasons[edit[REASON]]));
  const path = facts.paths[row[DOCUMENT]];
  const cell = row.length > FIELD ? ` ${row[FIELD]}` : "";
  tell(say("place"), `${path === "-" ? say("standard input") : path}:${row[LINE]}:${edit[AT_COLUMN]}${cell}`);
  const parts = [pair, list];
  if (edit[OTHERS]?.length) {
    const others = make("ul", "others");
    others.setAttribute("aria-label", say("other readings"));
    for (const [word, chance] of edit[OTHERS]) others.append(renderOther(word, chance));
    parts.push(others);
  }
  return parts;
}

function renderOther(word, chance) {
  const bar = make("i");
  bar.style.width = `${chance * 100}%`;
  return make("li", "", make("span", "word", visible(word)), make("span", "track", bar),
    make("span", "number", chance.toFixed(4)));
}
