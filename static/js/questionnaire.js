// The questionnaire, made nicer: saves as one goes, shows what is asked, keeps what could not be sent.
// All works without it too, and the server judges everything.

// Conditions and calculations: the same trees with the same meaning as in logic/evaluation.py and logic/functions.py.
const number = /^-?[0-9]+(\.[0-9]+)?$/;

function figure(text) {
  if (number.test(text)) return Number(text);
  const day = /^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$/.test(text) ? Date.parse(text + "T00:00Z") : NaN;
  return day === day && new Date(day).toISOString().startsWith(text) ? day / 864e5 : NaN;
}

function worth(answer) {
  if (answer === undefined || answer === null) return "";
  if (typeof answer === "boolean") return answer ? "yes" : "no";
  if (Array.isArray(answer)) return answer.map(worth).join(" ");
  return String(typeof answer === "object" ? answer.amount || "" : answer);
}

function rounded(value, places = 0) {
  if (!(places >= 0 && places <= 10)) return NaN;
  return Math.abs(value) < 1e15 ? Number(value.toFixed(places)) + 0 : value;
}

const written = (value) => (Math.abs(value) < 1e15 ? rounded(value, 10).toFixed(10).replace(/\.?0+$/, "") : "");
const figures = (lists) => lists.flat().filter((text) => text).map(figure);
const total = (values) => values.reduce((sum, value) => sum + value, 0);
const least = (pick) => (...lists) => { const found = figures(lists); return found.length ? pick(...found) : NaN; };
const whole = (change) => ([text]) => change(figure(text)) + 0;
const maths = {
  "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, div: (a, b) => a / b, mod: (a, b) => a % b,
};
const numeric = {
  number: ([text]) => figure(text), int: whole(Math.trunc), floor: whole(Math.floor), ceiling: whole(Math.ceil),
  round: ([text], [places] = ["0"]) => rounded(figure(text), Math.trunc(figure(places))),
  abs: ([text]) => Math.abs(figure(text)), min: least(Math.min), max: least(Math.max),
  sum: (...lists) => total(figures(lists)), count: (list) => list.filter((text) => text).length,
  "string-length": ([text]) => [...text].length,
};
const textual = {
  string: ([text]) => text, concat: (...lists) => lists.map(([text]) => text).join(""),
  coalesce: (...lists) => (lists.find(([text]) => text) ?? [""])[0],
};
const checks = {
  contains: (a, b) => a.includes(b), "starts-with": (a, b) => a.startsWith(b), "ends-with": (a, b) => a.endsWith(b),
  regex: (a, b) => new RegExp(`^(?:${b})$`).test(a), selected: (a, b) => a.split(" ").includes(b),
};
const compared = {
  "=": (a, b) => a === b, "!=": (a, b) => a !== b, "<": (a, b) => a < b, "<=": (a, b) => a <= b,
  ">": (a, b) => a > b, ">=": (a, b) => a >= b,
};
const given = (answers, name) => (Object.hasOwn(answers, name) ? answers[name] : undefined); // a question may be called "constructor"

function isNumeric([kind, name, , one, other]) {
  if (kind === "call") return name === "if" ? isNumeric(one) && isNumeric(other) : Object.hasOwn(numeric, name);
  return /^(number|count|math)$/.test(kind);
}

function numberOf([kind, name, ...rest], answers) {
  if (kind === "number") return name;
  if (kind === "math") return maths[name](...rest.map((side) => numberOf(side, answers)));
  if (kind === "call" && name === "if") return numberOf(evaluate(rest[0], answers) ? rest[1] : rest[2], answers);
  if (kind === "call" && Object.hasOwn(numeric, name)) return numeric[name](...rest.map((side) => listOf(side, answers)));
  return figure(valueOf([kind, name, ...rest], answers));
}

// What a calculation gives, as a text; nothing where it has no value.
function valueOf([kind, name, ...rest], answers) {
  if (kind === "ref") return worth(given(answers, name));
  if (kind === "count") return String([].concat(given(answers, name) ?? []).length);
  if (kind === "text") return name;
  if (kind === "call" && name === "if") return valueOf(evaluate(rest[0], answers) ? rest[1] : rest[2], answers);
  if (kind === "call" && Object.hasOwn(textual, name)) return textual[name](...rest.map((side) => listOf(side, answers)));
  return written(numberOf([kind, name, ...rest], answers));
}

function listOf([kind, name, ...rest], answers) {
  const answer = kind === "ref" ? given(answers, name) : undefined;
  if (!Array.isArray(answer)) return [valueOf([kind, name, ...rest], answers)];
  return answer.length ? answer.map((each) => (each && typeof each === "object" && !("amount" in each) ? "1" : worth(each))) : [""];
}

export function evaluate([kind, ...rest], answers) {
  if (kind === "and") return rest.every((part) => evaluate(part, answers));
  if (kind === "or") return rest.some((part) => evaluate(part, answers));
  if (kind === "not") return !evaluate(rest[0], answers);
  if (kind === "selected") return [].concat(given(answers, rest[0])).includes(rest[1]);
  if (kind === "check") return checks[rest[0]](valueOf(rest[1], answers), valueOf(rest[2], answers));
  const plain = /^!?=$/.test(kind) && !rest.some(isNumeric);
  return compared[kind](...rest.map((side) => (plain ? valueOf(side, answers) : numberOf(side, answers))));
}

// As in typed_figures.py: Arabic and Persian digits, and no marks of direction.
function western(text) {
  return text.replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15).replace(/،/g, ",").replace(/[\u061c\u200e\u200f\u2066-\u2069]/g, "");
}

// The figures that may be meant by what was typed, as typed_figures.py reads it.
function readings(typed) {
  const text = typed.replace(/[\s'’_]/g, ""), plain = /^-?\d{1,15}([.,]\d{1,15})?$/;
  if (text.length > 30) return [];
  if (/^-?(\d{1,3}(٬\d{3})*|\d{1,15})(٫\d{1,15})?$/.test(text)) return [text.replace(/٬/g, "").replace("٫", ".")];
  if (/^-?[1-9]\d{0,2}([.,])\d{3}(\1\d{3})*$/.test(text)) return [text.replace(/[.,]/g, ""), ...(plain.test(text) ? [text.replace(",", ".")] : [])];
  if (/^(\d{1,3}(\.\d{3})+,|\d{1,3}(,\d{3})+\.)\d{1,15}$/.test(text)) return [text.replace(/[.,](?=.*[.,])/g, "").replace(",", ".")];
  return plain.test(text) ? [text.replace(",", ".")] : [];
}

// The figure that is meant, as figure_answers.py settles it; undefined where there is none, or two.
function meant(typed, { kind, low, high, decimals, percent }, mark, chosen) {
  if (percent !== undefined) typed = typed.replace(/\s*[%٪]\s*$/, "");
  const found = readings(typed), plainly = (text) => text.replace(/^(-?)0+(?=\d)/, "$1");
  if (!found.length) return undefined;
  if (kind === "integer") return Number.isInteger(Number(found[0])) ? String(Number(found[0])) : undefined;
  const possible = found.filter((each) => !(Number(each) < low || Number(each) > high));
  if (possible.length < 2) return plainly(possible[0] ?? found[0]);
  const comma = typed.includes(","), whole = mark === "." && comma;
  if (decimals < 3 && whole) return plainly(found[0]);
  return possible.includes(chosen) ? plainly(chosen) : undefined;
}

function start(form) {
  const say = form.querySelector(".saved"), texts = form.dataset;
  const boxes = [...form.querySelectorAll("[data-question]")];
  const waiting = new Map(); // question -> what to send for it
  let sending = null, timer = 0, pressed = "next", status;

  const ticks = (c) => /radio|checkbox/.test(c.type);
  const controls = (box) => [...box.querySelectorAll("input:not([type=hidden]), select, textarea")];
  const first = (c) => Math.max(0, [...c.options].findIndex((option) => option.defaultSelected));
  const touched = (c) => (ticks(c) ? c.checked !== c.defaultChecked
    : c.options ? c.selectedIndex !== first(c) : c.value !== c.defaultValue && !/file|date/.test(c.type));
  const was = (box) => form.elements[box.dataset.question + ".was"];
  const place = (box) => texts.save + "#" + box.dataset.question;
  const entry = (box) => controls(box)
    .filter((c) => !c.disabled && c.value.trim() && (c.checked || !ticks(c))).map((c) => [c.name, c.value]);
  const told = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const tell = (line, text) => { if (line && line.textContent !== text) line.textContent = text; };

  function answer({ dataset }, written) {
    const values = written.filter(([name]) => !/\.(other|email|currency|as|find)$/.test(name)).map(([, value]) => value.trim());
    if (/many|consents|rank|countries/.test(dataset.kind)) return values[0] ? values : undefined;
    if (!values[0] || !/integer|decimal|money|year/.test(dataset.kind)) return values[0];
    const typed = western(values[0]);
    const [, chosen] = written.find(([name]) => name.endsWith(".as")) ?? [];
    return dataset.kind === "year" ? typed : meant(typed, dataset, texts.mark, chosen);
  }

  const said = ({ dataset, textContent }) => (dataset.kind === undefined ? textContent : "");
  // An answer in words, for the texts that repeat it.
  const inWords = (box, written, value) => {
    if (box.dataset.is) return /^-?[0-9.]+$/.test(value) ? value.replace(".", texts.mark || ".") : value;
    const chosen = controls(box).filter((c) => (ticks(c) ? c.checked && !/\.as$/.test(c.name) : c.options && c.value));
    const words = chosen.map((c) => (c.options ? c.selectedOptions[0].text : said(c.closest("label") ?? c.parentElement)));
    return (words.length ? words : written.map(([, text]) => text)).map((text) => text.trim()).join(", ");
  };

  // Choices that do not go with the other answers are put away; true where one of them was chosen.
  function sift(box, answers) {
    const filter = JSON.parse(box.dataset.filter);
    let dropped = false;
    box.querySelectorAll("[data-where]").forEach((one) => {
      const columns = Object.entries(JSON.parse(one.dataset.where)).map(([name, value]) => ["@" + name, value]);
      one.hidden = !evaluate(filter, { ...answers, ...Object.fromEntries(columns) });
      const control = one.matches("option") ? one : one.querySelector("input");
      control.disabled = one.hidden;
      if (one.hidden && (control.selected || control.checked)) {
        dropped = true;
        control.selected = control.checked = false;
      }
    });
    return dropped;
  }

  function reviewOne(box, answers, words) {
    const { dataset } = box, code = dataset.question ?? dataset.inner, condition = dataset.if;
    const asked = !condition || evaluate(JSON.parse(condition), answers);
    if (dataset.is) {
      if (asked) answers[code] = valueOf(JSON.parse(dataset.is), answers);
      words[code] = asked ? inWords(box, [], answers[code]) : "";
      return;
    }
    const dropped = dataset.filter && sift(box, answers), written = entry(box);
    const question = (box.querySelector("legend, label") || box).textContent.trim();
    box.hidden = !asked;
    if (dataset.kind === "repeat") return reviewEntries(box, asked, answers, words);
    const value = answer(box, written);
    if (asked) answers[code] = value;
    words[code] = asked ? inWords(box, written, value) : "";
    if (condition) tell(box.previousElementSibling, asked || !written[0] ? "" : told(texts.leftOut, { question }));
    if (dataset.required) {
      const mark = box.querySelector(".optional");
      if (mark) mark.hidden = !evaluate(JSON.parse(dataset.required), answers);
    }
    box.querySelectorAll(".clear").forEach((line) => { line.hidden = !written[0]; });
    box.querySelectorAll("[data-beside]").forEach((own) => {
      own.disabled = !box.matches(".wrong") && !written.some(([, code]) => code === "other");
      own.parentElement.hidden = own.disabled;
    });
    const count = (value || "").length;
    tell(box.querySelector(".count"), count ? told(texts.count, { count, max: dataset.max }) : "");
    if (dropped) keep(box.closest("[data-question]"), 2000);
  }

  // Each entry by itself, beside the answers outside; from outside its questions are worth the list of their answers.
  function reviewEntries(box, asked, answers, words) {
    const lists = {}, entries = [];
    box.querySelectorAll("[data-entry]").forEach((part) => {
      const own = { ...answers }, inner = [...part.querySelectorAll("[data-inner]")], heard = { ...words };
      inner.forEach((one) => reviewOne(one, own, heard));
      const filled = inner.filter((one) => !one.hidden && !one.dataset.is && own[one.dataset.inner] !== undefined);
      if (filled.length) entries.push({});
      if (filled.length) inner.forEach(({ dataset: { inner: code } }) => {
        if (own[code] !== undefined && own[code] !== "") (lists[code] ??= []).push(own[code]);
      });
      part.querySelectorAll("[data-live]").forEach((text) => putIn(text, heard));
    });
    if (asked && entries.length) Object.assign(answers, lists, { [box.dataset.question]: entries });
  }

  const putIn = (text, words) => tell(text, text.dataset.live.replace(/\$\{\s*(\w+)\s*\}/g, (all, name) => (Object.hasOwn(words, name) ? words[name] || "…" : all)));

  function review() {
    const answers = JSON.parse(texts.known), words = {};
    boxes.forEach((box) => reviewOne(box, answers, words));
    form.querySelectorAll("[data-live]").forEach((text) => text.closest("[data-entry]") || putIn(text, words));
  }

  function keep(box, delay) {
    if (!texts.save) return; // a preview keeps nothing
    const item = entry(box);
    waiting.set(box, item);
    try { localStorage.setItem(place(box), JSON.stringify({ was: was(box).value, item })); } catch (full) { /* sent all the same */ }
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  }

  function send() {
    if (!sending && waiting.size) sending = post().then(() => { sending = null; });
    return sending;
  }

  async function post() {
    const batch = [...waiting], body = new URLSearchParams();
    body.append("csrf_token", form.elements.csrf_token.value);
    batch.forEach(([box, item]) => [["question", box.dataset.question], [was(box).name, was(box).value], ...item].forEach((pair) => body.append(...pair)));
    let heard = 0;
    try {
      // A browser sends on what is small after its page was closed; what is large it would not send that way at all.
      const keepalive = String(body).length < 60000;
      const reply = await fetch(texts.save, { method: "POST", body, keepalive });
      heard = reply.status;
      const saved = await reply.json();
      batch.forEach(([box, item]) => {
        was(box).value = saved.was[box.dataset.question];
        if (waiting.get(box) === item && waiting.delete(box)) localStorage.removeItem(place(box));
      });
      say.textContent = told(texts.saved, { time: saved.saved_at });
    } catch (fault) {
      say.textContent = heard ? texts.refused : texts.down;
    }
    status = heard; // 0: the line is down
    if (waiting.size) timer = setTimeout(send, status === 200 ? 200 : 15000);
  }

  // What an earlier visit could not send comes back, unless the server has heard something newer since.
  function restore(box) {
    const kept = JSON.parse(localStorage.getItem(place(box))), all = "?more=" + box.dataset.question;
    if (kept && kept.item.some(([name]) => !form.elements[name]) && location.search !== all) return location.replace(all);
    localStorage.removeItem(place(box));
    if (!kept || kept.was !== was(box).value) return;
    controls(box).forEach((c) => {
      const values = kept.item.filter(([name]) => name === c.name).map(([, value]) => value);
      if (ticks(c)) c.checked = values.includes(c.value);
      else c.value = values[0] || "";
    });
    keep(box, 0);
  }

  form.addEventListener("input", ({ target }) => {
    const box = target.closest("[data-question]");
    if (!box) return;
    controls(box).forEach((c) => {
      const apart = "alone" in target.dataset || "alone" in c.dataset;
      if (apart && target.checked && c !== target && ticks(c)) c.checked = false;
    });
    review();
    if (target.type === "file") return; // goes with the form
    keep(box, ticks(target) ? 200 : 2000);
  });
  form.addEventListener("change", send);
  document.addEventListener("click", ({ target }) => { if (target.name === "go") pressed = target.value; });
  // Send first what waits; with the line down stay here, where everything still stands.
  form.addEventListener("submit", async (event) => {
    if (!waiting.size) return;
    event.preventDefault();
    await Promise.race([Promise.resolve(send()).then(send), new Promise((wake) => setTimeout(wake, 8000))]);
    if (waiting.size && status === 0) return;
    form.insertAdjacentHTML("beforeend", '<input type="hidden" name="go">');
    form.lastElementChild.value = pressed;
    form.submit();
    form.lastElementChild.remove();
  });
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.hidden && send());

  form.querySelectorAll(".only-if").forEach((line) => line.remove());
  // On a slow line one answers before this script has come.
  const early = boxes.filter((box) => controls(box).some(touched));
  try { if (texts.save) boxes.filter((box) => !early.includes(box)).forEach(restore); } catch (closed) { /* this browser keeps nothing */ }
  early.forEach((box) => keep(box, 0));
  review();
}

const form = document.getElementById("answers");
if (form) start(form);
