// What is typed into a form of the desk stays in this browser until it is saved, and is back in the form after that:
// after leaving, a reload, a crash, a sign-in that has run out. Without this file forms work as usual.
// A form with data-draft="off", or with a password, is left alone; any other data-draft names its draft.
const place = document.getElementById("drafts");
const words = place.dataset;
const OWN = `draft:${words.owner}:`;
const DAYS = 30;
const TEXT = "textarea, input:not([type]), [type=text], [type=email], [type=url], [type=tel], [type=number], [type=date], [type=time], [type=datetime-local]";
const SECRET = "[type=password], [autocomplete=one-time-code]";
const IDLE = ["submit", "button", "reset", "image", "file", "hidden", "search"];
const MARKS = ["seen", "opened"];
const PAUSE = 250; // milliseconds after the last key

const clock = (at) => at.toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const controlsOf = (form) => [...form.elements].filter((box) => box.name && box.matches("input, select, textarea") && !IDLE.includes(box.type));
const marksOf = (form) => MARKS.map((name) => form.querySelector(`input[type=hidden][name=${name}]`)).filter(Boolean);
const ticks = (box) => box.type === "checkbox" || box.type === "radio";

function read(form) {
  const said = {};
  for (const box of controlsOf(form)) {
    const values = said[box.name] ??= [];
    if (box.multiple) values.push(...[...box.selectedOptions].map((option) => option.value));
    else if (!ticks(box) || box.checked) values.push(box.value);
  }
  return said;
}

function write(form, said) {
  for (const [name, values] of Object.entries(said)) {
    const boxes = controlsOf(form).filter((box) => box.name === name);
    boxes.forEach((box, at) => {
      if (ticks(box)) box.checked = values.includes(box.value);
      else if (box.multiple) for (const option of box.options) option.selected = values.includes(option.value);
      else box.value = values[at] ?? "";
    });
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

// Rows of a list may have moved since: each is known again by the hidden id beside it.
const rowOf = (name) => /^(.+?-)(\d+)(-.+)$/.exec(name) ?? [];
const idOf = (form, name) => {
  const [, list, row] = rowOf(name);
  return list && form.querySelector(`input[type=hidden][name="${CSS.escape(`${list}${row}-id`)}"]`);
};

function nameNow(form, name, id) {
  const [, list, row, rest] = rowOf(name);
  if (!list || !idOf(form, name)) return name.replace(/^both\./, "");
  const rows = [...form.querySelectorAll(`input[type=hidden][name^="${CSS.escape(list)}"][name$="-id"]`)];
  const there = rows.filter((box) => box.value === (id ?? "") && box.name.slice(list.length).match(/^\d+-id$/));
  const moved = there.find((box) => box.name === `${list}${row}-id`) ?? there[0];
  return moved ? moved.name.replace(/id$/, rest.slice(1)) : "";
}

class Draft {
  constructor(form, key) {
    Object.assign(this, { form, key, first: read(form), marks: marksOf(form).map((box) => box.value), names: new Set() });
    const kept = this.kept();
    if (kept?.sent && words.saved.split(" ").includes(encodeURIComponent(key))) this.forget();
    else if (kept?.sent && words.posted) for (const name of Object.keys(kept.fields)) this.names.add(name);
    else if (kept) this.putBack(kept);
    if (this.names.size) this.keep();
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.keep());
    form.addEventListener("formdata", ({ formData }) => formData.set("draft.key", key));
    form.addEventListener("submit", () => this.keep(Date.now()));
  }

  kept() {
    try {
      return JSON.parse(localStorage.getItem(OWN + this.key));
    } catch {
      return null;
    }
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  // Only what was touched: what somebody else saves meanwhile in other fields is never written over.
  keep(sent = 0) {
    clearTimeout(this.timer);
    this.timer = null;
    const now = read(this.form), fields = {}, rows = {};
    for (const [name, values] of Object.entries(now)) {
      if (!this.names.has(name) && same(values, this.first[name] ?? [])) continue;
      fields[name] = values;
      if (idOf(this.form, name)) rows[name] = idOf(this.form, name).value;
    }
    if (!Object.keys(fields).length) return this.forget();
    const marks = marksOf(this.form).map((box) => box.value);
    try {
      localStorage.setItem(OWN + this.key, JSON.stringify({ at: Date.now(), sent, fields, rows, marks }));
      guard(false);
      this.say(words.kept.replace("{time}", clock(new Date())));
    } catch {
      this.say("");
      guard(!sent); // a full or closed store: the page asks before it is left
    }
  }

  // A text whose field is no longer there is shown instead, so that it can be copied.
  putBack({ at, fields, rows, marks }) {
    const said = {}, homeless = [];
    for (const [name, values] of Object.entries(fields)) {
      const now = nameNow(this.form, name, rows[name]);
      if (name.startsWith("take.")) continue;
      if (now in this.first) said[now] = values;
      else homeless.push(...values.filter((text) => text.length > 3));
    }
    const changed = Object.entries(said).some(([name, values]) => !same(values, this.first[name]));
    if (!changed && !homeless.length) return this.forget();
    for (const name of Object.keys(said)) this.names.add(name);
    marksOf(this.form).forEach((box, which) => { box.value = marks[which] ?? box.value; });
    write(this.form, said);
    for (const box of controlsOf(this.form)) if (box.name in said) box.closest("details:not([open])")?.setAttribute("open", "");
    this.tell(new Date(at), homeless);
  }

  tell(at, homeless) {
    const notice = place.querySelector("template").content.firstElementChild.cloneNode(true);
    const today = at.toDateString() === new Date().toDateString();
    const when = today ? clock(at) : at.toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
    for (const text of homeless) notice.append(Object.assign(document.createElement("p"), { className: "lines", textContent: text }));
    notice.querySelector("button").addEventListener("click", () => this.discard(notice));
    this.form.prepend(notice);
    notice.querySelector("span").textContent = words.back.replace("{time}", when);
  }

  discard(notice) {
    this.names.clear();
    marksOf(this.form).forEach((box, which) => { box.value = this.marks[which]; });
    write(this.form, this.first);
    this.forget();
    notice.remove();
    controlsOf(this.form).find((box) => box.matches(TEXT))?.focus();
  }

  // At the foot of the form, beside the button that saves.
  say(state) {
    const foot = this.form.querySelector("[data-save-state]");
    if (foot) foot.textContent = state;
  }

  forget() {
    clearTimeout(this.timer);
    this.say("");
    localStorage.removeItem(OWN + this.key);
    guard(false);
  }
}

const ask = (event) => event.preventDefault();
const guard = (on) => (on ? addEventListener : removeEventListener)("beforeunload", ask);

const keyOf = (form) => {
  const action = new URL(form.getAttribute("action") || location.href, location.href);
  return form.dataset.draft || action.pathname + action.search;
};

function sweep(isOld) {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith("draft:"))) {
    if (isOld(key)) localStorage.removeItem(key);
  }
}

function begin() {
  const oldest = Date.now() - DAYS * 86_400_000;
  sweep((key) => !(JSON.parse(localStorage.getItem(key))?.at > oldest));
  const drafts = [];
  for (const form of document.querySelectorAll("main form[method=post]")) {
    if (form.dataset.draft === "off" || form.querySelector(SECRET) || !controlsOf(form).some((box) => box.matches(TEXT))) continue;
    const twins = drafts.filter((draft) => draft.key.split("#")[0] === keyOf(form)).length;
    drafts.push(new Draft(form, keyOf(form) + (twins ? `#${twins}` : "")));
  }
  addEventListener("pagehide", () => drafts.forEach((draft) => draft.timer && draft.keep()));
  document.addEventListener("submit", ({ target }) => {
    if (new URL(target.action, location.href).pathname === words.leaving) sweep((key) => key.startsWith(OWN));
  });
}

try {
  begin();
} catch (fault) {
  if (!(fault instanceof DOMException)) throw fault; // a browser that keeps nothing at all
}
