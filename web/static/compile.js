// Compiles the program beside the page: what a browser does with megabytes as they
// come in, and when the last has come, would hold the page up for a twentieth of a
// second, on a slow device for a fifth.
"use strict";
const compile = (url) => WebAssembly.compileStreaming(fetch(url)).then((part) => postMessage({ url, part }), () => postMessage({ url }));
self.onmessage = ({ data: url }) => compile(url);
// The first part is named in this script's own address: a message would wait until the page has been laid out.
compile(location.hash.slice(1));
