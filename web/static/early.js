// Runs before the first paint: the reader's own theme, typeface and size, so
// that nothing changes colour or place once the page is shown; the way to the
// article read last, when that is what was asked for; and the compilation of the
// program, in a worker, while the page is laid out.
(() => {
  const here = document.currentScript;
  const at = (path) => new URL(path, new URL("../", here.src)).href;
  const policy = { createScriptURL: (url) => url };
  globalThis.pizhuScripts = globalThis.trustedTypes?.createPolicy("pizhu", policy) ?? policy;
  // pizhuCompiled is a part of the program. A worker that could not be started never answers.
  let worker, broken;
  globalThis.pizhuCompiled = (url) => new Promise((done, failed) => {
    if (broken) throw broken;
    if (worker) worker.postMessage(url);
    else worker = new Worker(globalThis.pizhuScripts.createScriptURL(at(here.dataset.compile) + "#" + url));
    worker.addEventListener("message", ({ data }) => data.url === url && (data.part ? done(data.part) : failed(new Error("not compiled"))));
    worker.addEventListener("error", () => failed((broken = new Error("no worker"))));
  });
  globalThis.pizhuModule = globalThis.pizhuCompiled(at(here.dataset.wasm));
  globalThis.pizhuModule.catch(() => {}); // boot.js has another way
  const root = document.documentElement;
  try {
    const last = location.search === "?last" && localStorage.getItem("pizhu/1/last");
    if (/^read\/[^/]+\/(\?id=[\w:-]+)?$/.test(last)) location.replace(new URL("../" + last, here.src));
    const p = JSON.parse(localStorage.getItem("pizhu/1/pref") || "{}");
    for (const name of ["theme", "face", "size"])
      if (typeof p[name] === "string" && /^[a-z0-9]{1,8}$/.test(p[name])) root.dataset[name] = p[name];
  } catch { /* blocked or garbled storage: the page's defaults stand, and the program reports it */ }
})();
