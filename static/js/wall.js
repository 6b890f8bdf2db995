// The wall for the plenary follows the notes: it is read again every few seconds, and mostly has not changed.
const wall = document.getElementById("wall");
const LOOK = 5_000;
let tag = "";

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store", redirect: "error" });
    if (answer.status !== 200) return;
    tag = answer.headers.get("ETag") ?? "";
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("wall");
    if (fresh) wall.replaceChildren(...fresh.childNodes);
  } catch { /* no line: what is shown stays */ }
}

setInterval(look, LOOK);
