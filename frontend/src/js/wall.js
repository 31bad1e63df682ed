// The screen of the staff room asks for its board every fifteen seconds and keeps its clock going.
const wall = document.querySelector("[data-wall]");
const EVERY = 15_000;
let tag = wall?.dataset.tag;
let ahead = 0;

const clock = () => wall.querySelector("[data-clock]");
const shown = () => {
  const now = new Date(Date.now() + ahead);
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Tokyo", hour: "numeric", minute: "2-digit" });
  return parts.format(now).replace(/^0(?=\d:)/, "");
};
function setClock() {
  ahead = new Date(clock().dataset.clock) - Date.now();
}
function tick() {
  clock().textContent = shown();
}
async function ask() {
  const answer = await fetch(wall.dataset.wall, { headers: { "If-None-Match": tag }, cache: "no-store" });
  if (answer.status === 404) return location.assign(wall.dataset.entry);
  if (answer.status === 200) {
    tag = answer.headers.get("ETag");
    wall.innerHTML = await answer.text();
    setClock();
  } else if (answer.status !== 304) throw new Error(answer.status);
  wall.classList.remove("silent");
  const heard = wall.querySelector("[data-heard]");
  if (heard) heard.textContent = shown();
}
if (wall) {
  setClock();
  setInterval(tick, 1000);
  setInterval(() => ask().catch(() => wall.classList.add("silent")), EVERY);
}
