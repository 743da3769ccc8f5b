// Package browser is the border to JavaScript: the article's DOM, storage,
// files, the clipboard, listeners and timers, as plain Go calls. Every function
// does nothing, and gives nothing, outside a browser, so that the page can also
// be drawn by the host.
//
// What touches many nodes goes over in one call, in block numbers and UTF-16
// units; web/static/article.js is the other side.
package browser

import (
	"errors"
	"fmt"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Place is a point of the article's DOM: a block and an offset in UTF-16 units.
type Place struct {
	Block, Unit int
}

// Range is what lies between two places.
type Range struct {
	From, To Place
}

func page() app.Value { return app.Window().Get("pizhu") }

// Root is the address of the site's root, with a slash at the end.
func Root() string { return app.Getenv("PIZHU_ROOT") }

// Languages are the reader's languages as the browser gives them.
func Languages() []string {
	list := app.Window().Get("navigator").Get("languages")
	if !list.Truthy() {
		return nil
	}
	var out []string
	for i := 0; i < list.Length(); i++ {
		out = append(out, list.Index(i).String())
	}
	return out
}

// IsMac reports whether shortcuts use Command instead of Control.
func IsMac() bool {
	return strings.Contains(app.Window().Get("navigator").Get("platform").String(), "Mac")
}

// Warn writes to the console, for whoever looks into a fault. What a reader
// should know is said on the page.
func Warn(what string, err any) {
	app.Window().Get("console").Call("warn", what, fmt.Sprint(err))
}

// ---- promises and timers ----

var onPanic func(any)

// OnPanic calls f with what a function of the page's panicked with that was
// called from here, which would end the program.
func OnPanic(f func(any)) { onPanic = f }

func callback(f func(args []app.Value)) app.Func {
	return app.FuncOf(func(_ app.Value, args []app.Value) any {
		defer func() {
			if r := recover(); r != nil {
				if onPanic == nil {
					panic(r)
				}
				onPanic(r)
			}
		}()
		f(args)
		return nil
	})
}

// Await waits for a promise and must not be called on the page's own goroutine.
func Await(promise app.Value) (app.Value, error) {
	type answer struct {
		value app.Value
		err   error
	}
	done := make(chan answer, 1)
	var ok, bad app.Func
	ok = callback(func(args []app.Value) {
		var v app.Value
		if len(args) > 0 {
			v = args[0]
		}
		done <- answer{value: v}
	})
	bad = callback(func(args []app.Value) {
		msg := "failed"
		if len(args) > 0 && args[0].Truthy() {
			msg = args[0].Call("toString").String()
		}
		done <- answer{err: errors.New(msg)}
	})
	defer ok.Release()
	defer bad.Release()
	promise.Call("then", ok, bad)
	a := <-done
	return a.value, a.err
}

// Bytes copies a Uint8Array.
func Bytes(v app.Value) []byte {
	if v == nil || !v.Truthy() {
		return nil
	}
	b := make([]byte, v.Get("byteLength").Int())
	app.CopyBytesToGo(b, v)
	return b
}

// Fetch gets a file of the site by its path from the root. It waits.
func Fetch(path string) ([]byte, error) {
	v, err := Await(app.Window().Call("pizhuFetch", path))
	if err != nil {
		return nil, err
	}
	return Bytes(v), nil
}

// FetchSummed is Fetch with the SHA-256 of what came, in hexadecimal; "" where the
// browser makes none, as on a page that came over plain HTTP. It waits.
func FetchSummed(path string) (data []byte, sum string, err error) {
	v, err := Await(app.Window().Call("pizhuFetch", path))
	if err != nil {
		return nil, "", err
	}
	if s, err := Await(page().Call("sum", v)); err == nil {
		sum = s.String()
	}
	return Bytes(v), sum, nil
}

// Number is a number as readers of a language write it, with so many decimals at
// most. As is "" for the plain number, "compact" for one in millions or 萬, or a
// unit that the browser knows.
func Number(lang string, v float64, digits int, as string) string {
	return page().Call("number", lang, v, digits, as).String()
}

// Forget drops a file from the copy that is kept for offline use, so that it is
// fetched anew the next time.
func Forget(path string) { page().Call("forget", Root()+path) }

// ArticleFile is the file of the article on this page, which is there before the
// program runs; nil on a page without one.
func ArticleFile() ([]byte, error) {
	file := app.Window().Get("pizhuFile")
	if said := file.Get("error"); said.Truthy() {
		return nil, errors.New(said.String())
	}
	return Bytes(file.Get("bytes")), nil
}

// After calls f once, some milliseconds from now, giving the browser its turn.
func After(milliseconds int, f func()) (cancel func()) {
	var fn app.Func
	released := false
	fn = callback(func([]app.Value) {
		released = true
		fn.Release()
		f()
	})
	id := app.Window().Call("setTimeout", fn, milliseconds)
	return func() {
		if !released {
			released = true
			app.Window().Call("clearTimeout", id)
			fn.Release()
		}
	}
}

// Idle calls f once, when the browser has nothing better to do, or else in five
// seconds.
func Idle(f func()) {
	ask := app.Window().Get("requestIdleCallback")
	if !ask.Truthy() {
		After(2000, f)
		return
	}
	var fn app.Func
	fn = callback(func([]app.Value) {
		fn.Release()
		f()
	})
	app.Window().Call("requestIdleCallback", fn, map[string]any{"timeout": 5000})
}

// Begin waits for the page. A program runs to here when it is built (web/slim), with
// no page to ask, and goes on from here in every browser.
func Begin() {
	begun := make(chan struct{})
	app.Window().Set("pizhuBegin", app.FuncOf(func(app.Value, []app.Value) any {
		close(begun)
		return nil
	}))
	<-begun
}

// Turn lets the browser do what it has to do, and waits until it has. But as a page
// starts it must not be called on the page's own goroutine, which is to answer events.
func Turn() { Await(page().Call("turn")) }

// Painted calls f when what has been changed is on the screen.
func Painted(f func()) {
	var fn app.Func
	fn = callback(func([]app.Value) {
		fn.Release()
		f()
	})
	page().Call("painted", fn)
}

// Now is the page's clock in milliseconds.
func Now() float64 { return app.Window().Get("performance").Call("now").Float() }

// Mark sets a performance mark.
func Mark(name string) { app.Window().Get("performance").Call("mark", name) }

// Measure records a measure from start, in the page's milliseconds, to the
// moment what has been changed is on the screen.
func Measure(name string, start float64) { page().Call("measure", name, start) }

// ---- events ----

// Listen adds a listener to the window for as long as the program runs.
func Listen(event string, f func(app.Event)) {
	fn := callback(func(args []app.Value) {
		if len(args) > 0 {
			f(app.Event{Value: args[0]})
		} else {
			f(app.Event{})
		}
	})
	app.Window().Call("addEventListener", event, fn)
}

// Started tells the page that go-app's own start is over (see boot.js).
func Started() { app.Window().Call("pizhuStarted") }

// Whole waits, not in a handler of an event, until all of the program is there: a
// part of it comes after the page is ready (see boot.js). Who runs what is not there
// yet holds the page up until it is.
func Whole() { Await(app.Window().Call("pizhuWhole")) }

// Sign waits, not in a handler of an event, for the reader's first move, touch or key,
// or for six seconds.
func Sign() { Await(page().Get("sign")) }

// Hurry lets what the program is to draw be drawn in the next frame after a key
// or a click, rather than when the browser next runs a timer.
func Hurry() { page().Set("onframe", callback(func([]app.Value) {})) }

// OnSelect calls f whenever a selection has settled: a drag has ended, or a
// selection made by keys or by touch has rested for a moment. Mouse says which,
// and alt whether the Alt key was down at the end of the drag.
func OnSelect(f func(mouse, alt bool)) {
	page().Set("onselect", callback(func(a []app.Value) {
		f(a[0].Bool(), a[1].Bool())
	}))
}

// OnClick calls f for a click or tap on the article that selects nothing, and
// for the second, third and fourth of quick ones.
func OnClick(f func(x, y float64, count int)) {
	page().Set("onclick", callback(func(a []app.Value) {
		f(a[0].Float(), a[1].Float(), a[2].Int())
	}))
}

// OnRest calls f when the mouse has rested on the article for a moment, and with
// negative numbers when it has moved on.
func OnRest(f func(x, y float64)) {
	page().Set("onrest", callback(func(a []app.Value) {
		f(a[0].Float(), a[1].Float())
	}))
}

// OnScroll calls f, at most once a frame, when the article has been scrolled,
// with the part of it that is in view, from 0 to 1.
func OnScroll(f func(from, to float64)) {
	page().Set("onscroll", callback(func(a []app.Value) {
		f(a[0].Float(), a[1].Float())
	}))
}

// ---- the article's DOM ----

// Heading is a line above the article: an element's name, a class and a text.
type Heading [3]string

// Count is how many blocks the page shows.
func Count() int { return page().Call("count").Int() }

// Texts is what the page's blocks say.
func Texts() []string { return strings.Split(page().Call("blockTexts").String(), "\n") }

// Fill makes the article's DOM anew: for each block its text, which must be one
// line, its kind and its heading level.
func Fill(id, lang string, head []Heading, texts []string, kinds, levels []byte) {
	rows := make([]any, len(head))
	for i, h := range head {
		rows[i] = []any{h[0], h[1], h[2]}
	}
	article := page().Get("article")
	article.Get("dataset").Set("article", id)
	setLang(article, lang)
	page().Call("fill", rows, strings.Join(texts, "\n"), array(kinds), array(levels))
}

// SetTexts changes what the blocks from the given one on say.
func SetTexts(from int, texts []string) { page().Call("text", from, strings.Join(texts, "\n")) }

// SetFront changes what the lines above the article say, from the first on.
func SetFront(lines []string) { page().Call("front", strings.Join(lines, "\n")) }

// SetLang sets the language of the article, by which the browser picks glyphs.
func SetLang(lang string) { setLang(page().Get("article"), lang) }

// setLang leaves a language that is there alone: setting it again has a browser
// compute the style of all that is inside.
func setLang(el app.Value, lang string) {
	if el.Get("lang").String() != lang {
		el.Set("lang", lang)
	}
}

func array(b []byte) app.Value {
	v := app.Window().Get("Uint8Array").New(len(b))
	app.CopyBytesToJS(v, b)
	return v
}

// Layers declares the highlights by name, lowest first, and reports whether
// the browser can draw them.
func Layers(names []string) bool {
	list := make([]any, len(names))
	for i, n := range names {
		list[i] = n
	}
	return page().Call("name", list).Bool()
}

// Style replaces the style sheet of the reader's own claim types.
func Style(css string) { page().Call("style", css) }

// Paint replaces the marks of some blocks, or of all. The data is, block after
// block: its number, how many marks it has, and for each its start and end in
// UTF-16 units and its layer.
func Paint(data []int32, all bool) {
	b := make([]byte, 4*len(data))
	for i, d := range data {
		b[4*i], b[4*i+1], b[4*i+2], b[4*i+3] = byte(d), byte(d>>8), byte(d>>16), byte(d>>24)
	}
	page().Call("paint", app.Window().Get("Int32Array").New(array(b).Get("buffer")), all)
}

func rangeOf(v app.Value) (Range, bool) {
	if v == nil || !v.Truthy() {
		return Range{}, false
	}
	at := func(i int) int { return v.Index(i).Int() }
	return Range{Place{at(0), at(1)}, Place{at(2), at(3)}}, true
}

// Selection is what is selected of the article, cut to it; false for nothing.
func Selection() (Range, bool) { return rangeOf(page().Call("selection")) }

// Select selects a range of the article.
func Select(r Range) { page().Call("select", r.From.Block, r.From.Unit, r.To.Block, r.To.Unit) }

// ClearSelection selects nothing.
func ClearSelection() { app.Window().Call("getSelection").Call("removeAllRanges") }

// Hit is the character under a point of the window; false where there is none.
func Hit(x, y float64) (Place, bool) {
	v := page().Call("hit", x, y)
	if !v.Truthy() {
		return Place{}, false
	}
	return Place{v.Index(0).Int(), v.Index(1).Int()}, true
}

// Reveal scrolls a range into view if it is not, or, with always, to the upper
// third in any case.
func Reveal(r Range, always bool) {
	page().Call("reveal", r.From.Block, r.From.Unit, r.To.Block, r.To.Unit, always)
}

// Float puts the element of an id beside a range without covering it.
func Float(id string, r Range) {
	page().Call("float", id, r.From.Block, r.From.Unit, r.To.Block, r.To.Unit)
}

// Top is the place at the top of the view and how far its line stands from the
// view's edge, for Restore. Moved is false while nothing has been scrolled.
type Top struct {
	Place
	Offset float64
	Moved  bool
}

// ReadingTop is where the reader is.
func ReadingTop() Top {
	v := page().Call("top")
	return Top{Place{v.Index(0).Int(), v.Index(1).Int()}, v.Index(2).Float(), v.Index(3).Int() != 0}
}

// Restore scrolls so that a place stands where it stood.
func Restore(t Top) { page().Call("restore", t.Block, t.Unit, t.Offset, t.Moved) }

// Near is the blocks around the view, whose marks are drawn, as half-open
// ranges of their numbers.
func Near() [][2]int {
	v := page().Call("near")
	if !v.Truthy() {
		return nil
	}
	var out [][2]int
	for i := 0; i+1 < v.Length(); i += 2 {
		out = append(out, [2]int{v.Index(i).Int(), v.Index(i + 1).Int()})
	}
	return out
}

// OnNear calls f when blocks have come near the view.
func OnNear(f func(from, to int)) {
	page().Set("onnear", callback(func(a []app.Value) {
		f(a[0].Int(), a[1].Int())
	}))
}

// Line is the place one line below (by 1) or above (-1) a character, at the
// column x in pixels of the window, or, with x negative, at the character's own;
// and that column. It is false at the article's ends.
func Line(from Place, by int, x float64) (Place, float64, bool) {
	v := page().Call("line", from.Block, from.Unit, by, x)
	if !v.Truthy() {
		return Place{}, x, false
	}
	return Place{v.Index(0).Int(), v.Index(1).Int()}, v.Index(2).Float(), true
}

// Grip puts the handles at the ends of a range; Ungrip hides them.
func Grip(r Range) { page().Call("grip", r.From.Block, r.From.Unit, r.To.Block, r.To.Unit) }

// Ungrip hides the handles.
func Ungrip() { page().Call("grip") }

// OnGrip calls f while the handle at the start (end false) or at the end of the
// range is dragged, with the place it is over, and once, with done, when it is
// let go. A block of -1 says that the browser broke the drag off.
func OnGrip(f func(end bool, at Place, done bool)) {
	page().Set("ongrip", callback(func(a []app.Value) {
		f(a[0].Int() == 1, Place{a[1].Int(), a[2].Int()}, a[3].Bool())
	}))
}

// Focused is the id of the element that has the focus: "" for none, "found" for
// anything in the list of results, "-" for an element without an id.
func Focused() string { return page().Call("focused").String() }

// FocusShown reports whether an element of an id has the focus and shows it, as
// it does when the focus came by the keyboard.
func FocusShown(id string) bool { return page().Call("focusShown", id).Truthy() }

// Rove moves the focus among the elements of a selector that are shown; from
// before the first to the element of the id, from which it also starts.
func Rove(selector, before string, by int) { page().Call("rove", selector, before, by) }

// RevealIn scrolls the first element of a selector into view in its own list.
func RevealIn(selector string) { page().Call("revealIn", selector) }

// ScrollTo scrolls the article to a share of its height, from 0 to 1.
func ScrollTo(share float64) { page().Call("scrollShare", share) }

// Focus gives an element of an id the focus.
func Focus(id string) { page().Call("focus", id) }

// Check chooses a value of a group of radio inputs, or none where no input has
// that value.
func Check(name, value string) { page().Call("check", name, value) }

// Trap moves the focus into the dialog of an id and keeps Tab inside it; Untrap
// lets go and gives the focus back to where it was.
func Trap(id string) { page().Call("trap", id) }

// Untrap ends Trap.
func Untrap() { page().Call("untrap") }

// Value is what stands in the input of an id.
func Value(id string) string {
	el := app.Window().GetElementByID(id)
	if !el.Truthy() {
		return ""
	}
	return el.Get("value").String()
}

// Width is the window's width in CSS pixels.
func Width() int { return app.Window().Get("innerWidth").Int() }

// Print opens the system's dialog for printing.
func Print() { app.Window().Call("print") }

// SetValue puts a text into the input of an id.
func SetValue(id, value string) {
	if el := app.Window().GetElementByID(id); el.Truthy() {
		el.Set("value", value)
	}
}

// SetRootData sets or, empty, removes a data attribute of the page.
func SetRootData(name, value string) {
	data := app.Window().Get("document").Get("documentElement").Get("dataset")
	if value == "" {
		data.Delete(name)
		return
	}
	data.Set(name, value)
}

// SetDocument sets the page's language and title.
func SetDocument(lang, title string) {
	doc := app.Window().Get("document")
	setLang(doc.Get("documentElement"), lang)
	doc.Set("title", title)
}

// SetLabel names the element of an id for who does not see it.
func SetLabel(id, label string) {
	if el := app.Window().GetElementByID(id); el.Truthy() {
		el.Call("setAttribute", "aria-label", label)
	}
}

// Address is the part of the address after Root.
func Address() string {
	return strings.TrimPrefix(app.Window().Get("location").Get("href").String(), Root())
}

// Shelf is the list of the articles that the site ships, as it stands in the
// page; "" for none.
func Shelf() string {
	el := app.Window().GetElementByID("shelf")
	if !el.Truthy() {
		return ""
	}
	return el.Get("content").String()
}

// ---- files ----

// Download hands the reader a file.
func Download(name, kind string, content []byte) {
	page().Call("download", name, kind, array(content))
}

// A File that a reader gave. Data is nil until it is read.
type File struct {
	Name string
	Data []byte
	Size int
	blob app.Value
}

// Read reads the file, a megabyte at a time; before each, step is told how many
// bytes are there, and its error ends the reading. It waits.
func (f *File) Read(step func(done int) error) error {
	if f.Data != nil {
		return nil
	}
	if f.Size < 0 || f.blob == nil || !f.blob.Truthy() {
		return errors.New("the file cannot be read")
	}
	data := make([]byte, 0, f.Size)
	for {
		if err := step(len(data)); err != nil {
			return err
		}
		if len(data) >= f.Size {
			break
		}
		v, err := Await(page().Call("piece", f.blob, len(data), min(len(data)+1<<20, f.Size)))
		if err != nil {
			return err
		}
		b := Bytes(v)
		if len(b) == 0 {
			break
		}
		data = append(data, b...)
	}
	f.Data = data
	return nil
}

func fileFunc(f func(File)) app.Func {
	return callback(func(a []app.Value) {
		f(File{Name: a[0].String(), Size: a[1].Int(), blob: a[2]})
	})
}

// Pastes calls f for every file that is pasted where nothing is typed, and text
// for a text and, where there is one, its markup.
func Pastes(f func(File), text func(plain, html string)) {
	page().Call("pastes", fileFunc(f), callback(func(a []app.Value) {
		text(a[0].String(), a[1].String())
	}))
}

// NextPaint gives the browser its turn, until what has been changed is on the
// screen. It waits.
func NextPaint() {
	if app.IsClient {
		Await(page().Call("nextPaint")) // a promise that cannot fail
	}
}

// Pick asks for files.
func Pick(accept string, multiple bool, f func(File)) {
	page().Call("pick", accept, multiple, fileFunc(f))
}

// Drops calls f for every file that is dropped on the page, and over when one
// is dragged over it or away again.
func Drops(f func(File), over func(bool)) {
	page().Call("drops", fileFunc(f), callback(func(a []app.Value) {
		over(a[0].Bool())
	}))
}

// Copy puts a text on the clipboard. It waits.
func Copy(text string) error {
	board := app.Window().Get("navigator").Get("clipboard")
	if !board.Truthy() {
		return errors.New("no clipboard")
	}
	_, err := Await(board.Call("writeText", text))
	return err
}

// CanShare reports whether the system has a sheet to share files or text with.
func CanShare() bool { return app.Window().Get("navigator").Get("share").Truthy() }

// Share hands a file, or where files are not taken its text, to the system's
// share sheet. It waits; a reader who closes the sheet is no error.
func Share(name, kind string, content []byte) error {
	_, err := Await(page().Call("share", name, kind, array(content)))
	return err
}

// Typing reports whether the focus is where text is typed.
func Typing() bool {
	typing, _ := TypingAt(app.Window().Get("document").Get("activeElement"))
	return typing
}

// TypingAt reports whether a key pressed at an element types text there, and
// whether the element is another control that has keys of its own.
func TypingAt(el app.Value) (typing, control bool) {
	if !el.Truthy() || !el.Get("tagName").Truthy() {
		return false, false
	}
	switch el.Get("tagName").String() {
	case "TEXTAREA", "SELECT":
		return true, true
	case "INPUT":
		switch el.Get("type").String() {
		case "radio", "checkbox", "button":
			return false, true
		}
		return true, true
	case "BUTTON", "A", "SUMMARY":
		return false, true
	}
	return el.Get("isContentEditable").Truthy(), false
}

// DrawRows brings the panel's list to these keys in this order, and those rows
// whose text changed to what it says now. Above and below are the heights, in CSS
// pixels, of what is not drawn.
func DrawRows(keys, changed string, above, below int) {
	page().Call("rows", keys, changed, above, below)
}

// DrawMarks draws the strip's marks: a line for each, its class, place and height,
// the latter with a per cent sign.
func DrawMarks(marks string) { page().Call("marks", marks) }

// RevealRow scrolls the list to the row of that key, which is drawn.
func RevealRow(key string) { page().Call("revealRow", key) }
