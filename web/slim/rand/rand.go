//go:build js

// Built in the place of crypto/rand alone: nowhere else may the source be imported.

// Package rand stands in for crypto/rand in the browser's program. The real one
// gives what the browser's crypto.getRandomValues gives, as this does; what it
// holds ready for systems without such a source (a cipher and three hashes, each
// tried out as the program starts) is not used in a browser.
package rand

import (
	"crypto/internal/sysrand"
	"io"
)

// Reader is the browser's source of random bytes.
var Reader io.Reader = reader{}

type reader struct{}

func (reader) Read(b []byte) (int, error) {
	sysrand.Read(b)
	return len(b), nil
}

// Read fills b and never fails.
func Read(b []byte) (int, error) { return Reader.Read(b) }
