// Package gob stands in for encoding/gob in the browser's program. The
// dictionaries' libraries can write themselves to files with it, which nothing
// in a browser does; the real one describes its own types as the program
// starts, which took a tenth of the start.
package gob

import (
	"errors"
	"io"
)

var errAbsent = errors.New("encoding/gob is not part of the browser's program")

// Encoder would write values.
type Encoder struct{}

// NewEncoder is an encoder that always fails.
func NewEncoder(io.Writer) *Encoder { return &Encoder{} }

// Encode fails.
func (*Encoder) Encode(any) error { return errAbsent }

// Decoder would read values.
type Decoder struct{}

// NewDecoder is a decoder that always fails.
func NewDecoder(io.Reader) *Decoder { return &Decoder{} }

// Decode fails.
func (*Decoder) Decode(any) error { return errAbsent }
