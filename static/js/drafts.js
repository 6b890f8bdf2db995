// What is typed into a long form stays in this browser until it is saved; after a crash it can be put back.
// `revision` in the form tells whether a save went through. Without this file the form works as usual.
const form = document.querySelector("form[data-draft]");
const offer = document.getElementById("draft-offer");
const store = form.dataset.draft;
const LEFT_OUT = ["csrf_token", "revision", "next"];
const revision = Number(form.elements.revision.value);
const typed = () => [...new FormData(form)].filter(([name]) => !LEFT_OUT.includes(name));

function keep(more = {}) {
  try {
    localStorage.setItem(store, JSON.stringify({ typed: typed(), revision, ...more }));
  } catch { /* a full or closed store: the text is still on the page */ }
}

function forget() {
  localStorage.removeItem(store);
  offer.hidden = true;
}

// A field that the page does not have (another person's save moved the rows) is sent along all the same.
function putBack(kept) {
  for (const box of form.querySelectorAll("[type=checkbox]")) box.checked = false;
  for (const [name, value] of kept.typed) {
    const fields = [...form.elements].filter((field) => field.name === name);
    const box = fields.find((field) => field.type === "checkbox" && field.value === value);
    if (box) box.checked = true;
    else (fields[0] ?? added(name)).value = value;
  }
  form.elements.revision.value = kept.revision;
  offer.hidden = true;
}

function added(name) {
  const field = Object.assign(document.createElement("input"), { type: "hidden", name });
  form.append(field);
  return field;
}

const kept = JSON.parse(localStorage.getItem(store) || "null");
if (form.dataset.unsaved) keep();
else if (kept && ((kept.sent && kept.revision < revision) || JSON.stringify(kept.typed) === JSON.stringify(typed()))) forget();
else if (kept) offer.hidden = false;

form.addEventListener("input", () => keep());
form.addEventListener("submit", () => keep({ sent: true }));
offer.querySelector("[data-put-back]").addEventListener("click", () => putBack(kept));
offer.querySelector("[data-forget]").addEventListener("click", forget);
