// Whoever has not chosen a time zone is shown the times of the one her browser is set to.
const list = document.querySelector("select[data-guess]");
const guess = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (list && list.value === "" && guess !== list.dataset.guess && [...list.options].some((each) => each.value === guess)) {
  const address = new URL(location.href);
  if (!address.searchParams.has("zone")) {
    address.searchParams.set("zone", guess);
    location.replace(address);
  }
}
