// A long task shows how far it is: the region is fetched anew every few seconds until it no longer asks for it.
// Without this the link "Check again" does the same.
const region = document.querySelector("[data-poll]");

async function look() {
  let fresh = null;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
    if (answer.headers.get("Content-Type") === "application/pdf") return location.reload(); // the file itself is there
    if (answer.ok) fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch { /* the line is down: try again later */ }
  const found = fresh?.getElementById(region.id);
  if (fresh && !found && "thenReload" in region.dataset) return location.reload(); // what was waited for is there
  if (!found) return wait(region.dataset.poll * 2);
  if (found.textContent !== region.textContent) region.replaceChildren(...document.importNode(found, true).childNodes);
  if ("poll" in found.dataset) wait(found.dataset.poll);
  else document.querySelector("[data-until-done]")?.remove();
}

function wait(seconds) { setTimeout(look, seconds * 1000); }

if (region) wait(region.dataset.poll);
