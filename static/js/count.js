// Under each text of a form with a limit: how many characters are left. Its words come with the form.
for (const form of document.querySelectorAll("form[data-limit]")) {
  const limit = Number(form.dataset.limit);
  for (const area of form.querySelectorAll("textarea")) {
    const said = document.createElement("p");
    said.className = "count quiet num";
    const count = () => {
      const left = limit - [...area.value.trim()].length;
      said.textContent = form.dataset.left.replace("{n}", left.toLocaleString(document.documentElement.lang));
      said.classList.toggle("error", left < 0);
    };
    area.after(said);
    area.addEventListener("input", count);
    count();
  }
}
