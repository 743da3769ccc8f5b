// Runs a program in its two parts, and says how often the first had to ask for the
// rest: node parts.js wasm_exec.js first rest before|asked
"use strict";
globalThis.fs = require("fs");
globalThis.path = require("path");
require(process.argv[2]);
const [first, rest] = process.argv.slice(3, 5).map((name) => new WebAssembly.Module(fs.readFileSync(name)));
const go = new Go();
const program = new WebAssembly.Instance(first, go.importObject);
const { table, whole } = program.exports;
let asked = 0;
const join = () => {
  new WebAssembly.Instance(rest, { ...go.importObject, pizhu: program.exports });
  whole.value = 1;
};
const missing = () => {
  asked++;
  join();
};
// (module (import "p" "m" (func)) (export "m" (func 0)))
const bridge = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 112, 1, 109, 0, 0, 7, 5, 1, 1, 109, 0, 0]));
table.set(0, new WebAssembly.Instance(bridge, { p: { m: missing } }).exports.m);
if (process.argv[5] === "before") join();
go.run(program).then(() => console.log("asked", asked));
