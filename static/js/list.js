// Lists with boxes: one box for all on the page, and how many are ticked. Without it each row is ticked by hand.
for (const label of document.querySelectorAll("[data-all]")) {
  const all = label.querySelector("input"), { form } = all;
  const boxes = [...form.querySelectorAll("tbody [type=checkbox]")];
  const count = form.querySelector("[data-count]");
  const show = () => {
    const some = boxes.filter((box) => box.checked).length;
    if (count && some) count.textContent = count.dataset.count.replace("{count}", some);
    all.checked = some > 0 && some === boxes.length;
    all.indeterminate = some > 0 && some < boxes.length;
  };
  all.addEventListener("change", () => { boxes.forEach((box) => { box.checked = all.checked; }); show(); });
  form.addEventListener("change", show);
  label.hidden = !boxes.length;
  show();
}
