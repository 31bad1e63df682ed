// The class page: choosing again clears, rows show what is chosen, the sum follows, and the
// rarer values of a row are fetched when they are asked for.
const form = document.querySelector("[data-class-form]");

const KINDS = {
  absent_sick: "absent",
  absent_other: "absent",
  left_early: "late",
  late_left_early: "late",
  attendance_suspension: "excused",
  bereavement: "excused",
  deemed_present: "",
  disaster: "excused",
  present: "",
};

if (form) {
  let chosen = null;
  const remember = (event) => {
    const input = event.target.closest("label")?.querySelector("input[type=radio]");
    chosen = input?.checked ? input : null;
  };
  form.addEventListener("pointerdown", remember);
  form.addEventListener("keydown", (event) => {
    if (event.key === " " || event.key === "Backspace" || event.key === "Delete") {
      const input = event.target.closest("input[type=radio]");
      if (input?.checked) {
        event.preventDefault();
        clear(input);
      }
    }
  });
  form.addEventListener("click", (event) => {
    const more = event.target.closest(".seg button");
    if (more) {
      event.preventDefault();
      unfold(more);
      return;
    }
    const input = event.target.closest("input[type=radio]");
    if (input && input === chosen && input.closest(".pupil")) clear(input);
    chosen = null;
  });
  form.addEventListener("change", recount);
  form.addEventListener("input", (event) => {
    if (event.target.closest("[data-said]")) tell(event.target.closest(".pupil"));
  });

  // The row says in one line what its fields say, as the page does after the confirmation.
  function tell(row) {
    const words = [];
    for (const input of row.querySelectorAll("[data-said] input:not([type=hidden])")) {
      if (input.type === "checkbox") words.push(input.checked ? input.closest("label").textContent : "");
      else words.push(input.value.trim() && withUnit(input));
    }
    const text = words.filter(Boolean).join(" ");
    let line = row.querySelector(".said");
    if (!line) {
      line = document.createElement("p");
      line.className = "said";
      row.insertBefore(line, row.querySelector(".panel"));
    }
    line.textContent = text;
    line.hidden = text === "";
  }

  function withUnit(input) {
    const unit = input.dataset.unit ?? "";
    return unit ? input.value.trim().replace(/[℃度]$/, "") + unit : input.value.trim();
  }

  function clear(input) {
    input.checked = false;
    recount();
  }

  async function unfold(more) {
    const row = more.closest(".pupil");
    const panel = row.querySelector(".panel");
    if (panel) {
      if (!panel.hidden && panel.querySelector("input[type=radio]:checked:not([value=present])")) return;
      panel.hidden = !panel.hidden;
      more.classList.toggle("on", !panel.hidden);
      more.setAttribute("aria-expanded", String(!panel.hidden));
      if (!panel.hidden) panel.querySelector("input")?.focus();
      return;
    }
    let answer;
    try {
      answer = await fetch(`?open=${more.value}`, { headers: { "X-Fragment": "1" } });
    } catch {
      return;
    }
    if (!answer.ok || answer.redirected) {
      form.requestSubmit(more);
      return;
    }
    row.insertAdjacentHTML("beforeend", await answer.text());
    const added = row.querySelector(".panel");
    const now = row.querySelector(".seg input:checked")?.value;
    for (const input of added.querySelectorAll("input[type=radio]")) input.checked = input.value === now;
    more.classList.add("on");
    more.setAttribute("aria-expanded", "true");
    added.querySelector("input")?.focus();
  }

  function recount() {
    const counts = {};
    let marked = 0;
    for (const row of form.querySelectorAll(".pupil")) {
      const raw = row.querySelector("input[type=radio]:checked")?.value ?? "";
      const value = raw === "present" ? "" : raw;
      const same = value === (row.dataset.proposed ?? "");
      row.classList.toggle("out", value !== "");
      row.classList.toggle("bad", value === "not_arrived");
      row.classList.toggle("pencil", value !== "" && same && "proposed" in row.dataset);
      const kind = KINDS[value] ?? value;
      if (!kind || row.classList.contains("guest")) continue;
      counts[kind] = (counts[kind] ?? 0) + 1;
      if (kind !== "late") marked += 1;
    }
    const total = Number(form.dataset.total);
    for (const slot of document.querySelectorAll("[data-sum]")) {
      const kind = slot.dataset.sum;
      slot.textContent = kind === "present" ? total - marked : (counts[kind] ?? 0);
      if (kind === "not_arrived") slot.parentElement.classList.toggle("bad-text", counts[kind] > 0);
    }
  }
  recount();
}
