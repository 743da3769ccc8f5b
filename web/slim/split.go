package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// split cuts a program in two that are one as soon as both are there: the first
// has the memory and the functions that a start runs, the rest has the others. A
// browser compiles the first in a fraction of the time, and takes the rest in
// while its reader looks at the page.
//
// Both have every function under its own number, so no code is rewritten: what a
// part leaves out is, in it, a few instructions that call the same function
// through the table, which both share. The rest puts its functions into the table
// as it is instantiated. Until then, what the first leaves out calls what the page
// has put into slot 0 of the table (Go's linker begins at 4096): that has the rest
// in place when it returns. The page then sets the first's global "whole" to 1.
//
// The cost: a call from one part into the other goes through the table, and the
// rest reaches Go's registers, which are globals, through a pointer. So what runs
// often belongs in the first. (Binaryen's wasm-split does the same, by
// renumbering; it would have to be installed to build Pizhu.)
//
// The names of the functions must be in the program ("-s" leaves them out), and
// are in neither part.
func split(wasm []byte, hot func(name string) bool) (first, rest []byte, err error) {
	m, err := parseModule(wasm)
	if err != nil {
		return nil, nil, err
	}
	here := make([]bool, len(m.bodies))
	for i := range m.bodies {
		name, ok := m.names[m.imported+i]
		if !ok {
			return nil, nil, fmt.Errorf("function %d: expected a name; was the program built with -s?", m.imported+i)
		}
		here[i] = hot(name)
	}
	return m.first(here), m.rest(here), nil
}

// Of WebAssembly's binary format (core specification 2.0, chapter 5), what is
// used here.
const (
	customSection, typeSection, importSection, functionSection          = 0, 1, 2, 3
	tableSection, memorySection, globalSection, exportSection           = 4, 5, 6, 7
	startSection, elementSection, codeSection                           = 8, 9, 10
	ofFunction, ofTable, ofMemory, ofGlobal                             = 0, 1, 2, 3
	i32Type, i64Type, f32Type, f64Type, funcType                        = 0x7f, 0x7e, 0x7d, 0x7c, 0x60
	opIf, opCallIndirect, opLocalGet, opGlobalGet, opI32Eqz, blockEmpty = 0x04, 0x11, 0x20, 0x23, 0x45, 0x40
	opI64Const, opF32Const, opF64Const                                  = 0x42, 0x43, 0x44
)

// module is a program of Go's linker, taken apart as far as it is needed.
type module struct {
	sections [dataSection + 1][]byte // their bodies, as they are
	params   []int                   // of each type
	nothing  int                     // the type without parameters and results
	imported int                     // functions, which come first in the numbers
	typeOf   []int                   // of the functions that are its own
	bodies   [][]byte                // of the same, without their sizes
	globals  []byte                  // their types
	slot     int                     // of the first of those functions in the table
	names    map[int]string          // of functions by number
	begun    []byte                  // the section that begin wrote, if it did
}

func parseModule(wasm []byte) (*module, error) {
	m := &module{nothing: -1, names: map[int]string{}}
	err := eachSection(wasm, func(id int, body []byte) error {
		if id == customSection {
			m.readCustom(body)
		} else if id >= len(m.sections) || m.sections[id] != nil {
			return fmt.Errorf("section %d: expected those that Go's linker writes, once each", id)
		} else {
			m.sections[id] = slices.Clip(body) // so that nothing grows into the next
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, s := range []struct {
		id   int
		read func(*reader) error
	}{
		{typeSection, m.readTypes}, {importSection, m.readImports}, {functionSection, m.readFunctions},
		{globalSection, m.readGlobals}, {elementSection, m.readElements}, {codeSection, m.readCode},
	} {
		r := &reader{m.sections[s.id], 0}
		if err := s.read(r); err != nil {
			return nil, fmt.Errorf("section %d: %w", s.id, err)
		}
		if r.failed() {
			return nil, fmt.Errorf("section %d: cut short", s.id)
		}
	}
	if len(m.bodies) != len(m.typeOf) {
		return nil, fmt.Errorf("expected as many functions as are declared, %d, got %d", len(m.typeOf), len(m.bodies))
	}
	return m, nil
}

func (m *module) readCustom(body []byte) {
	r := &reader{body, 0}
	switch string(r.bytes(r.unsigned())) {
	case begunName:
		m.begun = body
	case "name":
		m.readNames(r)
	}
}

// readNames reads the names of functions; what is broken there has none.
func (m *module) readNames(r *reader) {
	for !r.failed() && r.at < len(r.b) {
		kind, size := r.byte(), r.unsigned()
		in := &reader{r.bytes(size), 0}
		if kind != 1 { // 1 is functions
			continue
		}
		for range in.unsigned() {
			n, name := in.unsigned(), in.bytes(in.unsigned())
			if in.failed() {
				return
			}
			m.names[n] = string(name)
		}
	}
}

func (m *module) readTypes(r *reader) error {
	for i := range r.unsigned() {
		if r.byte() != funcType {
			return errors.New("expected types of functions")
		}
		params := r.unsigned()
		r.bytes(params)
		results := r.unsigned()
		r.bytes(results)
		if r.failed() {
			break
		}
		m.params = append(m.params, params)
		if params+results == 0 {
			m.nothing = i
		}
	}
	if m.nothing < 0 { // never so far
		return errors.New("expected a type without parameters and results")
	}
	return nil
}

func (m *module) readImports(r *reader) error {
	for range r.unsigned() {
		r.bytes(r.unsigned())
		r.bytes(r.unsigned())
		if r.byte() != ofFunction {
			return errors.New("expected functions alone")
		}
		r.unsigned()
		if r.failed() {
			break
		}
		m.imported++
	}
	return nil
}

func (m *module) readFunctions(r *reader) error {
	for i := range r.unsigned() {
		t := r.unsigned()
		if r.failed() {
			break
		}
		if t >= len(m.params) {
			return fmt.Errorf("function %d: expected a type below %d, got %d", i, len(m.params), t)
		}
		m.typeOf = append(m.typeOf, t)
	}
	return nil
}

func (m *module) readGlobals(r *reader) error {
	for range r.unsigned() {
		kind, mutable := r.byte(), r.byte()
		switch r.byte() {
		case i32Const, opI64Const:
			for r.byte()&0x80 != 0 && !r.failed() {
			}
		case opF32Const:
			r.bytes(4)
		case opF64Const:
			r.bytes(8)
		}
		if r.byte() != end || mutable != 1 {
			return errors.New("expected variables with a constant to begin with")
		}
		if r.failed() {
			break
		}
		m.globals = append(m.globals, kind)
	}
	return nil
}

func (m *module) readElements(r *reader) error {
	segments, table, op, slot, last, count := r.unsigned(), r.unsigned(), r.byte(), r.signed(), r.byte(), r.unsigned()
	if segments != 1 || table != 0 || op != i32Const || last != end || slot < 1 || count != len(m.typeOf) {
		return errors.New("expected one segment of all its functions, above slot 0")
	}
	for i := range count {
		if r.unsigned() != m.imported+i {
			return errors.New("expected its functions in their order")
		}
	}
	m.slot = slot
	return nil
}

func (m *module) readCode(r *reader) error {
	for range r.unsigned() {
		body := r.bytes(r.unsigned())
		if r.failed() {
			break
		}
		m.bodies = append(m.bodies, body)
	}
	return nil
}

// stub is the body of a function that stands in the other part. With whole, the
// number of a global, it asks for that part first where that is 0.
func (m *module) stub(i, whole int) []byte {
	b := []byte{0} // no variables
	if whole >= 0 {
		b = append(b, opGlobalGet)
		b = binary.AppendUvarint(b, uint64(whole))
		b = append(b, opI32Eqz, opIf, blockEmpty, i32Const, 0, opCallIndirect)
		b = binary.AppendUvarint(b, uint64(m.nothing))
		b = append(b, 0, end)
	}
	for p := range m.params[m.typeOf[i]] {
		b = append(b, opLocalGet)
		b = binary.AppendUvarint(b, uint64(p))
	}
	b = append(b, i32Const)
	b = appendSigned(b, m.slot+i)
	b = append(b, opCallIndirect)
	b = binary.AppendUvarint(b, uint64(m.typeOf[i]))
	return append(b, 0, end)
}

// first has the functions that are here, and all that is no function.
func (m *module) first(here []bool) []byte {
	whole := len(m.globals)
	globals := append(m.sections[globalSection], i32Type, 1, i32Const, 0, end)
	exports := m.exportsAndGlobals()
	n := 2 + len(m.globals) // and the global whole
	exports = appendExport(exports, "table", ofTable, 0)
	exports = appendExport(exports, "whole", ofGlobal, whole)

	data, writer := m.withoutBuckets()
	out := []byte(magic)
	for id, body := range m.sections {
		switch {
		case writer == nil:
		case id == functionSection:
			body = recount(binary.AppendUvarint(body, uint64(m.nothing)), 1)
		case id == startSection:
			body = binary.AppendUvarint(nil, uint64(m.imported+len(m.bodies)))
		}
		switch id {
		case dataSection:
			body = data
		case globalSection:
			body = recount(globals, 1)
		case exportSection:
			body = recount(exports, n)
		case codeSection:
			body = m.code(func(i int) []byte {
				if here[i] {
					return m.bodies[i]
				}
				return m.stub(i, whole)
			})
			if writer != nil {
				body = recount(append(binary.AppendUvarint(body, uint64(len(writer))), writer...), 1)
			}
		}
		if body != nil {
			out = appendSection(out, id, body)
		}
	}
	if m.begun != nil {
		out = appendSection(out, customSection, m.begun)
	}
	return out
}

// withoutBuckets is the data without what a function can write, and that function.
func (m *module) withoutBuckets() (data, writer []byte) {
	data = m.sections[dataSection]
	memory, low, err := load(&reader{data, 0})
	if err != nil || data == nil {
		return data, nil // a program of another kind; what is wrong with it others say
	}
	tables, err := findTables(memory)
	if err != nil {
		return data, nil
	}
	at, ok := clearBuckets(memory, tables.count)
	if !ok {
		return data, nil
	}
	return segments(memory, low), writeBuckets(low+at, tables.count)
}

// rest has the functions that are not here, and takes all else from the first.
func (m *module) rest(here []bool) []byte {
	imports := m.sections[importSection]
	imports = append(appendName(appendName(imports, "pizhu"), "table"), ofTable)
	imports = append(imports, m.sections[tableSection][1:]...)
	imports = append(appendName(appendName(imports, "pizhu"), "mem"), ofMemory)
	imports = append(imports, m.sections[memorySection][1:]...)
	for g, kind := range m.globals {
		imports = append(appendName(appendName(imports, "pizhu"), globalName(g)), ofGlobal, kind, 1)
	}
	var elements []byte
	runs := 0
	for i := 0; i < len(here); {
		from := i
		for i < len(here) && here[i] == here[from] {
			i++
		}
		if here[from] {
			continue
		}
		runs++
		elements = append(elements, 0, i32Const)
		elements = append(appendSigned(elements, m.slot+from), end)
		elements = binary.AppendUvarint(elements, uint64(i-from))
		for k := from; k < i; k++ {
			elements = binary.AppendUvarint(elements, uint64(m.imported+k))
		}
	}
	out := []byte(magic)
	out = appendSection(out, typeSection, m.sections[typeSection])
	out = appendSection(out, importSection, recount(imports, 2+len(m.globals)))
	out = appendSection(out, functionSection, m.sections[functionSection])
	out = appendSection(out, elementSection, append(binary.AppendUvarint(nil, uint64(runs)), elements...))
	return appendSection(out, codeSection, m.code(func(i int) []byte {
		if here[i] {
			return m.stub(i, -1)
		}
		return m.bodies[i]
	}))
}

func (m *module) code(body func(i int) []byte) []byte {
	out := binary.AppendUvarint(nil, uint64(len(m.bodies)))
	for i := range m.bodies {
		b := body(i)
		out = append(binary.AppendUvarint(out, uint64(len(b))), b...)
	}
	return out
}

func globalName(g int) string { return fmt.Sprintf("global%d", g) }

func appendSection(b []byte, id int, body []byte) []byte {
	b = binary.AppendUvarint(append(b, byte(id)), uint64(len(body)))
	return append(b, body...)
}

func appendName(b []byte, name string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(name))), name...)
}

func appendExport(b []byte, name string, kind byte, n int) []byte {
	return binary.AppendUvarint(append(appendName(b, name), kind), uint64(n))
}

// recount is a vector, as a section has one, that has had some more put at its end.
func recount(body []byte, more int) []byte {
	r := &reader{body, 0}
	n := r.unsigned()
	return append(binary.AppendUvarint(nil, uint64(n+more)), body[r.at:]...)
}
