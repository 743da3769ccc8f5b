package main

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const afterBeginning = `^table 1000 499500 lists 9900 answer 42
page true
clock true true true
random (\d+) \d+
asked 0
$`

// A program that has begun goes on in every page as it would have there, with a clock
// and random numbers of that page; and begins the same each time.
func TestBegunProgramGoesOn(t *testing.T) {
	packed, err := pack(read(t, built(t, "begun", "-w")))
	if err != nil {
		t.Fatal(err)
	}
	begun, err := begin(packed)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := begin(packed); err != nil || !bytes.Equal(again, begun) {
		t.Errorf("expected the same program to begin the same way (%v)", err)
	}
	first, rest, err := split(begun, func(string) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	run := parts(t, first, rest)
	drawn := map[string]bool{}
	for range 3 {
		out, err := run("asked")
		said := regexp.MustCompile(afterBeginning).FindSubmatch(out)
		if err != nil || said == nil {
			t.Fatalf("expected\n%sgot (%v)\n%s", afterBeginning, err, out)
		}
		drawn[string(said[1])] = true
	}
	if len(drawn) != 3 {
		t.Errorf("expected other random numbers each time, got %v", drawn)
	}
}

func TestBeginRefuses(t *testing.T) {
	for _, c := range []struct {
		name  string
		wasm  []byte
		wants string
	}{
		{"something else", []byte("<html>"), "WebAssembly module"},
		{"a program that does not wait for its page", read(t, built(t, "asks", "-w")), "asks its page for document"},
		{"no program of Go's", []byte("\x00asm\x01\x00\x00\x00\x01\x04\x01\x60\x00\x00\x02\x01\x00"), ""},
	} {
		if _, err := begin(c.wasm); err == nil || !strings.Contains(err.Error(), c.wants) {
			t.Errorf("%s: expected an error with %q, got %v", c.name, c.wants, err)
		}
	}
}

// A generator's state is found by what it is: numbers that come from its seed.
func TestRandomStates(t *testing.T) {
	seed := [32]byte([]byte("thirty-two bytes of a good seed."))
	state := func(blocks uint32) []byte {
		g := rand.NewChaCha8(seed)
		var b []byte
		for range blocks / 4 * 32 {
			g.Uint64()
		}
		for range 28 {
			b = binary.LittleEndian.AppendUint64(b, g.Uint64())
		}
		b = append(b, make([]byte, 4*8)...)
		b = append(b, seed[:]...)
		for _, n := range []uint32{5, 28, blocks} { // taken, had, blocks made
			b = binary.LittleEndian.AppendUint32(b, n)
		}
		return append(b, 0, 0, 0, 0)
	}
	other := state(0)
	other[0]++
	for _, c := range []struct {
		name   string
		memory []byte
		want   [][2]int
	}{
		{"nothing", make([]byte, 4096), nil},
		{"less than a state", state(0)[:stateSize-1], nil},
		{"two", slices.Concat(make([]byte, 800), state(0), state(12)), [][2]int{{800, randomSize}, {800 + stateSize + 4, randomSize}}},
		{"numbers of another seed", other, nil},
	} {
		if got := randomStates(c.memory); !slices.Equal(got, c.want) {
			t.Errorf("%s: expected states at %v, got %v", c.name, c.want, got)
		}
	}
}
