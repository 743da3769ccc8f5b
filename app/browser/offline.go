package browser

import (
	"errors"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

func installed() app.Value { return app.Window().Get("pizhuApp") }

// OnApp calls f with a word for whatever happens to the program as an app, and
// at once for what has happened already: "offline" (it answers without a
// network), "update" (a newer version waits), "replaced" (another tab took it),
// "installable", "installed", "not-installed".
func OnApp(f func(word string)) {
	installed().Call("tell", callback(func(a []app.Value) {
		f(a[0].String())
	}))
}

// TakeOver lets a newer version in and starts the page anew.
func TakeOver() { installed().Call("takeOver") }

// Install asks the reader, in the browser's own words, whether to install the
// program; it does nothing where the browser has not offered that.
func Install() { installed().Call("install") }

// Installed reports whether the page runs as an installed program.
func Installed() bool { return installed().Call("installed").Bool() }

// TouchSafari reports whether this is Safari on a phone or a tablet, which
// installs from its share menu alone.
func TouchSafari() bool { return installed().Call("touchSafari").Bool() }

// Shared is the texts and files that other apps have shared with the program;
// they are given once. It waits.
func Shared() ([]File, error) {
	var all []File
	each := fileFunc(func(f File) { all = append(all, f) })
	defer each.Release()
	_, err := Await(installed().Call("taken", each))
	for i := range all {
		err = errors.Join(err, all[i].Read(func(int) error { return nil }))
	}
	return all, err
}

// Launched calls f for each file that the system opens with the program.
func Launched(f func(File)) { installed().Call("launched", fileFunc(f)) }

// Clipboard is the text on the clipboard; the browser may ask the reader, and
// wants a press of theirs before it. It waits.
func Clipboard() (string, error) {
	v, err := Await(installed().Call("pasted"))
	if err != nil {
		return "", err
	}
	return v.String(), nil
}
