/**
 * The little that the page does by itself: a button picks out a dataset or a finding on the map, the same button or
 * Escape lets go, and printing opens everything. Without it the page shows all that it has.
 */
export const pageScript = `
"use strict";
(() => {
  const buttons = [...document.querySelectorAll("button.pick")];
  const marks = [...document.querySelectorAll(".link, .stop, .rests")];
  const status = document.getElementById("picked");
  const letGo = () => {
    document.body.classList.remove("picking", "wrong");
    for (const mark of marks) mark.classList.remove("on");
    for (const button of buttons) button.setAttribute("aria-pressed", "false");
    status.textContent = "";
  };
  const pick = (button) => {
    letGo();
    const links = button.dataset.links.split(" ");
    const stops = JSON.parse(button.dataset.stops);
    for (const mark of marks) {
      const { stop, datasets = "" } = mark.dataset;
      const on = mark.classList.contains("link") ? links.includes(mark.id)
        : stop === undefined ? datasets === button.dataset.dataset
        : stops.includes(stop);
      mark.classList.toggle("on", on);
    }
    document.body.classList.add("picking");
    document.body.classList.toggle("wrong", button.classList.contains("wrong"));
    button.setAttribute("aria-pressed", "true");
    const shown = [...stops, ...(button.dataset.links ? [links.length === 1 ? "1 link" : links.length + " links"] : [])];
    status.textContent = "On the map: " + (shown.join(", ") || "nothing") + ". Escape shows everything.";
    if (button.classList.contains("wrong")) document.getElementById("map-title").scrollIntoView({ block: "start" });
  };
  for (const button of buttons)
    button.addEventListener("click", () => (button.getAttribute("aria-pressed") === "true" ? letGo() : pick(button)));
  addEventListener("keydown", (event) => { if (event.key === "Escape") letGo(); });
  addEventListener("beforeprint", () => {
    letGo();
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
})();
`;
