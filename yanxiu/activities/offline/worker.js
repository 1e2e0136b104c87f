// The service worker. HOUSE stands in a line above this file: version, shell, start, static, logOut, mark.
// It keeps the shell, and those pages that ask for it by a header which names their reader; every other page
// comes from the house or not at all.

const SHELL = `shell-${HOUSE.version}`;
const KEPT = "kept";
const DAY = 24 * 3600 * 1000;
const PATIENCE = 6000;
const KEPT_AT = "X-Kept-At";
const KEPT_DAYS = "X-Keep-Days";
const GATEWAY_PROBLEM = 502;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;

self.addEventListener("install", (event) => {
  const fresh = HOUSE.shell.map((url) => new Request(url, { cache: "reload" }));
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

// Open pages stay as they are: nothing reloads by itself, so nothing can reload for ever.
self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== SHELL && name !== KEPT) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method !== "GET") {
    if (url.pathname === HOUSE.logOut) event.waitUntil(caches.delete(KEPT));
    return;
  }
  if (url.pathname.startsWith(HOUSE.static)) event.respondWith(file(request));
  else if (request.mode === "navigate") event.respondWith(page(event, url));
});

self.addEventListener("message", (event) => {
  const { reader, keep: address } = event.data || {};
  const deed = async () => {
    if (reader) await forgetOthers(reader);
    if (!address) return;
    const url = new URL(address, location.origin);
    const fresh = await keepAddress(url).catch(() => false);
    const kept = fresh || Boolean(await (await caches.open(KEPT)).match(url.pathname));
    event.ports[0]?.postMessage({ kept });
  };
  event.waitUntil(deed());
});

// ---- files: a hashed name never changes its meaning, a plain one may ----
const file = async (request) => {
  const kept = await caches.match(request, { ignoreSearch: true });
  if (kept && HASHED.test(new URL(request.url).pathname)) return kept;
  return fetch(request).catch(() => kept || Response.error());
};

// ---- pages: the house first ----
const page = async (event, url) => {
  const kept = await keptFor(url);
  try {
    const answer = await inTime(fetch(event.request), kept ? PATIENCE : 0);
    if (kept && answer.status >= GATEWAY_PROBLEM) return kept;
    if (answer.ok && answer.headers.get(HOUSE.mark)) event.waitUntil(keep(url, answer.clone()));
    return answer;
  } catch {
    return kept || await caches.match(HOUSE.start) || Response.error();
  }
};
// A session whose offline roll is kept opens that roll.
const keptFor = async (url) => {
  const cache = await caches.open(KEPT);
  const own = await cache.match(url.pathname);
  if (own) return own;
  const roll = `${url.pathname}offline/`;
  return await cache.match(roll) ? Response.redirect(roll) : undefined;
};
const inTime = (answer, patience) => patience
  ? Promise.race([answer, new Promise((_, reject) => setTimeout(reject, patience, new Error("late")))])
  : answer;

const keepAddress = async (url) => {
  if (url.origin !== location.origin) return false;
  const answer = await fetch(url.pathname, { credentials: "same-origin" });
  return answer.ok && Boolean(answer.headers.get(HOUSE.mark)) && keep(url, answer);
};
const keep = async (url, answer) => {
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  headers.set(KEPT_AT, String(Date.now()));
  const text = await answer.text();
  await forgetOthers(headers.get(HOUSE.mark));
  const cache = await caches.open(KEPT);
  // The page needs the files it was made with, also after the next release.
  const named = [...text.matchAll(/(?:src|href|data-keeping|data-offline|data-one-draft|data-drafts)="([^"#]+)/g)].map((found) => found[1]);
  const files = new Set(named.filter((word) => word.startsWith(HOUSE.static)));
  await Promise.all([...files].map(async (name) => await caches.match(name) || cache.add(name).catch(() => null)));
  await cache.put(url.pathname, new Response(text, { headers }));
  return true;
};
// Pages of other readers and of other days go.
const forgetOthers = async (reader) => {
  const cache = await caches.open(KEPT);
  for (const request of await cache.keys()) {
    const { headers } = await cache.match(request);
    if (!headers.has(HOUSE.mark)) continue;
    const old = Date.now() - Number(headers.get(KEPT_AT)) > DAY * (Number(headers.get(KEPT_DAYS)) || 1);
    if (old || headers.get(HOUSE.mark) !== reader) await cache.delete(request);
  }
};
