// Compiles the program beside the page: what a browser does with ten megabytes as
// they come in, and when the last has come, would hold the page up for a twentieth
// of a second, on a slow device for a fifth.
"use strict";
WebAssembly.compileStreaming(fetch(self.name)).then((program) => postMessage(program), () => postMessage(null));
