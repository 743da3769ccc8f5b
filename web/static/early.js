// Runs before the first paint: the reader's own theme, typeface and size, so
// that nothing changes colour or place once the page is shown; and the way to
// the article read last, when that is what was asked for.
(() => {
  const root = document.documentElement;
  try {
    const last = location.search === "?last" && localStorage.getItem("pizhu/1/last");
    if (/^read\/[^/]+\/(\?id=[\w:-]+)?$/.test(last)) location.replace(new URL("../" + last, document.currentScript.src));
    const p = JSON.parse(localStorage.getItem("pizhu/1/pref") || "{}");
    for (const name of ["theme", "face", "size"])
      if (typeof p[name] === "string" && /^[a-z0-9]{1,8}$/.test(p[name])) root.dataset[name] = p[name];
  } catch { /* blocked or garbled storage: the page's defaults stand, and the program reports it */ }
})();
