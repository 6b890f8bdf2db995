// Notes on a bad line: each point typed is one record in this browser until the server has it, and is sent in order.
// Each carries the key of its form, so the server keeps it once however often it is sent; when it was typed, under which
// wordings and mode; and which browser kept it as which in its row. Without this file the form posts as usual.
import * as store from "./notes-store.js";

const form = document.getElementById("add");
const raised = document.getElementById("raised");
const AGAIN = 15_000;
const LOOK = 5_000;
const PATIENCE = 20_000;
const REFUSED = [403, 404, 413, 422];
const NOT_KEPT = ["csrf_token", "device", "sequence"];

function timeLeft() {
  const left = document.getElementById("time-left");
  const minutes = left && Math.ceil((new Date(left.dataset.ends) - Date.now()) / 60_000);
  if (!left || minutes < 0 || minutes > 600) return;
  left.textContent = left.dataset.left.replace("{minutes}", minutes);
  left.hidden = false;
}

if (form) notes();
timeLeft();
setInterval(timeLeft, LOOK);

async function notes() {
  const words = form.dataset;
  const status = document.getElementById("add-status");
  const where = document.getElementById("where-saved");
  const text = form.elements.text;
  const draft = `${words.place}|${words.owner}`;
  const others = document.getElementById("of-others");
  const channel = window.BroadcastChannel && new BroadcastChannel("intersession-notes");
  const say = (message) => { status.textContent = message; };
  const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, "0")).join("");
  const here = async () => (await store.all()).filter((point) => point.place === words.place);
  const mine = async () => (await here()).filter((point) => point.owner === words.owner);
  let tag = "", usable = true;

  function device() {
    try {
      return (localStorage["intersession-device"] ??= newKey());
    } catch {
      return "";
    }
  }

  // What waits stands in the list, marked, so that nobody types it a second time.
  async function draw() {
    for (const shown of document.querySelectorAll(".point.waiting")) shown.remove();
    const kept = await mine();
    for (const point of kept) listOf(point.fields.question).append(waiting(point));
    for (const list of document.querySelectorAll(".points:has(li)")) list.parentElement.hidden = false;
    where.textContent = kept.length ? words.some.replace("{count}", kept.length) : words.all;
    where.classList.toggle("caution", kept.length > 0);
    drawOthers((await here()).filter((point) => point.owner !== words.owner));
  }

  const listOf = (question) => raised.querySelector(`.points[data-question="${question}"]`) ?? raised.querySelector(".points");

  function waiting(point) {
    const item = document.createElement("li");
    const said = Object.assign(document.createElement("p"), { textContent: point.fields.text, lang: point.fields.language, dir: "auto" });
    const note = Object.assign(document.createElement("p"), { className: "quiet", textContent: point.refused ? words[point.refused] : words.kept });
    item.className = "point waiting";
    if (point.refused) note.append(" ", button(words.takeBack, () => takeBack(point)));
    item.append(said, note);
    return item;
  }

  function button(label, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "slight", textContent: label });
    made.addEventListener("click", act);
    return made;
  }

  async function takeBack(point) {
    text.value = [text.value, point.fields.text].filter(Boolean).join("\n");
    for (const name of ["question", "kind", "perspective", "category", "voices", "language"]) {
      const controls = form.elements[name];
      if (controls && name in point.fields) controls.value = point.fields[name];
    }
    await store.keepDraft(draft, text.value);
    await store.remove(point.sequence);
    await draw();
    typed();
    text.focus();
  }

  // Somebody else's sign-in ended on this device before all was sent: who takes over may send it.
  function drawOthers(points) {
    others.replaceChildren();
    if (!points.length) return;
    const notice = Object.assign(document.createElement("p"), { className: "notice", textContent: `${words.others.replace("{count}", points.length)} ` });
    notice.append(button(words.takeOver, async () => {
      for (const point of points) await store.put({ ...point, owner: words.owner, refused: "" });
      await draw();
      send();
    }));
    others.append(notice);
  }

  function place(point) {
    const made = document.createElement("template");
    made.innerHTML = point.html;
    document.getElementById(`point-${point.number}`)?.remove();
    const list = listOf(point.question);
    list.append(made.content);
    list.parentElement.hidden = false;
  }

  // One tab sends at a time, oldest first; it stops at the first that cannot go now and is called again.
  const send = () => (navigator.locks ? navigator.locks.request(`notes-${words.place}`, { ifAvailable: true }, (lock) => lock && sendAll()) : sendAll());

  async function sendAll() {
    for (let point; (point = (await mine()).find((each) => !each.refused)); ) if (!(await sent(point))) break;
  }

  async function post(point) {
    const body = new URLSearchParams({ ...point.fields, device: point.device, sequence: point.sequence, csrf_token: form.elements.csrf_token?.value ?? "" });
    return fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
  }

  async function sent(point) {
    let response, answer;
    try {
      response = await post(point);
      if (response.status === 400 && (await freshToken())) response = await post(point);
      if (response.ok && !response.redirected) answer = await response.json();
    } catch {
      say(words.waiting);
      return false;
    }
    if (answer) {
      await store.remove(point.sequence);
      place(answer);
      await draw();
      channel?.postMessage("sent");
      say(`${words.saved} ${answer.label}`);
      return true;
    }
    if (response.status === 409) form.elements.mode.value = (await response.json()).mode;
    if (REFUSED.includes(response.status) || response.status === 409) {
      await store.put({ ...point, refused: response.status === 409 ? "changed" : "refused" });
      await draw();
      say(response.status === 409 ? words.changed : words.refused);
      return true;
    }
    say(response.redirected || response.status === 400 ? words.signedOut : words.waiting);
    return false;
  }

  // A page kept in this browser carries the token of another day.
  async function freshToken() {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    if (!answer.ok || answer.redirected) return false;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#add [name=csrf_token]");
    if (fresh && form.elements.csrf_token) form.elements.csrf_token.value = fresh.value;
    return Boolean(fresh);
  }

  function typed() {
    document.getElementById("text-hint").textContent = `${text.maxLength - text.value.length} ${words.left}`;
  }

  form.addEventListener("submit", (event) => {
    if (!usable || form.elements.replaces.value) return; // a correction goes the plain way
    event.preventDefault();
    const fields = Object.fromEntries([...new FormData(form)].filter(([name]) => !NOT_KEPT.includes(name)));
    fields.typed_at = new Date().toISOString();
    keep(fields);
  });

  async function keep(fields) {
    try {
      await store.add({ place: words.place, owner: words.owner, device: device(), fields, refused: "" });
    } catch {
      usable = false; // nowhere to keep it here: send it the plain way
      form.requestSubmit();
      return;
    }
    text.value = form.elements.perspective.value = form.elements.category.value = "";
    form.elements.voices.value = 1;
    form.elements.may_quote.checked = false;
    form.elements.client_key.value = newKey();
    about("");
    await store.keepDraft(draft, "");
    typed();
    text.focus();
    await draw();
    channel?.postMessage("kept");
    send();
  }

  text.addEventListener("input", () => {
    typed();
    store.keepDraft(draft, text.value).catch(() => {});
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });

  function about(number) {
    const said = number && document.querySelector(`#point-${number} p[lang]`);
    form.elements.about.value = number;
    document.getElementById("about-part").hidden = !number;
    document.getElementById("about-text").textContent = said ? said.textContent : "";
  }

  document.addEventListener("click", (event) => {
    const ask = event.target.closest("[data-ask]"), add = event.target.closest("[data-about]");
    if (!ask && !add) return;
    event.preventDefault();
    const question = ask ? ask.dataset.ask : add.closest("[data-question]").dataset.question;
    form.querySelector(`[name=question][value="${question}"]`).checked = true;
    if (add) about(add.dataset.about);
    text.focus();
  });

  // What others add arrives by itself; nothing is put in place while something on it has the focus.
  async function look() {
    if (document.hidden || raised.contains(document.activeElement)) return;
    try {
      const answer = await fetch(words.live, { headers: { "X-Part": "notes", ...(tag && { "If-None-Match": tag }) }, cache: "no-store", redirect: "error" });
      if (answer.status !== 200) return;
      tag = answer.headers.get("ETag") ?? "";
      raised.innerHTML = await answer.text();
      await draw();
    } catch { /* no line: what is shown stays */ }
  }

  // The page and its files, kept for a reload without a line.
  async function keepPage() {
    if (!navigator.serviceWorker || !window.caches || location.search) return;
    await navigator.serviceWorker.register(words.worker, { scope: "/workshops/" });
    await navigator.serviceWorker.ready;
    const files = await caches.open("intersession-notes-files");
    const needed = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((each) => each.href || each.src);
    needed.push(new URL("./notes-store.js", import.meta.url).href);
    for (const address of needed) if (!(await files.match(address))) await files.add(address);
    for (const old of await files.keys()) if (!needed.includes(old.url)) await files.delete(old);
    const answer = await fetch(location.pathname, { redirect: "error" });
    if (!answer.ok) return;
    await (await caches.open(store.PAGES)).put(location.pathname, answer);
    document.getElementById("kept-page").hidden = false;
  }

  addEventListener("online", send);
  channel?.addEventListener("message", draw);
  setInterval(send, AGAIN);
  setInterval(look, LOOK);
  try {
    text.value ||= (await store.draftOf(draft)) ?? "";
  } catch {
    usable = false; // a browser that keeps nothing at all
    where.textContent = "";
    typed();
    return;
  }
  typed();
  await draw();
  send();
  keepPage().catch(() => {});
}
