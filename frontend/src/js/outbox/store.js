// The reports this phone keeps until the school has them: one IndexedDB store, used by pages and
// by the service worker. Nothing else of the product is kept here.
const NAME = "outbox";

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("manabiya", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(NAME, { keyPath: "key" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function run(mode, work) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(NAME, mode, { durability: "strict" });
      const asked = work(transaction.objectStore(NAME));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export const keep = (item) => run("readwrite", (store) => store.put(item));
// Change what is kept under a key, as it stands now; what was dropped meanwhile stays dropped.
export const change = (key, changed) =>
  run("readwrite", (store) => {
    const asked = store.get(key);
    asked.onsuccess = () => asked.result && store.put(changed(asked.result));
    return asked;
  });
// Drop what is kept under a key unless it came to be ``sent`` since somebody saw it.
export const dropUnsent = (seen) =>
  run("readwrite", (store) => {
    const asked = store.get(seen.key);
    asked.onsuccess = () => (asked.result?.state !== "sent" || seen.state === "sent") && store.delete(seen.key);
    return asked;
  });
export const drop = (key) => run("readwrite", (store) => store.delete(key));
export const all = () => run("readonly", (store) => store.getAll());
