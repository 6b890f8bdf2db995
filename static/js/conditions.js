// Conditions are checked while they are typed, and the helper offers the answers of the question that was chosen.
const form = document.querySelector("form.checked-form");
const timers = new Map();
let asked = 0;

async function check(field, remarks) {
  const turn = ++asked, body = new FormData(), { kind, code, section = "", type = "" } = form.dataset;
  const given = { csrf_token: form.elements.csrf_token?.value ?? "", kind, code, section, type, key: field.name, text: field.value };
  for (const [name, value] of Object.entries(given)) body.append(name, value);
  try {
    const reply = await fetch(form.dataset.check, { method: "POST", body });
    const { faults, words = "" } = await reply.json();
    if (turn !== asked) return;
    form.querySelector(`[data-words="${field.name}"]`).textContent = words;
    remarks.replaceChildren(...faults.map(({ message, error }) => {
      const line = document.createElement("p");
      line.className = error ? "error" : "caution";
      line.textContent = message;
      return line;
    }));
  } catch { remarks.replaceChildren(); } // the line is down: saving will tell
}

function watch(remarks) {
  const field = form.elements[remarks.dataset.remarks];
  const soon = (delay) => {
    clearTimeout(timers.get(field));
    timers.set(field, setTimeout(() => check(field, remarks), delay));
  };
  field.addEventListener("input", () => soon(300));
  if (field.value.trim()) soon(0);
}

// A list of the answers stands in for the field, where the question has such a list.
function offer(question) {
  const answers = JSON.parse(question.selectedOptions[0].dataset.answers);
  const before = document.getElementById("helper-value");
  const field = document.createElement(answers.length ? "select" : "input");
  Object.assign(field, { id: "helper-value", name: "helper-value", className: before.className });
  for (const [code, words] of answers) field.append(new Option(words === code ? code : `${words} (${code})`, code));
  before.replaceWith(field);
}

form.querySelectorAll("[data-remarks]").forEach(watch);
const question = document.getElementById("helper-question");
if (question) {
  question.addEventListener("change", () => offer(question));
  offer(question);
}
