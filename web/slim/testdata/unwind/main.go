// Command unwind does what needs the tables of functions: it grows stacks, walks
// them to collect garbage, panics and recovers, and tells who called whom.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

type tree struct{ left, right *tree }

func grow(depth int) *tree {
	if depth == 0 {
		return &tree{}
	}
	if depth%5 == 0 {
		runtime.GC()
	}
	return &tree{grow(depth - 1), grow(depth - 1)}
}

func (t *tree) size() int {
	if t == nil {
		return 0
	}
	return 1 + t.left.size() + t.right.size()
}

func deep(n int) int {
	if n == 0 {
		runtime.GC()
		return 0
	}
	var room [64]int
	room[n%64] = n
	return deep(n-1) + room[n%64] - n + 1
}

//go:noinline
func failing(list []int) (err error) {
	defer func() {
		err = fmt.Errorf("caught: %v", recover())
	}()
	return fmt.Errorf("%d", list[len(list)])
}

//go:noinline
func caller() string {
	var pcs [8]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs[:])])
	var names []string
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "main.") {
			names = append(names, f.Function)
		}
		if !more {
			return strings.Join(names, " ")
		}
	}
}

func main() {
	done := make(chan int)
	go func() { done <- deep(20000) }()
	fmt.Println("tree", grow(12).size(), "deep", <-done)
	fmt.Println(failing([]int{1}))
	fmt.Println(caller())
}
