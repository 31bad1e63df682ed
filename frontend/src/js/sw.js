// Works without a network: styles and scripts from the cache, and one page of the family to write
// a report on. Sends what waits as soon as the browser says there is a network again.
import { deliverAll } from "./outbox/deliver.js";

const ASSETS = "assets-1";
const FAMILY = "family";
const PATIENCE = 10_000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function asset(request) {
  const cache = await caches.open(ASSETS);
  const known = await cache.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

async function page(request) {
  try {
    return await Promise.race([
      fetch(request),
      new Promise((_, give) => setTimeout(() => give(new Error("slow")), PATIENCE)),
    ]);
  } catch (error) {
    const cache = await caches.open(FAMILY);
    const [kept] = await cache.keys();
    const found = kept && (await cache.match(kept));
    if (found) return found;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/static/")) event.respondWith(asset(request));
  else if (request.mode === "navigate" && /^\/(m\/[^/]+\/(family\/.*)?)?$/.test(pathname))
    event.respondWith(page(request));
});

self.addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(deliverAll(Date.now()).then(mayRest));
});

// The browser tries again later when this fails.
function mayRest(found) {
  if (found.some(({ state }) => state === "waiting")) throw new Error("still no network");
}
