package store

import "errors"

// Backend is where things are kept: localStorage, in the page. Its values are
// text; a Set is complete or has not happened.
type Backend interface {
	Get(key string) (value string, ok bool, err error)
	Set(key, value string) error
	Remove(key string) error
	Keys() ([]string, error) // all of them, in any order
}

// Bulk is a Backend that hands over or takes many values in one call, which matters where
// each call crosses from WebAssembly into JavaScript.
type Bulk interface {
	// GetAll is the values under the keys, in their order. A key that is gone
	// has the value "".
	GetAll(keys []string) ([]string, error)
	// SetAll keeps values under keys, in order, and gives how many it has kept:
	// with an error, those before the one that failed.
	SetAll(keys, values []string) (int, error)
}

// What a Backend's errors wrap, so that a reader can be told what to do.
var (
	ErrQuota   = errors.New("storage is full")    // make room, or export
	ErrBlocked = errors.New("storage is blocked") // by the browser's settings
)

// ErrNewer is what a save ends with once a newer version of the program has
// written to the same storage: this one no longer writes, lest it undo what it
// does not understand. A reload brings the newer one.
var ErrNewer = errors.New("a newer version of the program has taken over")

// SaveError says what could not be kept. The work is in memory still, and
// Retry or the next Put tries again. Unwrap gives the Backend's error.
type SaveError struct {
	Key string
	Err error
}

func (e *SaveError) Error() string { return "keep " + e.Key + ": " + e.Err.Error() }
func (e *SaveError) Unwrap() error { return e.Err }
