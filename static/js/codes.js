// Buttons that copy or print the recovery codes, which are on the page only this once.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const codes = document.getElementById(button.dataset.copy);
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText([...codes.children].map((each) => each.textContent.trim()).join("\n"));
    button.textContent = button.dataset.copied;
  });
}
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
