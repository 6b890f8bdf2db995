// The questionnaire, made nicer: saves as one goes, shows what is asked, keeps what could not be sent.
// All works without it too, and the server judges everything.

function figure(text) {
  if (/^-?[0-9]+(\.[0-9]+)?$/.test(text)) return Number(text);
  const day = /^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$/.test(text) ? Date.parse(text + "T00:00Z") : NaN;
  return day === day && new Date(day).toISOString().startsWith(text) ? day / 864e5 : NaN;
}

// As in workshop/questionnaires/figures.py: Arabic and Persian digits, and no marks of direction.
function western(text) {
  return text.replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15).replace(/،/g, ",").replace(/[\u061c\u200e\u200f\u2066-\u2069]/g, "");
}

function worth(answer) {
  if (answer === undefined || answer === null) return "";
  if (typeof answer === "boolean") return answer ? "yes" : "no";
  if (Array.isArray(answer)) return answer.join(" ");
  return String(typeof answer === "object" ? answer.amount || "" : answer);
}

// The figure that is meant by what was typed, as figures.py reads it; undefined where none is.
function meant(typed, whole) {
  const text = typed.replace(/[\s'’_]/g, "");
  let plain = text.replace(",", ".");
  if (/^-?(\d{1,3}(٬\d{3})*|\d{1,15})(٫\d{1,15})?$/.test(text)) plain = text.replace(/٬/g, "").replace("٫", ".");
  else if (/^[1-9]\d{0,2}([.,])\d{3}(\1\d{3})*$/.test(text)) plain = text.replace(/[.,]/g, "");
  else if (/^(\d{1,3}(\.\d{3})+,|\d{1,3}(,\d{3})+\.)\d{1,15}$/.test(text)) plain = text.replace(/[.,](?=.*[.,])/g, "").replace(",", ".");
  else if (!/^-?\d{1,15}([.,]\d{1,15})?$/.test(text)) return undefined;
  if (whole) return Number.isInteger(Number(plain)) ? String(Number(plain)) : undefined;
  return plain.replace(/^(-?)0+(?=\d)/, "$1");
}

// The same trees with the same meaning as in workshop/questionnaires/expressions.py.
export function evaluate([kind, ...rest], answers) {
  if (kind === "and") return rest.every((part) => evaluate(part, answers));
  if (kind === "or") return rest.some((part) => evaluate(part, answers));
  if (kind === "not") return !evaluate(rest[0], answers);
  const given = (name) => (Object.hasOwn(answers, name) ? answers[name] : undefined); // a question may be called "constructor"
  if (kind === "selected") return [].concat(given(rest[0])).includes(rest[1]);
  const worths = { ref: (name) => worth(given(name)), count: (name) => String([].concat(given(name) ?? []).length) };
  let [a, b] = rest.map(([side, value]) => (side in worths ? worths[side](value) : String(value)));
  if (!/^!?=$/.test(kind) || rest.some(([side]) => /number|count/.test(side))) [a, b] = [figure(a), figure(b)];
  return { "=": a === b, "!=": a !== b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b }[kind];
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
    const values = written.filter(([name]) => !/\.(other|email|currency)$/.test(name)).map(([, value]) => value.trim());
    if (/many|consents|rank|countries/.test(dataset.kind)) return values[0] ? values : undefined;
    if (!values[0] || !/integer|decimal|money|year/.test(dataset.kind)) return values[0];
    const typed = western(values[0]);
    return dataset.kind === "year" ? typed : meant(typed, dataset.kind === "integer");
  }

  function review() {
    const answers = JSON.parse(texts.known);
    boxes.forEach((box) => {
      const condition = box.dataset.if, written = entry(box), value = answer(box, written);
      const asked = !condition || evaluate(JSON.parse(condition), answers);
      const question = (box.querySelector("legend, label") || box).textContent.trim();
      box.hidden = !asked;
      if (asked) answers[box.dataset.question] = value;
      if (condition) tell(box.previousElementSibling, asked || !written[0] ? "" : told(texts.leftOut, { question }));
      box.querySelectorAll(".clear").forEach((line) => { line.hidden = !written[0]; });
      box.querySelectorAll("[data-beside]").forEach((own) => {
        own.disabled = !box.matches(".wrong") && !written.some(([, code]) => code === "other");
        own.parentElement.hidden = own.disabled;
      });
      const count = (value || "").length;
      tell(box.querySelector(".count"), count ? told(texts.count, { count, max: box.dataset.max }) : "");
    });
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
