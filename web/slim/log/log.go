// Package log stands in for log in the browser's program: what a library has to
// say goes to the console, which tells the time and the place itself.
package log

import (
	"fmt"
	"os"
)

// Println writes a line to the console.
func Println(v ...any) { fmt.Fprintln(os.Stderr, v...) }

// Printf writes a line to the console.
func Printf(format string, v ...any) { fmt.Fprintf(os.Stderr, format+"\n", v...) }
