// Questions are dragged to their place by their code. The form of the page, with its two lists, does the moving.
const form = document.getElementById("outline");
let held = null, spot = null;

// Where the pointer is: a list, and the question before which to drop; null at the end of the list.
function under(x, y) {
  const over = document.elementFromPoint(x, y)?.closest("li[data-question], ol[data-into]");
  if (!over || !form.contains(over)) return null;
  if (over.matches("ol")) return { list: over, before: null };
  const box = over.getBoundingClientRect();
  return { list: over.parentElement, before: y < box.top + box.height / 2 ? over : over.nextElementSibling };
}

function mark() {
  form.querySelectorAll(".drop-before, .drop-end").forEach((each) => each.classList.remove("drop-before", "drop-end"));
  if (spot?.before) spot.before.classList.add("drop-before");
  else spot?.list.classList.add("drop-end");
}

function letGo() {
  held?.classList.remove("held");
  held = spot = null;
  mark();
}

function drop() {
  const { list, before } = spot, what = held;
  letGo();
  if (before === what || (list === what.parentElement && before === what.nextElementSibling)) return;
  form.elements.what.value = what.dataset.question;
  form.elements.where.value = `${list.dataset.into}/${before?.dataset.question ?? ""}`;
  form.requestSubmit(document.getElementById("put"));
}

function start() {
  form.classList.add("draggable");
  form.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("li[data-question] .handle");
    if (!grip || event.button) return;
    event.preventDefault();
    held = grip.closest("li");
    held.classList.add("held");
  });
  document.addEventListener("pointermove", (event) => {
    if (!held) return;
    spot = under(event.clientX, event.clientY);
    mark();
    if (event.clientY < 60 || event.clientY > innerHeight - 60) scrollBy(0, event.clientY < 60 ? -12 : 12);
  });
  document.addEventListener("pointerup", () => (held && spot ? drop() : letGo()));
  document.addEventListener("pointercancel", letGo);
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") letGo(); });
}

if (form) start();
