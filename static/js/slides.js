// Results page by page, by keyboard. Without this the page scrolls as any other.
const slides = [...document.querySelectorAll(".slide")];
const stage = document.getElementById("slides");
const button = document.querySelector("[data-full-screen]");
const STEPS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };

function current() {
  const middle = innerHeight / 2;
  const found = slides.findIndex((slide) => slide.getBoundingClientRect().bottom > middle);
  return found < 0 ? slides.length - 1 : found;
}

function show(number) { slides[Math.max(0, Math.min(slides.length - 1, number))].scrollIntoView(); }

function fill() { if (document.fullscreenElement) document.exitFullscreen(); else stage.requestFullscreen?.(); }

addEventListener("keydown", (event) => {
  if (event.target.closest("input, select, textarea, button, a, [tabindex='0']") || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = document.dir === "rtl" && event.key.startsWith("Arrow") && /Left|Right/.test(event.key)
    ? -STEPS[event.key] : STEPS[event.key];
  if (step) { event.preventDefault(); show(current() + step); }
  else if (event.key === "Home") show(0);
  else if (event.key === "End") show(slides.length - 1);
  else if (event.key === "f" || event.key === "F") fill();
});
if (stage?.requestFullscreen) { button.hidden = false; button.addEventListener("click", fill); }
