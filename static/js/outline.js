// Questions and sections are dragged to their place. The form of the page, with its two lists, does the moving.
const form = document.getElementById("outline");
let held = null;

function place(over, y) {
  const box = over.getBoundingClientRect();
  return y < box.top + box.height / 2 ? over : over.nextElementSibling;
}

function send(what, into, before) {
  form.elements.what.value = what;
  form.elements.where.value = `${into}/${before || ""}`;
  form.requestSubmit(document.getElementById("put"));
}

function mark(over, y) {
  form.querySelectorAll(".drop-before, .drop-after").forEach((each) => each.classList.remove("drop-before", "drop-after"));
  if (over) over.classList.add(place(over, y) === over ? "drop-before" : "drop-after");
}

function start() {
  for (const item of form.querySelectorAll("li[data-question]")) item.draggable = true;
  form.classList.add("draggable");
  form.addEventListener("dragstart", (event) => {
    held = event.target.closest("li[data-question]");
    if (!held) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held.dataset.question);
    held.classList.add("held");
  });
  form.addEventListener("dragover", (event) => {
    const over = event.target.closest("li[data-question], ol[data-into]");
    if (!held || !over) return;
    event.preventDefault();
    mark(over.matches("li") ? over : null, event.clientY);
  });
  form.addEventListener("drop", (event) => {
    const over = event.target.closest("li[data-question]"), list = event.target.closest("ol[data-into]");
    if (!held || !list) return;
    event.preventDefault();
    const before = over ? place(over, event.clientY) : null;
    if (over === held || before === held) return;
    send(held.dataset.question, list.dataset.into, before && before.dataset.question);
  });
  form.addEventListener("dragend", () => {
    if (held) held.classList.remove("held");
    held = null;
    mark(null, 0);
  });
}

if (form) start();
