"use strict";
// Text of strangers becomes text on the page here, and nowhere else: no markup is ever made of it.

/** What cannot be seen, changes the order of others, or stands for a byte: as in drawn.py. */
const UNSEEN = /(?! )[\p{C}\p{Z}]/u;
const UNSEEN_PARTS = /(\r\n|(?! )[\p{C}\p{Z}])/u;
const SIGNS = { "\r\n": "⏎", "\n": "⏎", "\u00a0": "⍽", "\x7f": "␡" };

/** An element with a class, and text or elements in it. */
function make(name, className, ...content) {
  const element = document.createElement(name);
  if (className) element.className = className;
  for (const one of content) element.append(typeof one === "string" ? painted(one) : one);
  return element;
}

/** Text in which what cannot be seen is shown by a sign or by its number. */
function painted(text) {
  if (!UNSEEN.test(text)) return document.createTextNode(text);
  const parts = document.createDocumentFragment();
  for (const part of text.split(UNSEEN_PARTS)) {
    parts.append(part.length <= 2 && UNSEEN.test(part) ? sign(part) : part);
  }
  return parts;
}

/** The same for where there can be nothing but text. */
function said(text) {
  return painted(text).textContent;
}

function sign(letter) {
  const element = document.createElement("span");
  const number = letter.codePointAt(0);
  const picture = SIGNS[letter] ?? (number < 0x20 && String.fromCharCode(0x2400 + number));
  element.className = picture ? "sign picture" : "sign";
  element.textContent = picture || `⟨${number.toString(16).toUpperCase().padStart(4, "0")}⟩`;
  return element;
}

/** A word as it may stand in a line: nothing, and blanks alone, are drawn. */
function visible(text) {
  return /[^ ]/.test(text) ? text : text.replaceAll(" ", "␣") || "∅";
}

/** What a letter is looked for as, and with `loose` without its marks; nothing of a mark itself. */
function plainLetter(letter, loose) {
  if (!loose) return letter.toLowerCase();
  return letter.normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase().replace("đ", "d");
}

/** By the number of a letter, once it was met: that of the one it is looked for as, or GONE. */
const plain = [new Uint16Array(0x10000), new Uint16Array(0x10000)];
const GONE = 0xffff;
let units = new Uint16Array(1 << 12);

/** The text in which letters are looked for: with `loose`, those without marks find the others. */
function folded(text, loose) {
  const known = plain[+loose];
  if (!loose && COMBINING.test(text)) text = text.normalize("NFC");
  if (text.length > units.length) units = new Uint16Array(2 * text.length);
  let size = 0;
  for (let one = 0; one < text.length; one++) {
    const unit = text.charCodeAt(one);
    let found = known[unit];
    if (found === 0) {
      const letter = plainLetter(text[one], loose);
      found = known[unit] = letter ? letter.charCodeAt(0) : GONE;
    }
    if (found !== GONE) units[size++] = found;
  }
  let made = "";
  for (let done = 0; done < size; done += 1 << 13) {
    made += String.fromCharCode.apply(null, units.subarray(done, Math.min(size, done + (1 << 13))));
  }
  return made;
}
const COMBINING = /[\u0300-\u036f]/;

const number = new Intl.NumberFormat("en").format;

/** A message in the language of the page, with what `{name}` stands for in its place. */
function say(message, values = {}) {
  const found = facts.messages[message] ?? message;
  return found.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** One of two messages, as the count wants it, which is `{count}` in them. */
function counted(count, one, many, values = {}) {
  return say(count === 1 ? one : many, { count: number(count), ...values });
}

const at = (id) => document.getElementById(id);
