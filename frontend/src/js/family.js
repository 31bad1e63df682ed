// Pages of families: keep a report on the phone until the school has it, and say so.
import { all, dayOf, deliverAll, drop, keep, post, takeBack } from "./outbox/deliver.js";

const place = document.getElementById("outbox");
const { account, now, token, offline } = place?.dataset ?? {};
const isKeptPage = place?.hasAttribute("data-kept");
const AGAIN = 20_000;

// The school's clock: that of the server when a page came from it, moved on by the phone's.
const offset = () => Number(localStorage.getItem("offset") ?? 0);
if (now && !isKeptPage) localStorage.setItem("offset", Date.parse(now) - Date.now());
const schoolNow = () => new Date(Date.now() + offset());

function itemOf(form, submitter) {
  const data = new FormData(form, submitter);
  const child = form.querySelector("[name=child]:checked");
  const shown = child?.dataset ?? form.dataset;
  const said = [...form.querySelectorAll("[name=kind]:checked, [name=reason]:checked")];
  const fields = [...data].filter(([name]) => !["csrfmiddlewaretoken", "child"].includes(name));
  const at = schoolNow();
  const set = (name, value) => fields.splice(0, Infinity, ...fields.filter(([n]) => n !== name), [name, value]);
  set("claimed_at", at.toISOString());
  if (!data.get("key")) set("key", crypto.randomUUID().replaceAll("-", ""));
  const value = (name) => fields.find(([n]) => n === name)?.[1] ?? "";
  return {
    key: value("key"),
    account,
    token: new URL(token, location).href,
    address: new URL(child?.value ?? form.getAttribute("action") ?? location.pathname, location).href,
    fields,
    offset: offset(),
    lastDay: value("until") || value("date"),
    state: "waiting",
    shown: {
      name: shown.name,
      school: shown.school,
      phone: shown.phone,
      day: form.querySelector("[name=date] option:checked")?.textContent ?? form.dataset.day ?? "",
      words: [form.dataset.kind, ...said.map((input) => input.parentElement.textContent.trim())].filter(Boolean).join(" "),
      at: at.toLocaleTimeString("ja-JP", { timeZone: "Asia/Tokyo", hour: "numeric", minute: "2-digit" }),
    },
  };
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-outbox]") || event.defaultPrevented) return;
  event.preventDefault();
  if (isKeptPage && !isComplete(form)) {
    dispatchEvent(new Event("pageshow")); // the button may be pressed again
    return;
  }
  let item;
  try {
    item = itemOf(form, event.submitter);
    await keep(item);
  } catch {
    form.submit(); // a browser that keeps nothing
    return;
  }
  const own = form.querySelector("[name=csrfmiddlewaretoken]")?.value;
  const done = own && !isKeptPage ? await post(item, own) : { state: "waiting" };
  if (done.state === "sent") {
    await drop(item.key);
    location.assign(done.to);
  } else if (["waiting", "login"].includes(done.state)) {
    wakeLater();
    if (done.state === "login" || (await isPageKept())) location.assign(offline);
    else sayHere(form);
  } else {
    await drop(item.key);
    form.submit(); // the server's own page says what to mend
  }
});

async function isPageKept() {
  if (!navigator.serviceWorker?.controller || !window.caches) return false;
  return Boolean(await caches.match(offline).catch(() => null));
}

// No page of ours could be opened without a network: say on this one that the report is kept.
async function sayHere(form) {
  form.hidden = true;
  await show();
  document.getElementById("outbox")?.scrollIntoView();
}

// Without the server the page itself asks for what the server would ask for.
function isComplete(form) {
  const other = form.querySelector("[name=reason][value=other]");
  form.elements.note.required = Boolean(other?.checked);
  return form.reportValidity();
}

function wakeLater() {
  navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("outbox")).catch(() => {});
}

async function send() {
  await deliverAll(Date.now()).catch(() => []);
  await show();
}

// Draw what is kept: a slip for each report, the loudest first.
const ORDER = ["expired", "refused", "login", "waiting", "other", "sent"];
async function show() {
  const list = document.getElementById("outbox-list");
  if (!list || !account) return;
  const items = (await all().catch(() => [])).filter((item) => item.account === account);
  items.sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  list.replaceChildren(...items.map(slip));
  document.body.classList.toggle("has-outbox", items.length > 0);
}

function slip(item) {
  const kind = item.state === "other" ? "waiting" : item.state;
  const part = document.getElementById(`outbox-${kind}`).content.cloneNode(true);
  const fill = { ...item.shown, receipt: item.receipt, sentAt: item.at, problem: item.problem };
  for (const spot of part.querySelectorAll("[data-slot]")) spot.textContent = fill[spot.dataset.slot] ?? "";
  for (const link of part.querySelectorAll("a[data-phone]")) link.href = `tel:${fill.phone ?? ""}`;
  for (const link of part.querySelectorAll("a[data-to]")) link.href = item.to || offline;
  part.querySelector("[data-do=send]")?.addEventListener("click", send);
  for (const button of part.querySelectorAll("[data-do=drop]"))
    button.addEventListener("click", async () => {
      button.disabled = true;
      await takeBack(item);
      await show();
    });
  return part;
}

// The page that is kept for times without a network: of this account only, with its styles.
async function keepPage() {
  if (!("serviceWorker" in navigator) || !window.caches) return;
  await navigator.serviceWorker.register("/sw.js");
  if (isKeptPage || !offline) return;
  const answer = await fetch(offline, { redirect: "manual" });
  const cache = await caches.open("family");
  if (answer.ok) await cache.put(offline, answer); // first the new one: it may be needed any moment
  for (const known of await cache.keys())
    if (!answer.ok || new URL(known.url).pathname !== offline) await cache.delete(known);
  if (!answer.ok) return;
  const sources = document.querySelectorAll("link[rel=stylesheet], script[src], use");
  const urls = [...sources].map((it) => (it.href?.baseVal ?? it.href ?? it.src).split("#")[0]);
  const assets = await caches.open("assets-1");
  const missing = [];
  for (const url of new Set(urls)) if (!(await assets.match(url))) missing.push(url);
  await assets.addAll(missing);
}

// On the kept page the days that are over are not offered, and today is called so.
function freshenDays() {
  const today = dayOf(schoolNow());
  for (const option of document.querySelectorAll("[data-days] option"))
    if (option.value < today) option.remove();
    else if (option.value === today) option.textContent = `${option.textContent} ${option.parentElement.dataset.today}`;
}

if (place) {
  if (isKeptPage) freshenDays();
  keepPage().catch(() => {});
  addEventListener("online", send);
  addEventListener("pageshow", (event) => event.persisted && send());
  setInterval(() => document.visibilityState === "visible" && send(), AGAIN);
  show().then(send);
}
