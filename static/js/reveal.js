// A button beside each password that shows what was typed. Its words come with the form, in the page's language.
for (const input of document.querySelectorAll("form[data-show] input[type=password]")) {
  const { show, hide } = input.form.dataset;
  const label = document.querySelector(`label[for="${input.id}"]`);
  label.id = `${input.id}-label`;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "second";
  button.textContent = show;
  button.setAttribute("aria-controls", input.id);
  button.setAttribute("aria-describedby", label.id);
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.textContent = shown ? show : hide;
  });
  input.form.addEventListener("submit", () => { input.type = "password"; });
  const row = document.createElement("div");
  row.className = "revealed";
  input.replaceWith(row);
  row.append(input, button);
}
