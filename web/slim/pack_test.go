package main

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// unwound is what the program of testdata/unwind says.
const unwound = "tree 8191 deep 20000\n" +
	"caught: runtime error: index out of range [1] with length 1\n" +
	"main.caller main.main\n"

// built builds a program of testdata and gives its file.
func built(t *testing.T, name, ldflags string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "program.wasm")
	build := exec.Command("go", "build", "-trimpath", "-ldflags="+ldflags, "-o", program, "./testdata/"+name)
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return program
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A packed program must do all that needs the tables it kept: walk stacks of any
// depth, unwind a panic, name its functions.
func TestPackedProgramRuns(t *testing.T) {
	program := built(t, "unwind", "-s -w")
	root, err := tool("env", "GOROOT")
	if err != nil {
		t.Fatal(err)
	}
	run := func() string {
		out, err := exec.Command("node", "--stack-size=8192", filepath.Join(root, "lib", "wasm", "wasm_exec_node.js"), program).CombinedOutput()
		if err != nil {
			t.Fatalf("run: %v\n%s", err, out)
		}
		return string(out)
	}
	if got := run(); got != unwound {
		t.Fatalf("before it is packed, expected\n%sgot\n%s", unwound, got)
	}
	before := read(t, program)
	after, err := pack(before)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(program, after, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := run(); got != unwound {
		t.Errorf("packed, expected\n%sgot\n%s", unwound, got)
	}
	if was, is := countSegments(t, before), countSegments(t, after); is*10 > was {
		t.Errorf("expected a tenth of its %d segments at most, got %d", was, is)
	}
	again, err := pack(after)
	if err != nil || !bytes.Equal(again, after) {
		t.Errorf("expected to pack a packed program without a change (%v)", err)
	}
}

func countSegments(t *testing.T, wasm []byte) int {
	t.Helper()
	for at := 8; at < len(wasm); {
		r := &reader{wasm, at + 1}
		size := r.unsigned()
		if wasm[at] == dataSection {
			return r.unsigned()
		}
		at = r.at + size
	}
	t.Fatal("expected a data section")
	return 0
}

func TestSegmentsKeepMemory(t *testing.T) {
	for name, memory := range map[string][]byte{
		"one byte":          {1},
		"zeros at the end":  {1, 0, 0},
		"a short gap":       append(append([]byte{1}, make([]byte, maxGap-1)...), 2),
		"a gap that splits": append(append([]byte{1}, make([]byte, maxGap)...), 2),
		"far apart":         append(append([]byte{1, 2, 3}, make([]byte, 5000)...), 200, 0, 7),
	} {
		for _, low := range []int{0, 63, 64, 8191, 1 << 20} {
			body := segments(memory, low)
			got, at, err := load(&reader{body, 0})
			if err != nil || at != low || !bytes.Equal(bytes.TrimRight(got, "\x00"), bytes.TrimRight(memory, "\x00")) {
				t.Errorf("%s at %d: expected the same memory, got %d bytes at %d (%v)", name, low, len(got), at, err)
			}
		}
	}
}

func TestPackRefuses(t *testing.T) {
	section := func(body ...byte) []byte {
		return append(binary.AppendUvarint([]byte("\x00asm\x01\x00\x00\x00\x0b"), uint64(len(body))), body...)
	}
	for _, c := range []struct {
		name  string
		wasm  []byte
		wants string
	}{
		{"something else", []byte("<html>"), "WebAssembly module"},
		{"a section cut short", []byte("\x00asm\x01\x00\x00\x00\x0b\x7f"), "cut short"},
		{"a segment cut short", section(1, 0, i32Const, 0, end, 9, 1), "cut short"},
		{"a passive segment", section(1, 1, 1, 0, 0, 0), "fixed addresses"},
		{"no tables of functions", section(1, 0, i32Const, 0, end, 1, 1), "header"},
	} {
		if _, err := pack(c.wasm); err == nil || !strings.Contains(err.Error(), c.wants) {
			t.Errorf("%s: expected an error with %q, got %v", c.name, c.wants, err)
		}
	}
}

func FuzzPack(f *testing.F) {
	f.Add([]byte("\x00asm\x01\x00\x00\x00\x0b\x07\x01\x00\x41\x00\x0b\x01\x01"))
	f.Fuzz(func(t *testing.T, wasm []byte) {
		if len(wasm) < 1<<16 {
			pack(wasm) // no more than an error
		}
	})
}

func TestUnicodeKeepsItsOtherTables(t *testing.T) {
	root, err := tool("env", "GOROOT")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(filepath.Join(root, "src", "unicode", "tables.go"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := withoutScripts(source)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"var Categories = ", "var Properties = ", "var _Hiragana = ", "\tKatakana "} {
		if !bytes.Contains(got, []byte(table)) {
			t.Errorf("expected %q to stay", table)
		}
	}
	if len(source)-len(got) > 10_000 {
		t.Errorf("expected the one table to go, %d bytes went", len(source)-len(got))
	}
}
