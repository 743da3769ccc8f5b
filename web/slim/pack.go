package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// pack rewrites a program as Go's linker wrote it (WebAssembly 1.0, linear
// memory 0) without changing what it does:
//
//   - The linker leaves out every run of eight zero bytes and so cuts its data
//     into 100,000 segments, each of which a browser reads, checks and copies one
//     by one, and which compress badly: they are joined where there are fewer
//     than maxGap zeros between them.
//   - The tables of line numbers, one for each function, go: they do not compress,
//     and a browser's reader has no source to look a line up in. A stack trace
//     still names its functions. So do those of where a function may be interrupted,
//     which WebAssembly cannot, and of which arguments are still in use, for traces.
//
// On Pizhu's own program it took a sixth of what is sent, and a fifth of the start.
func pack(wasm []byte) ([]byte, error) {
	return rewrite(wasm, func(id int, body []byte) ([]byte, error) {
		if id != dataSection {
			return body, nil
		}
		memory, low, err := load(&reader{body, 0})
		if err != nil {
			return nil, fmt.Errorf("data section: %w", err)
		}
		if err := dropTables(memory); err != nil {
			return nil, fmt.Errorf("tables of functions: %w", err)
		}
		return segments(memory, low), nil
	})
}

// rewrite is a module with other bodies for its sections.
func rewrite(wasm []byte, section func(id int, body []byte) ([]byte, error)) ([]byte, error) {
	out := []byte(magic)
	err := eachSection(wasm, func(id int, body []byte) error {
		body, err := section(id, body)
		out = appendSection(out, id, body)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// eachSection goes through the sections of a module, by number and body.
func eachSection(wasm []byte, do func(id int, body []byte) error) error {
	if !bytes.HasPrefix(wasm, []byte(magic)) {
		return errors.New("expected a WebAssembly module, version 1")
	}
	for r := (&reader{wasm, len(magic)}); r.at < len(wasm); {
		at, id := r.at, int(r.byte())
		body := r.bytes(r.unsigned())
		if r.failed() {
			return fmt.Errorf("section at byte %d: cut short", at)
		}
		if err := do(id, body); err != nil {
			return err
		}
	}
	return nil
}

const (
	magic       = "\x00asm\x01\x00\x00\x00"
	dataSection = 11
	maxGap      = 24      // a segment's own head takes up to nine bytes
	maxMemory   = 1 << 26 // bytes; more is no program of ours
	i32Const    = 0x41
	end         = 0x0b
)

// reader reads the numbers of a module; past its end it stays there and gives zeros.
type reader struct {
	b  []byte
	at int
}

func (r *reader) failed() bool { return r.at > len(r.b) }

func (r *reader) byte() byte {
	r.at++
	if r.at > len(r.b) {
		r.at = len(r.b) + 1
		return 0
	}
	return r.b[r.at-1]
}

// bytes reads so many bytes; none where they are not there.
func (r *reader) bytes(n int) []byte {
	if n < 0 || r.failed() || n > len(r.b)-r.at {
		r.at = len(r.b) + 1
		return nil
	}
	r.at += n
	return r.b[r.at-n : r.at]
}

// unsigned reads a number in LEB128.
func (r *reader) unsigned() (v int) {
	for shift := 0; shift < 35; shift += 7 {
		c := r.byte()
		v |= int(c&0x7f) << shift
		if c&0x80 == 0 {
			return v
		}
	}
	r.at = len(r.b) + 1
	return 0
}

// signed reads an i32 in signed LEB128.
func (r *reader) signed() int {
	start := r.at
	v := r.unsigned()
	if bits := 7 * (r.at - start); 0 < bits && bits < 32 && v>>(bits-1)&1 != 0 {
		v |= -1 << bits
	}
	return int(int32(v))
}

func appendSigned(b []byte, v int) []byte {
	for {
		c := byte(v & 0x7f)
		v >>= 7
		if v == 0 && c&0x40 == 0 || v == -1 && c&0x40 != 0 {
			return append(b, c)
		}
		b = append(b, c|0x80)
	}
}

// load lays the segments of a data section out as memory, which begins with
// address low.
func load(r *reader) (memory []byte, low int, err error) {
	type segment struct {
		at   int
		data []byte
	}
	var all []segment
	high := 0
	for range r.unsigned() {
		mode, op, at := r.byte(), r.byte(), r.signed()
		last, size := r.byte(), r.unsigned()
		if r.failed() || r.at+size > len(r.b) {
			return nil, 0, errors.New("cut short")
		}
		if mode != 0 || op != i32Const || last != end || at < 0 || at+size > maxMemory {
			return nil, 0, errors.New("expected segments at fixed addresses of memory 0")
		}
		if len(all) == 0 {
			low = at
		}
		low, high = min(low, at), max(high, at+size)
		all = append(all, segment{at, r.b[r.at : r.at+size]})
		r.at += size
	}
	memory = make([]byte, high-low)
	for _, s := range all {
		copy(memory[s.at-low:], s.data)
	}
	return memory, low, nil
}

// segments is the body of a data section that fills memory.
func segments(memory []byte, low int) []byte {
	var body []byte
	count := 0
	for i := 0; i < len(memory); {
		if memory[i] == 0 {
			i++
			continue
		}
		from, to := i, i+1
		for i < len(memory) && i-to < maxGap {
			if memory[i] != 0 {
				to = i + 1
			}
			i++
		}
		i = to
		count++
		body = append(body, 0, i32Const)
		body = appendSigned(body, low+from)
		body = append(body, end)
		body = binary.AppendUvarint(body, uint64(to-from))
		body = append(body, memory[from:to]...)
	}
	return append(binary.AppendUvarint(nil, uint64(count)), body...)
}

// The layout of Go's tables of functions (runtime/symtab.go, pclntab.go of Go 1.26).
const (
	pcMagic   = 0xfffffff1 // of the header, since Go 1.20
	pcHeader  = 8 * 9      // bytes
	funcFixed = 44         // bytes of a function's entry before its tables of values
	pcFile    = 20         // where an entry has the offset of its files
	pcLine    = 24         // and of its lines
	pcStack   = 16
	pcTables  = 28 // how many further tables it has

	unsafePoints, liveArguments = 0, 3 // which of those are dropped (internal/abi/symtab.go)
)

// functionTables are the tables of functions in a program's memory, which begins with
// them: how many functions there are, and where the names of files, the tables of
// values and the functions are.
type functionTables struct {
	memory                          []byte
	count, files, tables, functions int
}

func findTables(memory []byte) (t functionTables, err error) {
	at := bytes.Index(memory, []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8})
	if at < 0 || len(memory)-at < pcHeader {
		return t, fmt.Errorf("expected the header %#x; is this Go's newer than this tool?", uint32(pcMagic))
	}
	word := func(n int) int { return int(binary.LittleEndian.Uint64(memory[at+8+8*n:])) }
	t = functionTables{memory[at:], word(0), word(4), word(6), word(7)}
	if t.count <= 0 || t.files <= 0 || t.files > t.tables || t.tables >= t.functions || t.functions+8*t.count > len(t.memory) {
		return t, fmt.Errorf("expected a number of functions and their tables, got %d, %d, %d, %d", t.count, t.files, t.tables, t.functions)
	}
	return t, nil
}

// dropTables clears, in the memory of a program, the tables that tell the file and
// the line of an instruction and what else is not needed, and every function's way to
// them; offset 0 is how the runtime writes that there is none.
func dropTables(memory []byte) error {
	found, err := findTables(memory)
	if err != nil {
		return err
	}
	t, files, tables, functions := found.memory, found.files, found.tables, found.functions
	clear(t[files:tables]) // the names of the files
	u32 := func(at int) int { return int(binary.LittleEndian.Uint32(t[at:])) }
	needed, dropped := map[int]bool{}, map[int]bool{}
	for i := range found.count {
		f := functions + u32(functions+8*i+4)
		if f+funcFixed > len(t) || f+funcFixed+4*u32(f+pcTables) > len(t) {
			return fmt.Errorf("function %d: expected it inside the tables", i)
		}
		needed[u32(f+pcStack)] = true
		for k := range u32(f + pcTables) {
			if at := f + funcFixed + 4*k; k == unsafePoints || k == liveArguments {
				dropped[u32(at)] = true
				clear(t[at : at+4])
			} else {
				needed[u32(at)] = true
			}
		}
		dropped[u32(f+pcFile)], dropped[u32(f+pcLine)] = true, true
		clear(t[f+pcFile : f+pcLine+4])
	}
	for table := range dropped {
		if needed[table] || table == 0 {
			continue // equal tables are kept once
		}
		if tables+table >= functions {
			return fmt.Errorf("table %d: expected it before the functions", table)
		}
		// Pairs of numbers, the difference of the value and of the place, up to a
		// value that does not change.
		r := &reader{t[:functions], tables + table}
		for first := true; ; first = false {
			if r.unsigned() == 0 && !first {
				break
			}
			r.unsigned()
			if r.failed() {
				return fmt.Errorf("table %d: has no end", table)
			}
		}
		clear(t[tables+table : r.at])
	}
	return nil
}
