package browser

import (
	"errors"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

var errNoManager = errors.New("the browser tells nothing of its storage")

func manager() (app.Value, error) {
	m := app.Window().Get("navigator").Get("storage")
	if !m.Truthy() {
		return nil, errNoManager
	}
	return m, nil
}

// Space is how many bytes the site keeps beside localStorage, and how many the
// browser would let it, as the browser estimates them. It waits.
func Space() (used, quota float64, err error) {
	m, err := manager()
	if err != nil {
		return 0, 0, err
	}
	v, err := Await(m.Call("estimate"))
	if err != nil {
		return 0, 0, err
	}
	return v.Get("usage").Float(), v.Get("quota").Float(), nil
}

// Persisted reports whether the browser has promised not to evict what is kept.
// It waits.
func Persisted() bool { return promised("persisted") }

// Persist asks the browser for that promise; some ask the reader. It waits.
func Persist() bool { return promised("persist") }

func promised(verb string) bool {
	m, err := manager()
	if err != nil || !m.Get(verb).Truthy() {
		return false
	}
	v, err := Await(m.Call(verb))
	return err == nil && v != nil && v.Truthy()
}
