// Keeps the pages of notes and the files they need, so that a reload without a line shows them. The line comes first:
// what is kept is shown only where the server cannot be reached. Signing out deletes the pages (notes-store.js), and so
// does an answer that leads to the sign-in page.
const PAGES = "intersession-notes-pages";
const FILES = "intersession-notes-files";
const NOTES = /^\/workshops\/[^/]+\/(breakouts|sessions)\/\d+\/notes$/;
const PATIENCE = 8000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate" && NOTES.test(address.pathname)) event.respondWith(page(request, address));
  else if (address.pathname.startsWith("/static/")) event.respondWith(file(request, address));
});

const late = () => new Promise((_, reject) => { setTimeout(reject, PATIENCE); });

async function page(request, address) {
  const pages = await caches.open(PAGES);
  try {
    const answer = await Promise.race([fetch(request), late()]);
    if (answer.type === "opaqueredirect") await caches.delete(PAGES);
    else if (answer.ok && !address.search) await pages.put(address.pathname, answer.clone());
    if (answer.status < 500) return answer;
    return (await pages.match(address.pathname)) ?? answer;
  } catch {
    return (await pages.match(address.pathname)) ?? Response.error();
  }
}

async function file(request, address) {
  const files = await caches.open(FILES);
  const kept = await files.match(request);
  if (kept && address.searchParams.has("v")) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok && kept) await files.put(request, answer.clone());
    return answer;
  } catch {
    return kept ?? Response.error();
  }
}
