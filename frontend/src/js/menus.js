// An open menu closes with Escape and with a press outside; bars that scroll show where one is.
const menus = () => document.querySelectorAll("header details[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});
for (const here of document.querySelectorAll("nav [aria-current=page]")) {
  const bar = here.closest("nav");
  bar.scrollLeft = here.offsetLeft - bar.offsetLeft - (bar.clientWidth - here.offsetWidth) / 2;
}
