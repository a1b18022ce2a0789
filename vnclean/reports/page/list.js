// The list: only what can be seen, and some more, is on the page.

/** Heights of which sums are asked for and single ones change: a Fenwick tree. */
class Heights {
  constructor(heights) {
    this.single = heights;
    this.tree = new Float64Array(heights.length + 1);
    for (let one = 1; one < this.tree.length; one++) {
      this.tree[one] += heights[one - 1];
      const parent = one + (one & -one);
      if (parent < this.tree.length) this.tree[parent] += this.tree[one];
    }
    this.top = 1;
    while (this.top * 2 < this.tree.length) this.top *= 2;
  }

  set(index, height) {
    const more = height - this.single[index];
    this.single[index] = height;
    for (let one = index + 1; one < this.tree.length; one += one & -one) this.tree[one] += more;
  }

  /** The sum of the heights before `index`. */
  before(index) {
    let sum = 0;
    for (let one = index; one > 0; one -= one & -one) sum += this.tree[one];
    return sum;
  }

  /** The last one that begins at or above `y`. */
  find(y) {
    let index = 0;
    for (let step = this.top; step; step >>= 1) {
      if (index + step < this.tree.length && this.tree[index + step] <= y) {
        index += step;
        y -= this.tree[index];
      }
    }
    return Math.min(index, this.single.length - 1);
  }
}

/** How far beyond what can be seen rows are made, and how many are printed. */
const BEYOND = 500;
const PRINTED = 3000;

class List {
  /** `render` makes the element of an item, `guesser` what says how high it will be. */
  constructor(frame, pane, render, guesser) {
    Object.assign(this, { frame, pane, render, guesser });
    this.items = new Int32Array(0);
    this.heights = new Heights(new Float64Array(0));
    this.shown = new Map();
    this.waiting = false;
    this.everything = false;
    addEventListener("scroll", () => this.later(), { passive: true });
    this.width = 0;
    new ResizeObserver(() => {
      if (frame.clientWidth !== this.width) this.show(this.items, true);
    }).observe(frame);
    addEventListener("beforeprint", () => this.printing(true));
    addEventListener("afterprint", () => this.printing(false));
  }

  /** Shows other items; with `stay` the same ones, anew, from the same one on. */
  show(items, stay = false) {
    const top = this.top();
    const first = stay && items.length ? this.heights.find(Math.max(0, top)) : 0;
    const within = top - this.heights.before(first);
    this.width = this.frame.clientWidth;
    this.items = items;
    this.heights = new Heights(Float64Array.from(items, this.guesser()));
    this.shown.clear();
    this.pane.replaceChildren();
    if (stay && top > 0) scrollTo(0, scrollY + this.heights.before(first) + within - top);
    this.draw();
  }

  /** How far the list has been scrolled. */
  top() {
    return -this.frame.getBoundingClientRect().top;
  }

  later() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.draw();
    });
  }

  draw() {
    if (this.everything) return;
    for (let round = 0; round < 4 && this.drawOnce(); round++);
  }

  /** Makes what is to be seen; true if it turned out to be of other heights than guessed. */
  drawOnce() {
    const { items, heights } = this;
    const top = this.top();
    const anchor = items.length ? heights.find(Math.max(0, top)) : 0;
    const within = top - heights.before(anchor);
    const first = items.length ? heights.find(Math.max(0, top - BEYOND)) : 0;
    let end = first;
    const low = Math.max(0, top) + innerHeight + BEYOND;
    for (let y = heights.before(first); end < items.length && y < low; end++) {
      y += heights.single[end];
    }
    this.place(first, end);
    let changed = false;
    for (const [index, element] of this.shown) {
      const height = element.getBoundingClientRect().height;
      if (Math.abs(height - heights.single[index]) > 0.1) {
        heights.set(index, height);
        changed = true;
      }
    }
    this.frame.style.height = `${heights.before(items.length)}px`;
    this.pane.style.transform = `translateY(${heights.before(first)}px)`;
    const moved = heights.before(anchor) + within - top;
    if (top > 0 && Math.abs(moved) > 0.5) scrollBy(0, moved);
    return changed;
  }

  /** Has the items from `first` to `end` on the page, and no others. */
  place(first, end) {
    for (const [index, element] of this.shown) {
      if (index < first || index >= end) {
        element.remove();
        this.shown.delete(index);
      }
    }
    let next = this.pane.firstChild;
    for (let index = first; index < end; index++) {
      const known = this.shown.get(index);
      if (known) {
        next = known.nextSibling;
        continue;
      }
      const element = this.render(this.items[index]);
      this.shown.set(index, element);
      this.pane.insertBefore(element, next);
    }
  }

  /** Brings an item where it is seen well; returns its element. */
  reveal(index, covered) {
    for (let round = 0; round < 3; round++) {
      const element = this.shown.get(index);
      const box = element?.getBoundingClientRect();
      const seen = box && box.top >= covered && box.top + Math.min(box.height, 200) < innerHeight;
      if (seen) return element;
      const y = scrollY - this.top() + this.heights.before(index);
      scrollTo(0, y - covered - (innerHeight - covered) / 4);
      this.draw();
    }
    return this.shown.get(index);
  }

  /** On paper all is there at once, as far as that makes sense. */
  printing(begins) {
    this.everything = begins;
    if (begins) this.place(0, Math.min(this.items.length, PRINTED));
    else this.show(this.items, true);
  }
}
