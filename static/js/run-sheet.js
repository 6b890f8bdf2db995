/* Keys for the run sheet, which can be switched off, and a look every 20 seconds at how things stand. */
const KEPT = "run-sheet-keys";
const EVERY = 20_000;
const sheet = document.getElementById("sheet");

const keysAreOn = () => localStorage.getItem(KEPT) !== "off";

function showKeys() {
  for (const legend of sheet.querySelectorAll(".keys")) legend.hidden = false;
  const box = document.getElementById("keys");
  if (!box) return;
  box.checked = keysAreOn();
  box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "on" : "off"));
}

function isTyping(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

addEventListener("keydown", (event) => {
  if (!keysAreOn() || event.repeat || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const form = /^[neu]$/.test(event.key) && sheet.querySelector(`form[data-key="${event.key}"]`);
  if (!form || form.dataset.sent) return;
  form.dataset.sent = "yes"; // a second press while the page is on its way would be refused anyway
  event.preventDefault();
  form.requestSubmit();
});

async function look() {
  if (document.hidden || sheet.contains(document.activeElement)) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer || !answer.ok || answer.redirected) return; // the line is down, or nobody is signed in: keep what is shown
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("sheet");
  if (!fresh || fresh.dataset.state === sheet.dataset.state) return;
  sheet.dataset.state = fresh.dataset.state;
  const news = fresh.querySelector("#now + p")?.textContent ?? "";
  const said = document.getElementById("said");
  if (news !== sheet.querySelector("#now + p")?.textContent) said.textContent = news;
  sheet.replaceChildren(...fresh.childNodes);
  showKeys();
}

showKeys();
setInterval(look, EVERY);
