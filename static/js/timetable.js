// The timetable, made nicer: drag a session with the mouse, or pick it up and move it with the arrow keys.
// Both send the same form as the buttons do, and take over the part of the page that the answer brings.
const root = document.getElementById("timetable"), said = document.getElementById("said");
const texts = root.dataset, STEP = 5;
const wide = matchMedia("(min-width: 48rem)"); // on a phone the day is a list, moved by its buttons
let carried = null; // what is being moved, and where it would go

const say = (text) => { said.textContent = text; };
const told = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const clock = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const grids = () => [...root.querySelectorAll(".timetable")];
const columns = (grid) => [...grid.querySelectorAll(".head")];
const days = () => [...root.querySelectorAll(".days [data-day]")];

function ready() {
  root.querySelectorAll(".grip").forEach((grip) => { grip.hidden = false; });
  root.querySelectorAll(".timetable, .timetable :is([data-row], [data-track])").forEach(place);
}

// Where the style sheet cannot read places out of attributes, they are written here; timetable.css says the same.
const placed = CSS.supports("grid-row-start: attr(data-row type(<integer>))");
function place(box) {
  if (placed) return;
  const { row, rows, track, tracks } = box.dataset;
  if (box.matches(".timetable")) {
    box.classList.add("placed");
    box.style.gridTemplateColumns = `3.4rem repeat(${tracks}, minmax(9.5rem, 1fr))`;
    return;
  }
  if (row) box.style.gridRow = `${Number(row) + 1} / span ${rows ?? (box.matches(".end") ? 1 : 12)}`;
  if (track) box.style.gridColumn = `${Number(track) + 1} / span ${tracks}`;
}

// Send a move, show what became of it, and go on where one was.
async function send(address, body, state) {
  const then = root.querySelector("#moves [name=then]:checked")?.value;
  let part;
  try {
    const reply = await fetch(address, { method: "POST", body, headers: { "X-Part": "timetable" } });
    if (reply.redirected || ![200, 409].includes(reply.status)) return location.assign(root.querySelector("#moves").dataset.here);
    part = await reply.text();
  } catch { // the line is down
    if (state) forget(state);
    return say(texts.down);
  }
  const scroll = root.querySelector(".sheet-of-day");
  const [left, top] = scroll ? [scroll.scrollLeft, scroll.scrollTop] : [0, 0];
  root.innerHTML = part;
  ready();
  root.querySelector(".sheet-of-day")?.scrollTo(left, top);
  const again = then && root.querySelector(`#moves [name=then][value="${then}"]`);
  if (again) again.checked = true;
  history.replaceState(null, "", root.querySelector("#moves").dataset.here);
  const moved = root.querySelector("#moved"), form = root.querySelector("#move");
  if (form) return form.focus();
  say((moved?.querySelector("p") ?? root.querySelector("[role=alert]"))?.textContent.trim() ?? "");
  const block = moved && root.querySelector(`#session-${moved.dataset.number}`);
  (block?.querySelector(".grip") ?? moved?.querySelector("button"))?.focus({ preventScroll: Boolean(scroll) });
  return undefined;
}

root.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  if (target.id !== "moves" && !("moves" in target.dataset)) return;
  event.preventDefault();
  send(submitter?.getAttribute("formaction") ?? target.action, new FormData(target, submitter));
});

function drop(to) {
  const { data } = carried, state = carried, body = new FormData(root.querySelector("#moves"));
  carried = null;
  state.grip?.setAttribute("aria-pressed", "false");
  document.body.classList.remove("dragging");
  body.set("seen", data.seen);
  body.set("room", to.room);
  if (to.day) { body.set("day", to.day); body.set("start", clock(to.start)); } else body.set("step", "out");
  send(data.address, body, state);
}

function lift(box, how) {
  const { day, start, room, minutes } = box.dataset;
  const at = { day: day ?? "", start: Number(start ?? 540), room };
  if (!day && how.grip) { // from the list below: it comes in at the top of the day that is shown
    const grid = grids()[0];
    Object.assign(at, { day: grid.dataset.day, start: Number(grid.dataset.from), room: room || columns(grid)[0].dataset.room });
  }
  carried = { box, data: { ...box.dataset }, at, was: JSON.stringify(at), minutes: Number(minutes), ...how };
}

// Show where it would stand, with a shadow of the block.
function show() {
  const { box, at, minutes, data } = carried;
  const grid = grids().find((each) => each.dataset.day === at.day);
  const column = grid && columns(grid).find((each) => each.dataset.room === at.room);
  root.querySelectorAll(".head").forEach((each) => each.classList.toggle("aimed", each === column));
  days().forEach((each) => each.classList.toggle("aimed", !grid && each.dataset.day === at.day));
  root.querySelector("[data-unplaced]").classList.toggle("aimed", !at.day);
  box.classList.add("carried");
  carried.shadow?.remove();
  if (!column) return;
  const row = Math.max(Math.floor((at.start - grid.dataset.from) / STEP) + 1, 1);
  const shadow = document.createElement("div");
  shadow.className = "shadow";
  const { track, tracks } = column.dataset;
  Object.assign(shadow.dataset, { row, rows: Math.max(Math.ceil(minutes / STEP), 1), track, tracks });
  place(shadow);
  shadow.setAttribute("aria-hidden", "true");
  shadow.textContent = `${clock(at.start)}–${clock(at.start + minutes)} ${data.name}`;
  grid.append(shadow);
  carried.shadow = shadow;
}

function forget({ box, grip, shadow }) {
  grip?.setAttribute("aria-pressed", "false");
  shadow?.remove();
  box.classList.remove("carried");
  document.body.classList.remove("dragging");
  root.querySelectorAll(".aimed").forEach((each) => each.classList.remove("aimed"));
}

function leave() {
  const state = carried;
  carried = null;
  forget(state);
  say(told(texts.left, { session: state.data.name }));
}

// With the keyboard: Enter on the handle picks up, arrows move, Enter puts down, Escape leaves it.
function tell() {
  const { at, data, minutes } = carried;
  const grid = grids()[0], room = columns(grid).find((each) => each.dataset.room === at.room);
  const day = days().find((each) => each.dataset.day === at.day)?.textContent.replace(/\(.*/, "").trim() ?? texts.out;
  say(told(texts.place, { session: data.name, day, start: clock(at.start), end: clock(at.start + minutes), room: room?.querySelector("b").textContent ?? "" }));
}

function stepTo(key) {
  const { at, minutes } = carried, shown = columns(grids()[0]).map((each) => each.dataset.room), all = days().map((each) => each.dataset.day);
  const beside = (list, now, by) => list[Math.min(Math.max(list.indexOf(now) + by, 0), list.length - 1)];
  const rightToLeft = document.dir === "rtl" ? -1 : 1;
  if (key === "ArrowUp") at.start = Math.max(at.start - STEP, 0);
  if (key === "ArrowDown") at.start = Math.min(at.start + STEP, 24 * 60 - minutes - 1);
  if (key === "ArrowLeft") at.room = beside(shown, at.room, -rightToLeft);
  if (key === "ArrowRight") at.room = beside(shown, at.room, rightToLeft);
  if (key === "PageUp") at.day = beside(all, at.day, -1);
  if (key === "PageDown") at.day = beside(all, at.day, 1);
}

root.addEventListener("keydown", (event) => {
  const grip = event.target.closest(".grip"), { key } = event;
  if (key === "Escape" && carried) { event.preventDefault(); return leave(); }
  if (!grip) return undefined;
  if (key === "Enter" || key === " ") {
    event.preventDefault();
    if (event.repeat) return undefined;
    if (carried) return JSON.stringify(carried.at) === carried.was && carried.data.day ? leave() : drop(carried.at);
    lift(grip.closest("[data-seen]"), { grip });
    grip.setAttribute("aria-pressed", "true");
    show();
    return say(told(texts.picked, { session: carried.data.name }));
  }
  if (carried && /^(Arrow|Page)/.test(key)) {
    event.preventDefault();
    stepTo(key);
    show();
    grip.focus();
    tell();
  }
  return undefined;
});
root.addEventListener("focusout", ({ relatedTarget }) => {
  if (carried?.grip && relatedTarget && relatedTarget !== carried.grip) leave();
});

// With mouse, finger or pen: the block follows, in steps of five minutes.
root.addEventListener("pointerdown", (event) => {
  const box = event.target.closest("[data-seen]");
  if (!wide.matches || !box || event.button || carried || event.target.closest("a, summary, .steps")) return;
  if (event.pointerType === "touch" && !event.target.closest(".grip")) return; // a finger scrolls, the handle moves
  lift(box, { from: [event.clientX, event.clientY], offset: box.dataset.day ? event.clientY - box.getBoundingClientRect().top : 0, begun: false });
});

// The browser's own dragging and selecting would get in the way.
for (const own of ["dragstart", "selectstart"]) document.addEventListener(own, (event) => { if (carried?.from) event.preventDefault(); });

// The minute under the pointer: rows may be of unequal height, where a long title needed room.
function minuteAt(grid, y) {
  const heights = getComputedStyle(grid).gridTemplateRows.split(" ").map(parseFloat);
  let left = y - grid.getBoundingClientRect().top - heights[0], row = 0;
  while (row < grid.dataset.rows && left > (heights[row + 1] ?? heights.at(-1)) / 2) left -= heights[row += 1] ?? heights.at(-1);
  return Number(grid.dataset.from) + row * STEP;
}

function aim({ clientX, clientY }) {
  const { at, offset, minutes } = carried, under = document.elementFromPoint(clientX, clientY);
  const tab = under?.closest(".days [data-day]"), grid = under?.closest(".timetable"), sheet = under?.closest(".sheet-of-day");
  const was = JSON.parse(carried.was); // whatever it passed over on the way
  if (tab) Object.assign(at, was, { day: tab.dataset.day });
  else if (under?.closest("[data-unplaced]")) Object.assign(at, was, { day: "" });
  else if (grid) {
    const column = columns(grid).find((each) => { const { left, right } = each.getBoundingClientRect(); return clientX >= left - 4 && clientX <= right; });
    at.day = grid.dataset.day;
    at.start = Math.max(0, Math.min(minuteAt(grid, clientY - offset), 24 * 60 - minutes - 1));
    if (column) at.room = column.dataset.room;
  }
  if (!sheet) return;
  const { left, right, top, bottom } = sheet.getBoundingClientRect(), near = 40; // at its edge, the sheet moves on
  sheet.scrollBy((clientX > right - near) * 12 - (clientX < left + near) * 12, (clientY > bottom - near) * 12 - (clientY < top + near) * 12);
}

document.addEventListener("pointermove", (event) => {
  if (!carried?.from) return;
  const [x, y] = carried.from;
  if (!carried.begun && Math.hypot(event.clientX - x, event.clientY - y) < 6) return;
  carried.begun = true;
  document.body.classList.add("dragging");
  event.preventDefault();
  aim(event);
  show();
});
document.addEventListener("pointerup", () => {
  if (!carried?.from) return;
  if (!carried.begun) carried = null;
  else if (JSON.stringify(carried.at) === carried.was) leave();
  else drop(carried.at);
});
document.addEventListener("pointercancel", () => { if (carried?.from) leave(); });
document.addEventListener("keydown", ({ key }) => { if (key === "Escape" && carried?.from) leave(); });

document.getElementById("by-hand").hidden = false;
ready();
