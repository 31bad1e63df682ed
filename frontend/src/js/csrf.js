// Requests of fragments carry the token of the page; the changed part gets the focus.
const token = () => document.querySelector("meta[name=csrf-token]")?.content;

document.addEventListener("htmx:config:request", (event) => {
  event.detail.ctx.request.headers["X-CSRFToken"] = token();
});
document.addEventListener("htmx:after:swap", () => {
  const target = document.querySelector("[data-focus]");
  if (target) {
    target.setAttribute("tabindex", "-1");
    target.focus();
    const live = document.getElementById("live");
    if (live) live.textContent = target.textContent.trim();
  }
});
