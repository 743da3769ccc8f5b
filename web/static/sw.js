// The offline copy. The lists below are written by the site builder: every file
// of the program with a hash of its content, so a build that changed nothing is
// no update and an update fetches only what changed.
"use strict";
const version = "{{.Version}}";
const files = {{.Files}}; // path relative to the worker → hash
const words = {{.Dictionaries}}; // paths of the dictionaries this version reads
const prefix = "pizhu-program-"; // the only caches that are ours to delete
const name = prefix + version;
const shared = "pizhu-dictionaries"; // content-named, kept across versions
const inbox = "pizhu-inbox"; // what other apps have shared and no page has opened yet
const scope = new URL("./", self.location).href;
const stamp = "x-pizhu-hash";
const loosely = { ignoreVary: true }; // what a host varies by is no matter to one reader's own copy

// checked is a response fit to be kept, or an error: a host that is half-way
// through being updated must not make up a version of old and new files.
const checked = async (response, path, hash) => {
  if (!response.ok) throw new Error(`${response.status} ${path}`);
  const body = await response.arrayBuffer();
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", body), 0, 8);
  if (Array.from(sum, (b) => b.toString(16).padStart(2, "0")).join("") !== hash) throw new Error(`not the listed content: ${path}`);
  // Made anew: a response that went through a redirect may not answer a navigation.
  return new Response(body, { status: 200, headers: { "content-type": response.headers.get("content-type") || "", [stamp]: hash } });
};

// Install is all or nothing: a version whose files did not all arrive never
// becomes the one in use, and the old one goes on. What did arrive stays, for
// the next try.
self.addEventListener("install", (event) => event.waitUntil((async () => {
  const cache = await caches.open(name);
  const old = await Promise.all((await caches.keys()).filter((k) => k.startsWith(prefix) && k !== name).map((k) => caches.open(k)));
  const tries = await Promise.allSettled(Object.entries(files).map(async ([path, hash]) => {
    const url = new URL(path, scope).href;
    for (const from of [cache, ...old]) {
      const hit = await from.match(url, loosely);
      if (hit && hit.headers.get(stamp) === hash) return from === cache ? undefined : cache.put(url, hit);
    }
    // What has its hash in its name may come from the browser's own cache: the page has just fetched it.
    const response = await fetch(url, { cache: /\.[0-9a-f]{10}\.\w+$/.test(path) ? "default" : "no-cache" });
    await cache.put(url, await checked(response, path, hash));
  }));
  const failed = tries.find((t) => t.status === "rejected");
  if (failed) throw failed.reason;
  // The first version has no page to disturb; a later one waits until the reader says so.
  if (!self.registration.active) await self.skipWaiting();
})()));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const k of await caches.keys()) if (k.startsWith(prefix) && k !== name) await caches.delete(k);
  const dictionaries = await caches.open(shared);
  const wanted = new Set(words.map((path) => new URL(path, scope).href));
  for (const request of await dictionaries.keys()) if (!wanted.has(request.url)) await dictionaries.delete(request);
  await self.clients.claim();
})()));

self.addEventListener("message", (event) => {
  if (event.data === "pizhu:take-over") self.skipWaiting();
  // A page that was on its way while this version started is nobody's yet.
  if (event.data === "pizhu:claim") event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (!request.url.startsWith(scope)) return;
  if (request.method === "GET") event.respondWith(answer(request));
  else if (request.method === "POST" && new URL(request.url).pathname === new URL("share", scope).pathname) event.respondWith(receive(request));
});

async function answer(request) {
  const cache = await caches.open(name);
  const url = new URL(request.url);
  url.search = url.hash = "";
  if (request.mode === "navigate") {
    const page = url.href.endsWith("/index.html") ? url.href.slice(0, -10) : url.href;
    const hit = await cache.match(page, loosely);
    if (hit) return hit;
    // Without its slash the page's own relative addresses would lead elsewhere.
    if (await cache.match(page + "/", loosely)) return Response.redirect(page + "/" + new URL(request.url).search);
    // A path that is no page of ours: online the host may know it, offline home does.
    try {
      const response = await fetch(request);
      if (response.ok || response.type === "opaqueredirect") return response;
    } catch { /* offline */ }
    return Response.redirect(scope);
  }
  const hit = await cache.match(url.href, loosely);
  if (hit) return hit;
  if (url.pathname.endsWith(".lex")) {
    const dictionaries = await caches.open(shared);
    const kept = await dictionaries.match(url.href, loosely);
    if (kept) return kept;
    const response = await fetch(request);
    // Where there is no room left the dictionary is used all the same.
    if (response.ok) await dictionaries.put(url.href, response.clone()).catch(() => {});
    return response;
  }
  return fetch(request);
}

// receive takes what another app shares, without a network too: it is put by,
// and the page that opens next makes articles of it.
async function receive(request) {
  try {
    const form = await request.formData();
    const box = await caches.open(inbox);
    let n = Date.now();
    const put = (title, body) => box.put(`${scope}share/${n++}`, new Response(body, { headers: { "x-pizhu-name": encodeURIComponent(title) } }));
    for (const file of form.getAll("files")) if (typeof file !== "string" && file.name) await put(file.name, file);
    const [title, text, url] = ["title", "text", "url"].map((k) => String(form.get(k) || "").trim());
    const body = [text, url].filter(Boolean).join("\n");
    if (body) await put((title || body.split("\n")[0].slice(0, 40)).replace(/[/\\]/g, "-") + ".txt", body);
  } catch (err) {
    console.warn("pizhu: what was shared could not be taken:", err.message);
  }
  return Response.redirect(scope + "?shared", 303);
}
