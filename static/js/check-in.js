// Checking people in on a bad line: the names are fetched once, found here as one types, and every check-in is kept in
// this browser until the server has answered for it by its key. Without this file the page searches and posts as usual.
const form = document.getElementById("check-in");
const list = document.getElementById("found");
const status = document.getElementById("check-in-status");
const words = form.dataset;
const AGAIN = 10_000;
const PATIENCE = 20_000;
const MOST = 30;
let people = [];
let sending = false;

const waiting = () => JSON.parse(localStorage.getItem(words.queue) || "[]");
const keep = (acts) => localStorage.setItem(words.queue, JSON.stringify(acts));
const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").trim();
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");
const say = (text, count = waiting().length) => { status.textContent = text.replace("{count}", count); };

async function load() {
  try {
    const answer = await fetch(words.people, { signal: AbortSignal.timeout(PATIENCE), redirect: "error" });
    if (!answer.ok) return;
    people = await answer.json();
    sessionStorage.setItem(words.people, JSON.stringify(people)); // gone with the tab
  } catch {
    people = JSON.parse(sessionStorage.getItem(words.people) || "[]");
  }
  for (const act of waiting()) mark(act.id);
}

function mark(id) {
  const who = people.find((each) => each.id === id);
  if (!who) return;
  who.there = true;
  const there = people.filter((each) => each.there).length;
  document.getElementById("come").textContent = words.come.replace("{there}", there).replace("{all}", people.length);
}

function matches(who, parts) {
  if (parts.length === 1 && /^\d+$/.test(parts[0])) return who.number === Number(parts[0]);
  const names = who.find.split(" ");
  return parts.every((part) => names.some((name) => name.startsWith(part)));
}

function draw() {
  const typed = form.elements.q.value.trim();
  const key = typed.match(/\/b\/([\w-]+)$/)?.[1]; // a scanner that types what the code of a badge says
  const parts = fold(typed).split(/\s+/).filter(Boolean);
  const found = key ? people.filter((who) => who.badge === key) : parts.length ? people.filter((who) => matches(who, parts)) : [];
  list.replaceChildren(...found.slice(0, MOST).map(row));
  if (parts.length && !found.length) {
    const none = document.createElement("li");
    none.textContent = words.none;
    list.append(none);
  }
}

function row(who) {
  const item = document.createElement("li");
  const name = document.createElement("b");
  const side = document.createElement("div");
  const about = document.createElement("div");
  name.textContent = who.name;
  name.dir = "auto";
  const body = document.createElement("span");
  body.className = "quiet";
  body.textContent = ` ${who.number ?? ""} ${who.body}`;
  about.append(name, body);
  if (who.there) {
    const state = document.createElement("span");
    state.className = "state good";
    state.textContent = words.done;
    side.append(state);
  } else {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.in;
    button.dataset.person = who.id;
    button.setAttribute("aria-label", `${words.in}: ${who.name}`);
    side.append(button);
  }
  item.append(about, side);
  return item;
}

async function send() {
  const acts = waiting();
  if (sending || !acts.length) return;
  sending = true;
  try {
    const answer = await fetch(words.send, {
      method: "POST",
      redirect: "error",
      headers: { "Content-Type": "application/json", "X-CSRFToken": words.token },
      body: JSON.stringify({ acts }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok) return say([400, 401, 403].includes(answer.status) ? words.signedOut : words.waiting);
    const { answers, there } = await answer.json();
    const done = new Set(answers.map((each) => each.key));
    keep(waiting().filter((act) => !done.has(act.key)));
    there.forEach(mark);
    const refused = answers.find((each) => each.refused);
    say(refused ? refused.refused : words.sent);
  } catch {
    say(words.waiting);
  } finally {
    sending = false;
  }
}

list.addEventListener("click", (event) => {
  const button = event.target.closest("[data-person]");
  if (!button) return;
  const id = Number(button.dataset.person);
  keep([...waiting(), { key: newKey(), id, at: Date.now() }]);
  mark(id);
  form.elements.q.value = "";
  draw();
  form.elements.q.focus();
  send();
});

// A badge is read by the browser where it can (also without a line), else from a photo by the server.
function show(code) {
  form.elements.q.value = code;
  draw();
  say(list.querySelector("[data-person]") || list.querySelector(".state") ? "" : words.void);
  list.querySelector("button")?.focus();
}

const photo = document.getElementById("photo");
photo.addEventListener("change", async () => {
  if (!people.length || !photo.files.length) return; // the button under it sends the page
  const body = new FormData(photo.form);
  photo.value = "";
  try {
    const answer = await fetch(photo.form.action, {
      method: "POST", body, redirect: "error", headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE),
    });
    show((await answer.json()).code);
  } catch {
    say(words.unread);
  }
});

const live = document.getElementById("live");
const picture = document.getElementById("live-picture");
const button = document.getElementById("live-switch");
let detector = null;

async function offerCamera() {
  const kinds = "BarcodeDetector" in window ? await BarcodeDetector.getSupportedFormats() : [];
  if (!kinds.includes("qr_code") || !navigator.mediaDevices) return;
  detector = new BarcodeDetector({ formats: ["qr_code"] });
  live.hidden = false;
}

function stop() {
  picture.srcObject?.getTracks().forEach((track) => track.stop());
  picture.srcObject = null;
  picture.hidden = true;
  button.setAttribute("aria-pressed", "false");
}

async function look() {
  if (!picture.srcObject) return;
  const [seen] = await detector.detect(picture).catch(() => []);
  if (seen && seen.rawValue !== form.elements.q.value) show(seen.rawValue);
  setTimeout(look, 200);
}

button.addEventListener("click", async () => {
  if (picture.srcObject) return stop();
  try {
    picture.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    return say(words.unread);
  }
  picture.hidden = false;
  button.setAttribute("aria-pressed", "true");
  await picture.play();
  look();
});
addEventListener("pagehide", stop);
offerCamera();

form.addEventListener("submit", (event) => {
  if (!people.length) return; // nothing to find here: ask the server
  event.preventDefault();
  draw();
});
form.elements.q.addEventListener("input", () => { if (people.length) draw(); });
addEventListener("online", send);
setInterval(send, AGAIN);
load().then(send);
