// A form is sent once: the button says so and keeps its width; name and value of it are kept.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  const button = event.submitter;
  if (!button) return;
  setTimeout(() => {
    button.style.minWidth = `${button.offsetWidth}px`;
    button.dataset.label = button.innerHTML;
    button.setAttribute("aria-busy", "true");
    button.textContent = document.body.dataset.sending ?? "送っています…";
  });
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[aria-busy][data-label]")) {
    button.innerHTML = button.dataset.label;
    button.removeAttribute("aria-busy");
  }
});
