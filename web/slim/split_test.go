package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Wherever a program is cut, it does the same: grows stacks, panics and recovers
// through both parts, calls what is in the other one by its name and by a value.
func TestSplitProgramRuns(t *testing.T) {
	wasm, err := pack(read(t, built(t, "unwind", "-w")))
	if err != nil {
		t.Fatal(err)
	}
	prefix := func(prefixes ...string) func(string) bool {
		return func(name string) bool {
			for _, p := range prefixes {
				if strings.HasPrefix(name, p) {
					return true
				}
			}
			return false
		}
	}
	odd := func(name string) bool { return len(name)%2 == 1 || !strings.Contains(name, ".") }
	for _, c := range []struct {
		name  string
		hot   func(string) bool
		asked int
	}{
		{"all in the first", func(string) bool { return true }, 0},
		{"the runtime in the first", prefix("runtime.", "internal_", "_", "go_", "wasm_"), 1},
		{"the program in the first, the library in the rest", prefix("main.", "runtime.", "internal_", "_", "go_", "wasm_"), 1},
		{"the runtime in the rest", prefix("main.", "_", "go_", "wasm_"), 1},
		{"every other function", odd, 1},
		{"all in the rest", func(string) bool { return false }, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			first, rest, err := split(wasm, c.hot)
			if err != nil {
				t.Fatal(err)
			}
			run := parts(t, first, rest)
			for _, when := range []string{"before", "asked"} {
				asked := c.asked
				if when == "before" {
					asked = 0
				}
				out, err := run(when)
				if want := unwound + fmt.Sprintln("asked", asked); err != nil || string(out) != want {
					t.Errorf("%s: expected\n%sgot (%v)\n%.2000s", when, want, err, out)
				}
			}
		})
	}
}

// parts gives what runs the two parts of a program in Node, the rest there before
// it is needed or when it is asked for.
func parts(t *testing.T, first, rest []byte) (run func(when string) ([]byte, error)) {
	t.Helper()
	root, err := tool("env", "GOROOT")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a.wasm"), filepath.Join(dir, "b.wasm")
	for name, part := range map[string][]byte{a: first, b: rest} {
		if err := os.WriteFile(name, part, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return func(when string) ([]byte, error) {
		return exec.Command("node", "--stack-size=16384", "testdata/parts.js", filepath.Join(root, "lib", "wasm", "wasm_exec.js"), a, b, when).CombinedOutput()
	}
}

// The table of addresses is found in what this Go writes, and left alone where it
// says anything else.
func TestBuckets(t *testing.T) {
	m, err := parseModule(read(t, built(t, "unwind", "-w")))
	if err != nil {
		t.Fatal(err)
	}
	memory, _, err := load(&reader{m.sections[dataSection], 0})
	if err != nil {
		t.Fatal(err)
	}
	tables, err := findTables(memory)
	if err != nil {
		t.Fatal(err)
	}
	functions := tables.count
	whole := bytes.Clone(memory)
	at, ok := clearBuckets(memory, functions)
	if !ok {
		t.Fatal("expected the table of addresses to be found")
	}
	for _, entry := range []int{0, 100, entries(functions) - 1} {
		tampered := bytes.Clone(whole)
		tampered[at+entry*bucketSize]++
		before := bytes.Clone(tampered)
		if _, ok := clearBuckets(tampered, functions); ok || !bytes.Equal(tampered, before) {
			t.Errorf("expected a table that differs in entry %d to stay", entry)
		}
	}
	if _, ok := clearBuckets(memory, functions); ok {
		t.Error("expected no table in memory without one")
	}
}

func TestSplitRefuses(t *testing.T) {
	module := func(sections ...[]byte) []byte {
		out := []byte(magic)
		for _, s := range sections {
			out = appendSection(out, int(s[0]), s[1:])
		}
		return out
	}
	types := []byte{typeSection, 2, funcType, 0, 0, funcType, 1, i32Type, 1, i32Type}
	imports := []byte{importSection, 0}
	functions := []byte{functionSection, 1, 0}
	globals := []byte{globalSection, 0}
	elements := []byte{elementSection, 1, 0, i32Const, 1, end, 1, 0}
	code := []byte{codeSection, 1, 2, 0, end}
	for _, c := range []struct {
		name  string
		wasm  []byte
		wants string
	}{
		{"something else", []byte("<html>"), "WebAssembly module"},
		{"a section cut short", []byte("\x00asm\x01\x00\x00\x00\x01\x7f"), "cut short"},
		{"a section twice", module(types, types), "once each"},
		{"types of something else", module([]byte{typeSection, 1, 0x5f}), "types of functions"},
		{"no type of nothing", module([]byte{typeSection, 1, funcType, 1, i32Type, 0}), "without parameters"},
		{"an imported memory", module(types, []byte{importSection, 1, 1, 'm', 1, 'm', ofMemory, 0, 0}), "functions alone"},
		{"a type that is not there", module(types, imports, []byte{functionSection, 1, 2}), "below 2"},
		{"a constant", module(types, imports, functions, []byte{globalSection, 1, i32Type, 0, i32Const, 0, end}), "variables"},
		{"functions in another order", module(types, imports, functions, globals, []byte{elementSection, 1, 0, i32Const, 1, end, 1, 1}), "their order"},
		{"the table from slot 0", module(types, imports, functions, globals, []byte{elementSection, 1, 0, i32Const, 0, end, 1, 0}), "above slot 0"},
		{"a body that is missing", module(types, imports, functions, globals, elements, []byte{codeSection, 0}), "as many functions"},
		{"a body cut short", module(types, imports, functions, globals, elements, []byte{codeSection, 1, 9, 0}), "cut short"},
		{"no names", module(types, imports, functions, globals, elements, code), "expected a name"},
	} {
		if _, _, err := split(c.wasm, func(string) bool { return true }); err == nil || !strings.Contains(err.Error(), c.wants) {
			t.Errorf("%s: expected an error with %q, got %v", c.name, c.wants, err)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add([]byte("\x00asm\x01\x00\x00\x00\x01\x04\x01\x60\x00\x00\x02\x01\x00\x03\x02\x01\x00"))
	f.Fuzz(func(t *testing.T, wasm []byte) {
		if len(wasm) < 1<<16 {
			split(wasm, func(string) bool { return false }) // no more than an error
		}
	})
}

func TestNamesOfNumbers(t *testing.T) {
	name := built(t, "unwind", "-w")
	m, err := parseModule(read(t, name))
	if err != nil {
		t.Fatal(err)
	}
	var numbers []string
	for n, name := range m.names {
		if strings.HasPrefix(name, "main.") || name == "runtime.mallocgc" {
			numbers = append(numbers, fmt.Sprint(n), fmt.Sprint(n))
		}
	}
	var out strings.Builder
	if err := writeNames(name, strings.NewReader(strings.Join(numbers, "\n")), &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Fields(out.String())
	if !strings.Contains(out.String(), "main.caller\nmain.deep\n") || 2*(len(lines)-2) != len(numbers)-2 { // the head has two words
		t.Errorf("expected the names of main once each, in order, without the runtime's, got\n%s", out.String())
	}
	for _, numbers := range []string{"", "x"} {
		if err := writeNames(name, strings.NewReader(numbers), &out); err == nil {
			t.Errorf("expected %q to be no numbers of functions", numbers)
		}
	}
}
