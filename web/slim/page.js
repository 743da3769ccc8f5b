// The page's half of what web/slim does to a program. It follows wasm_exec.js of the Go
// that built the program, and goes by what that has of its own.
"use strict";
globalThis.Program = class extends Go {
  // open makes the program of its first part. What calls into the rest before that is
  // there calls missing, which has joined it when it returns, or throws.
  async open(first, missing) {
    this._inst = await WebAssembly.instantiate(first, this.importObject);
    this.mem = new DataView(this._inst.exports.mem.buffer);
    // (module (import "p" "m" (func)) (export "m" (func 0))): a table takes functions of WebAssembly alone.
    const bridge = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 112, 1, 109, 0, 0, 7, 5, 1, 1, 109, 0, 0]));
    this._inst.exports.table.set(0, new WebAssembly.Instance(bridge, { p: { m: missing } }).exports.m);
    const [begun] = WebAssembly.Module.customSections(first, "pizhu");
    this._begun = begun && JSON.parse(new TextDecoder().decode(begun));
  }

  get whole() { return this._inst.exports.whole.value === 1; }

  // join puts the rest in its place, once.
  join(rest) {
    if (this.whole) return;
    new WebAssembly.Instance(rest, { ...this.importObject, pizhu: this._inst.exports });
    this._inst.exports.whole.value = 1;
  }

  // start runs the program. One that has begun (begin.go) gets what it holds of the
  // page, and goes on when a function is called that it has set. The promise is kept
  // when the program has ended.
  start() {
    if (!this._begun) return this.run(this._inst);
    const { values, set, random } = this._begun;
    const value = (v) => (typeof v === "number" ? this._makeFuncWrapper(v) : v.split(".").reduce((of, name) => of[name], globalThis));
    this._values = [NaN, 0, null, true, false, globalThis, this, ...values.map(value)];
    this._goRefCounts = this._values.map(() => Infinity);
    this._ids = new Map(this._values.map((v, id) => [v, id]));
    this._idPool = [];
    this.exited = false;
    for (const [at, size] of random) crypto.getRandomValues(new Uint8Array(this.mem.buffer, at, size));
    for (const name in set) globalThis[name] = this._values[set[name]];
    return this._exitPromise;
  }
};
