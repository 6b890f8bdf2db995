// The clock of the floor: it runs between two looks at the list, which is read again every few seconds and mostly has
// not changed. Without this the page says since when somebody speaks, and how long it may last.
const LOOK = 4_000;
const WARNING = 30;
let tag = "", since = performance.now();

const spoken = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function tick() {
  const timer = document.querySelector(".time-left");
  if (!timer) return;
  const left = Number(timer.dataset.left) - Math.round((performance.now() - since) / 1000);
  timer.textContent = left >= 0 ? spoken(left) : timer.dataset.over.replace("{time}", spoken(-left));
  timer.classList.toggle("soon", left >= 0 && left <= WARNING);
  timer.classList.toggle("overrun", left < 0);
}

async function look() {
  const board = document.getElementById("floor");
  if (document.hidden || board.contains(document.activeElement)) return;
  try {
    const answer = await fetch(location.pathname, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store", redirect: "error" });
    if (answer.status !== 200) return;
    tag = answer.headers.get("ETag") ?? "";
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("floor");
    if (!fresh || fresh.dataset.changes === board.dataset.changes) return;
    board.dataset.changes = fresh.dataset.changes;
    board.replaceChildren(...fresh.childNodes);
    since = performance.now();
    tick();
  } catch { /* no line: what is shown stays, and the clock runs on */ }
}

tick();
setInterval(tick, 250);
setInterval(look, LOOK);
