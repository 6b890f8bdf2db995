// Points typed on a bad line are kept in this browser and sent when the line is back.
// Each carries the key of its form, so the server keeps it once however often it is sent.
// Without this file the form posts as usual.
const form = document.getElementById("add");
const status = document.getElementById("add-status");
const text = form.elements.text;
const words = form.dataset;
const draft = `${words.queue}-draft`;
const AGAIN = 15_000;
const PATIENCE = 20_000;
const REFUSED = [403, 404, 413, 422];
let sending = false;

const kept = () => JSON.parse(localStorage.getItem(words.queue) || "[]");
const say = (message) => { status.textContent = message; };
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, "0")).join("");
const listOf = (question) => document.querySelector(`.points[data-question="${question}"]`) || document.querySelector(".points");

function keep(points) {
  localStorage.setItem(words.queue, JSON.stringify(points));
  draw();
}

const forget = (key) => keep(kept().filter((point) => point.client_key !== key));

// What waits stands in the list, marked, so that nobody types it a second time.
function draw() {
  for (const shown of document.querySelectorAll(".point.waiting")) shown.remove();
  for (const point of kept()) add(waiting(point), point.question);
}

function add(item, question) {
  const list = listOf(question);
  list.append(item);
  list.parentElement.hidden = false;
}

function waiting(point) {
  const item = document.createElement("li");
  const said = document.createElement("p");
  const note = document.createElement("p");
  item.className = "point waiting";
  item.dataset.key = point.client_key;
  said.textContent = point.text;
  said.lang = point.language;
  said.dir = "auto";
  note.className = "quiet";
  note.textContent = point.refused ? words.refused : words.kept;
  if (point.refused) note.append(" ", takeBack(point));
  item.append(said, note);
  return item;
}

function takeBack(point) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "slight";
  button.textContent = words.takeBack;
  button.addEventListener("click", () => {
    text.value = [text.value, point.text].filter(Boolean).join("\n");
    forget(point.client_key);
    typed();
    text.focus();
  });
  return button;
}

function place(point) {
  const made = document.createElement("template");
  made.innerHTML = point.html;
  document.getElementById(`point-${point.number}`)?.remove();
  add(made.content, point.question);
}

// Oldest first; stops at the first that cannot go now and is called again by the clock or the line.
async function send() {
  if (sending) return;
  sending = true;
  try {
    for (let point; (point = kept().find((each) => !each.refused)); ) if (!(await sent(point))) break;
  } finally {
    sending = false;
  }
}

async function sent(point) {
  const body = new URLSearchParams({ ...point, csrf_token: form.elements.csrf_token?.value ?? "" });
  let response, answer;
  try {
    response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
    if (response.ok && !response.redirected) answer = await response.json();
  } catch {
    say(words.waiting);
    return false;
  }
  if (answer) {
    forget(point.client_key);
    place(answer);
    say(`${words.saved} ${answer.label}`);
    return true;
  }
  if (REFUSED.includes(response.status)) {
    keep(kept().map((each) => (each.client_key === point.client_key ? { ...each, refused: true } : each)));
    say(words.refused);
    return true;
  }
  say(response.redirected || response.status === 400 ? words.signedOut : words.waiting);
  return false;
}

function typed() {
  const left = text.maxLength - text.value.length;
  document.getElementById("text-hint").textContent = `${left} ${words.left}`;
  try {
    if (text.value) localStorage.setItem(draft, text.value);
    else localStorage.removeItem(draft);
  } catch { /* a full or closed store: the text is still in the box */ }
}

form.addEventListener("submit", (event) => {
  const { csrf_token: _, ...point } = Object.fromEntries(new FormData(form));
  try {
    keep([...kept(), point]);
  } catch {
    return; // nowhere to keep it here: send it the plain way
  }
  event.preventDefault();
  text.value = form.elements.perspective.value = "";
  form.elements.voices.value = 1;
  form.elements.client_key.value = newKey();
  typed();
  text.focus();
  send();
});

text.addEventListener("input", typed);
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
});

document.addEventListener("click", (event) => {
  const ask = event.target.closest("[data-ask]");
  if (!ask) return;
  event.preventDefault();
  form.querySelector(`[name=question][value="${ask.dataset.ask}"]`).checked = true;
  text.focus();
});

addEventListener("online", send);
addEventListener("storage", draw);
setInterval(send, AGAIN);
text.value ||= localStorage.getItem(draft) || "";
typed();
draw();
send();
