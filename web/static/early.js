// Runs before the first paint: the reader's own theme, typeface and size, so
// that nothing changes colour or place once the page is shown; the way to the
// article read last, when that is what was asked for; and the compilation of the
// program, which goes on beside the page's layout: a browser takes no more than
// the first part of a file that nobody reads.
(() => {
  const here = document.currentScript;
  if (globalThis.WebAssembly?.compileStreaming) {
    globalThis.pizhuModule = WebAssembly.compileStreaming(fetch(new URL(here.dataset.wasm, new URL("../", here.src))));
    globalThis.pizhuModule.catch(() => {}); // boot.js takes it from here
  }
  const root = document.documentElement;
  try {
    const last = location.search === "?last" && localStorage.getItem("pizhu/1/last");
    if (/^read\/[^/]+\/(\?id=[\w:-]+)?$/.test(last)) location.replace(new URL("../" + last, here.src));
    const p = JSON.parse(localStorage.getItem("pizhu/1/pref") || "{}");
    for (const name of ["theme", "face", "size"])
      if (typeof p[name] === "string" && /^[a-z0-9]{1,8}$/.test(p[name])) root.dataset[name] = p[name];
  } catch { /* blocked or garbled storage: the page's defaults stand, and the program reports it */ }
})();
