package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// begin runs a program until it waits for its page (browser.Begin), and is the
// program as it is then: its memory and its variables as they have become, and, in
// a section of its own, what it holds of the page. A browser goes on from there
// (page.js): what Go's runtime and every package do as they start, the same each
// time, cost a start a tenth of itself. (Wizer does this for programs that have no
// page; https://github.com/bytecodealliance/wizer.)
//
// What it costs: what a program finds out as it starts, it finds here. So it may
// ask its page for very little (world) before it waits, and what it asks for
// beyond that is an error. It reads no clock but one that stands at its beginning,
// and random numbers of which the page has to make new ones. Equal programs begin
// equally.
func begin(wasm []byte) ([]byte, error) {
	m, err := parseModule(wasm)
	if err != nil {
		return nil, err
	}
	memory, globals, w, err := m.run(wasm)
	if err != nil {
		return nil, err
	}
	if len(w.Set) == 0 {
		return nil, errors.New("expected the program to wait for its page, it has ended")
	}
	if w.Random = randomStates(memory); len(w.Random) < 2 {
		return nil, fmt.Errorf("expected two states of Go's generator of random numbers at least, found %d", len(w.Random))
	}
	begun, err := json.Marshal(w)
	if err != nil {
		return nil, err
	}
	out, err := rewrite(wasm, func(id int, body []byte) ([]byte, error) {
		switch id {
		case memorySection:
			r := &reader{body, 2} // one memory, and whether its size has an end
			r.unsigned()          // the size it begins with
			body = append(binary.AppendUvarint(body[:2:2], uint64(len(memory)/pageSize)), body[r.at:]...)
		case globalSection:
			body = m.variables(globals)
		case dataSection:
			body = segments(memory, 0)
		}
		return body, nil
	})
	if err != nil {
		return nil, err
	}
	return appendSection(out, customSection, append(appendName(nil, begunName), begun...)), nil
}

const (
	begunName = "pizhu" // of the section
	pageSize  = 1 << 16 // bytes, of WebAssembly's memory
	arguments = 4096    // where a program finds them (wasm_exec.js)
)

// variables is the section of global variables that begin with these values.
func (m *module) variables(values []uint64) []byte {
	b := binary.AppendUvarint(nil, uint64(len(values)))
	for i, v := range values {
		b = append(b, m.globals[i], 1)
		switch m.globals[i] {
		case i32Type:
			b = appendSigned(append(b, i32Const), int(int32(v)))
		case i64Type:
			b = appendSigned(append(b, opI64Const), int(v))
		case f32Type:
			b = binary.LittleEndian.AppendUint32(append(b, opF32Const), uint32(v))
		case f64Type:
			b = binary.LittleEndian.AppendUint64(append(b, opF64Const), v)
		}
		b = append(b, end)
	}
	return b
}

// run runs the program until it waits, and gives what has become of its memory and
// its variables, and what it has of its page.
func (m *module) run(wasm []byte) (memory []byte, globals []uint64, w *world, err error) {
	// It has to show its variables.
	shown, err := rewrite(wasm, func(id int, body []byte) ([]byte, error) {
		if id == exportSection {
			body = recount(m.exportsAndGlobals(), len(m.globals))
		}
		return body, nil
	})
	if err != nil {
		return nil, nil, nil, err
	}
	// An interpreter is ready in a tenth of the time that a compiler takes, and what it has to run takes it a few milliseconds.
	ctx := context.Background()
	r := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfigInterpreter().WithMemoryLimitPages(maxMemory/pageSize))
	defer r.Close(ctx)
	compiled, err := r.CompileModule(ctx, shown)
	if err != nil {
		return nil, nil, nil, err
	}
	w = &world{Set: map[string]int{}}
	host := r.NewHostModuleBuilder("gojs")
	for _, f := range compiled.ImportedFunctions() {
		_, name, _ := f.Import()
		host.NewFunctionBuilder().WithGoModuleFunction(w.answer(name), f.ParamTypes(), f.ResultTypes()).Export(name)
	}
	if _, err := host.Instantiate(ctx); err != nil {
		return nil, nil, nil, err
	}
	program, err := r.InstantiateModule(ctx, compiled, wazero.NewModuleConfig().WithStartFunctions())
	if err != nil {
		return nil, nil, nil, err
	}
	mem, run := program.Memory(), program.ExportedFunction("run")
	if mem == nil || run == nil {
		return nil, nil, nil, errors.New("expected a program of Go's, with its memory and the function run")
	}
	// One argument, the program's name, and no environment.
	mem.WriteString(arguments, "js\x00")
	mem.WriteUint64Le(arguments+8, arguments)
	if _, err := run.Call(ctx, 1, arguments+8); err != nil {
		line, _, _ := strings.Cut(err.Error(), "\n")
		return nil, nil, nil, errors.New(line)
	}
	for g := range m.globals {
		globals = append(globals, program.ExportedGlobal(globalName(g)).Get())
	}
	all, _ := mem.Read(0, mem.Size())
	return slices.Clone(all), globals, w, nil
}

// exportsAndGlobals is the body of the section of exports with the variables at its end.
func (m *module) exportsAndGlobals() []byte {
	exports := m.sections[exportSection]
	for g := range m.globals {
		exports = appendExport(exports, globalName(g), ofGlobal, g)
	}
	return exports
}

// world is the page as a program finds it before there is one, and what the
// program then holds of it. page.js makes that of the page there is.
type world struct {
	Values []any          `json:"values"` // by number, from firstValue: a path of names, or the number of a function of the program's
	Set    map[string]int `json:"set"`    // of the window's, what the program has set, to the number of a value
	Random [][2]int       `json:"random"` // addresses and sizes of what is to be random
}

// How wasm_exec.js of Go 1.26 numbers the page's values, and what it writes for them.
const (
	theWindow, theGo, firstValue  = 5, 6, 7
	nanHead                       = 0x7ff80000
	object, function              = 1, 4
	makeFunction                  = "_makeFuncWrapper"
	getResult, callResult, callOK = 32, 56, 64 // from the stack pointer
)

// known are what a program may ask for, and the kinds of it. A number is -1: the page has no files.
var known = map[string]int{
	"Object": function, "Array": function, "Uint8Array": function,
	"process": object, "path": object, "fs": object, "fs.constants": object,
}

// number is that of a value.
func (w *world) number(v any) int {
	i := slices.Index(w.Values, v)
	if i < 0 {
		i = len(w.Values)
		w.Values = append(w.Values, v)
	}
	return firstValue + i
}

// answer is what the page does for one of a program's functions. Panics become errors of the program's run.
func (w *world) answer(name string) api.GoModuleFunc {
	return func(_ context.Context, m api.Module, stack []uint64) {
		mem, sp := m.Memory(), uint32(stack[0])
		word := func(at uint32) uint32 {
			v, _ := mem.ReadUint64Le(sp + at)
			return uint32(v)
		}
		slice := func(at uint32) []byte {
			b, _ := mem.Read(word(at), word(at+8))
			return b
		}
		put := func(at uint32, number, kind int) {
			mem.WriteUint64Le(sp+at, uint64(nanHead|kind)<<32|uint64(number))
		}
		switch name {
		case "runtime.resetMemoryDataView":
		case "runtime.nanotime1", "runtime.walltime":
			mem.WriteUint64Le(sp+8, 1) // 0 is no time
			if name == "runtime.walltime" {
				mem.WriteUint32Le(sp+16, 0)
			}
		case "runtime.getRandomData":
			for b, i := slice(8), 0; i < len(b); i++ {
				b[i] = byte(i + 1)
			}
		case "runtime.wasmWrite":
			os.Stderr.Write(slice(16)) // why it ends
		case "syscall/js.valueGet":
			of, asked := int(word(8)), string(slice(16))
			if of != theWindow {
				asked = fmt.Sprint(w.name(of), ".", asked)
			}
			if strings.HasPrefix(asked, "fs.constants.") {
				mem.WriteUint64Le(sp+getResult, math.Float64bits(-1))
				return
			}
			kind, ok := known[asked]
			if !ok {
				panic(fmt.Errorf("the program asks its page for %s before there is one", asked))
			}
			put(getResult, w.number(asked), kind)
		case "syscall/js.valueCall":
			if of, called := int(word(8)), string(slice(16)); of != theGo || called != makeFunction {
				panic(fmt.Errorf("the program calls %s of its page before there is one", called))
			}
			id, _ := mem.ReadFloat64Le(word(32)) // its one argument
			put(callResult, w.number(int(id)), function)
			mem.WriteByte(sp+callOK, 1)
		case "syscall/js.valueSet":
			if of, set := int(word(8)), string(slice(16)); of == theWindow {
				w.Set[set] = int(word(getResult))
			} else {
				panic(fmt.Errorf("the program sets %s of its page before there is one", set))
			}
		default:
			panic(fmt.Errorf("the program needs %s before there is a page", name))
		}
	}
}

// name is how the value was asked for.
func (w *world) name(number int) any {
	if i := number - firstValue; i >= 0 && i < len(w.Values) {
		return w.Values[i]
	}
	return number
}

// The state of Go's generator (internal/chacha8rand of Go 1.26): a buffer of
// numbers, the seed they came from, how many were taken, how many there are before
// new ones are made, and how many blocks were made of the seed.
const (
	bufferSize = 32 * 8
	randomSize = bufferSize + 32 // bytes that are to be random
	stateSize  = randomSize + 3*4
	lastBlock  = 16
)

// randomStates are the addresses of the states of Go's generators in memory. A program
// that begins the same each time would draw the same numbers each time: whoever knows
// them can write a file whose entries all fall into one slot of a map.
func randomStates(memory []byte) (found [][2]int) {
	for i := 0; i+stateSize <= len(memory); i += 8 {
		numbers, seed, counts := memory[i:i+bufferSize], memory[i+bufferSize:i+randomSize], memory[i+randomSize:i+stateSize]
		taken, have, blocks := binary.LittleEndian.Uint32(counts), binary.LittleEndian.Uint32(counts[4:]), binary.LittleEndian.Uint32(counts[8:])
		if have < 28 || have > 32 || taken > have || blocks >= lastBlock || blocks%4 != 0 {
			continue
		}
		// math/rand has the same generator: the numbers are what it draws from the seed.
		g := rand.NewChaCha8([32]byte(seed))
		for range blocks / 4 * 32 {
			g.Uint64()
		}
		if bytes.Equal(binary.LittleEndian.AppendUint64(nil, g.Uint64()), numbers[:8]) {
			found = append(found, [2]int{i, randomSize})
		}
	}
	return found
}
