package lexicon

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
)

//go:generate go run ./internal/generate

// Asset is a file with dictionaries, as the page fetches it.
type Asset struct {
	// Name is "conversion"; "pivot", that part of it which takes Traditional to
	// Simplified (t2s), a fifteenth of the bytes; "words"; or "rare".
	Name   string
	File   string // name with a part of the hash in it, so that it may be cached for ever
	Size   int    // bytes
	SHA256 string // of the whole file, hexadecimal
}

// Assets are the files that belong to this program.
func Assets() []Asset { return append([]Asset(nil), assets...) }

// AssetNamed is the asset of a name; false if there is none.
func AssetNamed(name string) (Asset, bool) {
	for _, a := range assets {
		if a.Name == name {
			return a, true
		}
	}
	return Asset{}, false
}

// ErrUnknown is what Verify reports for a name that no asset has.
var ErrUnknown = errors.New("no such lexicon")

// Verify reports whether data is the asset of a name (its Name or its File), byte
// for byte: nil, or an error that wraps ErrUnknown, ErrTruncated or ErrCorrupt.
func Verify(name string, data []byte) error {
	for _, a := range assets {
		if a.Name != name && a.File != name {
			continue
		}
		sum := sha256.Sum256(data)
		return a.Check(len(data), hex.EncodeToString(sum[:]))
	}
	return fmt.Errorf("lexicon %s: %w", name, ErrUnknown)
}

// Check is Verify for who has the size of the bytes and their SHA-256, in
// hexadecimal, already: a browser makes one beside the page, in a tenth of the time.
func (a Asset) Check(size int, sum string) error {
	if size < a.Size {
		return fmt.Errorf("lexicon %s: %w: %d of %d bytes", a.Name, ErrTruncated, size, a.Size)
	}
	if sum != a.SHA256 {
		return fmt.Errorf("lexicon %s: %w: hash differs", a.Name, ErrCorrupt)
	}
	return nil
}

//go:embed NOTICE.txt
var notices string

// Notices names the sources of the dictionaries, their versions and licences, as
// text to be shown to readers.
func Notices() string { return notices }
