package main

import (
	"bytes"
	"encoding/binary"
)

// Go's runtime finds the function of an address by a table with an entry for each
// 4096 addresses (findfuncbucket in runtime/symtab.go, Go 1.26). In WebAssembly an
// address is the number of a function times 65536, so the table says that function
// n begins at n: two megabytes of nothing, a quarter of the program, which a few
// instructions write as it is instantiated.
const (
	bucketSize    = 20 // bytes: the number of a function, and sixteen differences, here 0
	bucketsOfEach = 16 // a function
)

// entries is how many the table has: of the last function one, where it begins.
func entries(functions int) int { return (functions-1)*bucketsOfEach + 1 }

// clearBuckets clears the table in a program's memory and says where it is. Without
// one, or with one that says anything else, it clears nothing.
func clearBuckets(memory []byte, functions int) (at int, ok bool) {
	var second [bucketsOfEach * bucketSize]byte
	for i := range bucketsOfEach {
		second[i*bucketSize] = 1
	}
	at = bytes.Index(memory, second[:]) - len(second)
	last := (entries(functions) - 1) * bucketSize
	if at < 0 || at+last+4 > len(memory) {
		return 0, false
	}
	table := memory[at : at+last+4] // the last one ends where the function does
	for i := 0; i <= last; i += bucketSize {
		if int(binary.LittleEndian.Uint32(table[i:])) != i/bucketSize/bucketsOfEach || i < last && [16]byte(table[i+4:]) != [16]byte{} {
			return 0, false
		}
	}
	clear(table)
	return at, true
}

// writeBuckets is the body of a function without parameters and results that writes
// the table at an address of memory.
func writeBuckets(address, functions int) []byte {
	const opLoop, opBrIf, opLocalTee, opStore = 0x03, 0x0d, 0x22, 0x36
	const opAdd, opMul, opShiftRight, opLessUnsigned = 0x6a, 0x6c, 0x76, 0x49
	b := []byte{1, 1, i32Type} // a variable: the number of the entry
	b = append(b, opLoop, blockEmpty)
	b = append(b, opLocalGet, 0, i32Const, bucketSize, opMul)
	b = append(b, opLocalGet, 0, i32Const, 4, opShiftRight) // bucketsOfEach is 1<<4
	b = append(b, opStore, 2)
	b = binary.AppendUvarint(b, uint64(address))
	b = append(b, opLocalGet, 0, i32Const, 1, opAdd, opLocalTee, 0, i32Const)
	b = appendSigned(b, entries(functions))
	return append(b, opLessUnsigned, opBrIf, 0, end, end)
}
