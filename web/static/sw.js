// The offline copy. The list below is written by the site builder: every file
// of the program with a hash of its content, so a build that changed nothing is
// no update and an update fetches only what changed.
"use strict";
const version = "{{.Version}}";
const files = {{.Files}}; // path relative to the worker → hash
const prefix = "pizhu-program-"; // the only caches that are ours to delete
const name = prefix + version;
const shared = "pizhu-dictionaries"; // content-named, kept across versions
const scope = new URL("./", self.location).href;
const stamp = "x-pizhu-hash";

const stamped = async (response, hash) => {
  const headers = new Headers(response.headers);
  headers.set(stamp, hash);
  headers.delete("content-encoding");
  headers.delete("content-length");
  // A response that went through a redirect must not answer a navigation: this one did not.
  return new Response(await response.blob(), { status: 200, headers });
};

// Install is all or nothing: a version whose files did not all arrive never
// becomes the one in use, and the old one goes on.
self.addEventListener("install", (event) => event.waitUntil((async () => {
  const cache = await caches.open(name);
  const old = (await caches.keys()).filter((k) => k.startsWith(prefix) && k !== name);
  await Promise.all(Object.entries(files).map(async ([path, hash]) => {
    const url = new URL(path, scope).href;
    for (const k of [name, ...old]) {
      const hit = await (await caches.open(k)).match(url);
      if (hit && hit.headers.get(stamp) === hash) return k === name ? undefined : cache.put(url, hit);
    }
    // What has its hash in its name may come from the browser's own cache: the page has just fetched it.
    const response = await fetch(url, { cache: path.startsWith("static/") ? "default" : "no-cache" });
    if (!response.ok) throw new Error(`${response.status} ${path}`);
    await cache.put(url, await stamped(response, hash));
  }));
  // The first version has no page to disturb; a later one waits until the reader says so.
  if (!self.registration.active) await self.skipWaiting();
})()));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const k of await caches.keys()) if (k.startsWith(prefix) && k !== name) await caches.delete(k);
  await self.clients.claim();
})()));

self.addEventListener("message", (event) => {
  if (event.data === "pizhu:take-over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope)) return;
  event.respondWith(answer(request));
});

async function answer(request) {
  const cache = await caches.open(name);
  const url = new URL(request.url);
  url.search = url.hash = "";
  if (request.mode === "navigate") {
    const page = url.href.endsWith("/index.html") ? url.href.slice(0, -10) : url.href;
    const hit = (await cache.match(page)) || (await cache.match(page + "/"));
    if (hit) return hit;
    // A path that is no page of ours: online the host may know it, offline home does.
    try {
      const response = await fetch(request);
      if (response.ok || response.type === "opaqueredirect") return response;
    } catch { /* offline */ }
    return Response.redirect(scope);
  }
  const hit = await cache.match(url.href);
  if (hit) return hit;
  if (/\/[a-z]+-[0-9a-f]{8,}\.lex$/.test(url.pathname)) {
    const dictionaries = await caches.open(shared);
    const kept = await dictionaries.match(url.href);
    if (kept) return kept;
    const response = await fetch(request);
    if (response.ok) await dictionaries.put(url.href, response.clone());
    return response;
  }
  return fetch(request);
}
