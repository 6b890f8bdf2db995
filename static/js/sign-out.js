// Signing out leaves nothing behind in this browser of what its person typed; before that, it says what the server does
// not have yet.
import * as store from "./notes-store.js";

for (const form of document.querySelectorAll("form[action]")) {
  const place = document.getElementById("sign-out");
  if (new URL(form.action, location.href).pathname !== place.dataset.address) continue;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const unsent = await store.countOf(place.dataset.owner);
      if (unsent && !confirm(place.dataset.unsent.replace("{count}", unsent))) return;
      for (const key of Object.keys(localStorage)) if (key.startsWith(`draft:${place.dataset.owner}:`)) localStorage.removeItem(key);
      await store.forget(place.dataset.owner);
    } catch { /* a browser that keeps nothing */ }
    form.submit();
  });
}
