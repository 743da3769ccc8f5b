// Runs a program in its two parts, and says how often the first had to ask for the
// rest: node parts.js wasm_exec.js first rest before|asked
"use strict";
globalThis.fs = require("fs");
globalThis.path = require("path");
require(process.argv[2]);
require("../page.js");
const [first, rest] = process.argv.slice(3, 5).map((name) => new WebAssembly.Module(fs.readFileSync(name)));
let asked = 0;
const missing = () => {
  asked++;
  program.join(rest);
};
const program = new Program();
program.open(first, missing).then(() => {
  if (process.argv[5] === "before") program.join(rest);
  const ended = program.start();
  globalThis.pizhuBegin?.();
  return ended;
}).then(() => console.log("asked", asked));
