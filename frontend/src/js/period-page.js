// The page 「時間ごと」: every list of a lesson becomes a key that goes through its values, and the
// arrows move between the keys. Without this script the lists stay.
const form = document.querySelector("[data-period-form]");

if (form) {
  const rows = [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("select")].map(keyFor));

  function keyFor(list) {
    const key = document.createElement("button");
    key.type = "button";
    key.id = `k-${list.name}`;
    key.setAttribute("aria-labelledby", `${list.getAttribute("aria-labelledby")} ${key.id}`);
    const show = () => {
      key.textContent = list.selectedOptions[0].textContent;
      key.dataset.value = list.value;
    };
    key.addEventListener("click", () => {
      list.selectedIndex = (list.selectedIndex + 1) % list.options.length;
      show();
      const period = list.name.split("-")[1];
      const taken = form.querySelector(`input[name="t"][value="${period}"]`);
      if (taken && list.value) taken.checked = true;
    });
    show();
    list.hidden = true;
    list.after(key);
    return key;
  }

  const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  form.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const y = rows.findIndex((row) => row.includes(event.target));
    if (!step || y < 0) return;
    event.preventDefault();
    rows[y + step[0]]?.[rows[y].indexOf(event.target) + step[1]]?.focus();
  });
}
