// Send what the phone keeps, each report once: the key makes the server return its first answer.
import { all, change, drop, dropUnsent, keep } from "./store.js";

const isJson = (answer) => answer.headers.get("Content-Type")?.startsWith("application/json");

// Post a report with a token of now. Answers {state, ...what the server said}:
// sent, refused (the school can't take it), login, other (another account), waiting (try again).
export async function post(item, token) {
  const body = new URLSearchParams([...item.fields, ["csrfmiddlewaretoken", token]]);
  let answer;
  try {
    answer = await fetch(item.address, {
      method: "POST",
      body,
      headers: { "X-Outbox": "1", "X-CSRFToken": token },
      redirect: "manual",
    });
  } catch {
    return { state: "waiting" };
  }
  if (answer.type === "opaqueredirect") return { state: "login" };
  if (!isJson(answer)) return { state: "unknown", status: answer.status };
  const said = await answer.json().catch(() => null);
  if (!said) return { state: "waiting" };
  return { state: answer.ok ? "sent" : "refused", ...said };
}

async function freshToken(item) {
  const answer = await fetch(item.token, { redirect: "manual", cache: "no-store" });
  if (answer.type === "opaqueredirect") return { state: "login" };
  if (!answer.ok || !isJson(answer)) return { state: answer.status < 500 ? "login" : "waiting" };
  return answer.json();
}

async function deliver(item) {
  let found;
  try {
    found = await freshToken(item);
  } catch {
    return { state: "waiting" };
  }
  if (found.state) return found;
  if (found.account !== item.account) return { state: "other" };
  const done = await post(item, found.token);
  if (done.state === "unknown") return { state: done.status < 500 ? "refused" : "waiting" };
  return done;
}

// Keep what became of a report, if it is still there: sent leaves only its receipt.
export async function settle(item, done) {
  const { receipt, at, problem = "", to = "" } = done;
  await change(item.key, (kept) =>
    done.state === "sent"
      ? { key: kept.key, account: kept.account, state: "sent", receipt, at, to: done.to }
      : { ...kept, state: done.state, problem, to },
  );
  return done;
}

export const dayOf = (instant) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(instant);

// Send every report of this phone that still waits and whose day is not over.
export async function deliverAll(now) {
  return navigator.locks.request("outbox", async () => {
    const found = [];
    for (const item of await all()) {
      if (["sent", "refused", "expired"].includes(item.state)) continue;
      if (item.lastDay < dayOf(now + item.offset)) {
        await change(item.key, (kept) => ({ ...kept, state: "expired" }));
        found.push({ state: "expired" });
      } else {
        found.push(await settle(item, await deliver(item)));
      }
    }
    return found;
  });
}

// Take a report back: not while it is on its way, and not when it arrived meanwhile.
export const takeBack = (seen) => navigator.locks.request("outbox", () => dropUnsent(seen));
export { all, drop, keep };
