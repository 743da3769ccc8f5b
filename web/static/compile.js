// Compiles the program beside the page: what a browser does with megabytes as they
// come in, and when the last has come, would hold the page up for a twentieth of a
// second, on a slow device for a fifth.
"use strict";
self.onmessage = ({ data: url }) => WebAssembly.compileStreaming(fetch(url)).then((part) => postMessage({ url, part }), () => postMessage({ url }));
