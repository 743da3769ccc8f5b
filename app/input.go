package app

import (
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/browser"
	"pizhu/app/store"
)

// now is the time stamped on what is written.
func now() time.Time { return annotation.Milliseconds(time.Now()) }

// listen connects the page to what happens outside go-app's elements.
func (p *Page) listen(ctx app.Context) {
	browser.Hurry()
	browser.OnSelect(func(mouse, alt bool) {
		p.do(func(ctx app.Context) {
			if !p.selectionSettled(mouse, alt) {
				ctx.PreventUpdate()
			}
		})
	})
	browser.OnClick(func(x, y float64, count int) {
		p.do(func(ctx app.Context) {
			if count > 1 {
				p.clickedTimes(ctx, x, y, count)
			} else {
				p.clicked(ctx, x, y)
			}
		})
	})
	browser.OnRest(func(x, y float64) {
		p.do(func(ctx app.Context) {
			ctx.PreventUpdate() // most rests show nothing
			p.rested(x, y)
		})
	})
	browser.OnNear(func(from, to int) {
		p.do(func(ctx app.Context) {
			ctx.PreventUpdate()
			p.cameNear(from, to)
		})
	})
	browser.OnGrip(func(end bool, at browser.Place, done bool) {
		p.do(func(ctx app.Context) { p.dragGrip(ctx, end, at, done) })
	})
	browser.OnScroll(func(from, to float64) {
		p.do(func(ctx app.Context) {
			ctx.PreventUpdate() // the strip is up to date (see scrolled in article.js)
			p.view = [2]float64{from, to}
			p.placePalette()
		})
	})
	browser.Drops(
		func(f browser.File) { p.do(func(ctx app.Context) { p.receive(ctx, f) }) },
		func(over bool) { p.do(func(app.Context) { p.dropping = over }) },
	)
	browser.Pastes(
		func(f browser.File) { p.do(func(ctx app.Context) { p.receive(ctx, f) }) },
		func(plain, html string) { p.do(func(ctx app.Context) { p.pasted(ctx, plain, html) }) },
	)
	browser.Listen("keydown", func(e app.Event) {
		if p == living {
			p.key(ctx, e)
		}
	})
	browser.Listen("pagehide", func(app.Event) { p.flushNote(ctx) })
	browser.Listen("storage", func(e app.Event) {
		if p != living || e.Get("key").IsNull() {
			return // everything was cleared: what this tab holds stays until it is closed
		}
		w := store.Logged{Key: e.Get("key").String()}
		if v := e.Get("newValue"); !v.IsNull() {
			w.Value = v.String()
		}
		p.fromOtherTab(w)
	})
	p.listenInstalled()
	p.listenPrint()
}

// key runs the command of a key press. Where the reader is typing, only keys
// with Control or Command and Escape are ours, and undo is the field's own.
func (p *Page) key(ctx app.Context, e app.Event) {
	if e.Get("isComposing").Bool() || e.Get("repeat").Bool() && e.Get("key").String() == "Enter" {
		return
	}
	k := chord(e.Get("key").String(), e.Get("ctrlKey").Bool(), e.Get("metaKey").Bool(), e.Get("shiftKey").Bool(), e.Get("altKey").Bool(), p.mac)
	if p.rebind.name != "" && p.open == "help" && browser.Focused() != "keys-take" {
		p.captureKey(e, k)
		return
	}
	if k == "" || p.foundKey(e, k) {
		return
	}
	typing, onControl := browser.TypingAt(e.Get("target"))
	if typing && (len(k) < 5 || k[:4] != "Mod+" || k == "Mod+z" || k == "Mod+y" || k == "Mod+Shift+z") && k != "Escape" && !functionKey(k) {
		return
	}
	if p.modal() && k != "Escape" && k[:1] != "M" {
		return // a sheet is open: its own controls have the keys
	}
	if onControl && (k == "Enter" || k == "Backspace") {
		return // the focused button's own
	}
	if len(k) == 1 && k[0] >= '1' && k[0] <= '9' && (p.pending != nil || p.chosen != "" || p.cursor != nil || p.find.tagging) {
		if i := int(k[0] - '1'); i < len(p.types) {
			e.PreventDefault()
			p.do(func(ctx app.Context) {
				if p.find.tagging {
					p.tagFound(ctx, p.types[i].Name)
					return
				}
				p.target()
				p.tag(ctx, p.types[i].Name)
			})
		}
		return
	}
	for _, c := range p.commands {
		if !contains(c.keys, k) {
			continue
		}
		if c.enabled != nil && !c.enabled(p) {
			continue // the key may mean something else now
		}
		e.PreventDefault()
		name := c.name
		p.do(func(ctx app.Context) {
			p.perform(ctx, name)
		})
		return
	}
}

// leave closes what is open, the uppermost first.
func (p *Page) leave(ctx app.Context) {
	switch {
	case p.open != "":
		p.close()
	case p.relating != nil:
		p.relating = nil
	case p.explained != nil:
		p.explained = nil
	case p.find.tagging:
		p.find.tagging = false
		browser.Focus("search")
	case p.find.open && contains([]string{"search", "search-close", "found"}, browser.Focused()):
		p.closeFind(ctx)
	case p.pending != nil:
		p.pending = nil
		browser.ClearSelection()
		if p.cursor != nil {
			p.setCursor(&wordCursor{at: p.cursor.at, x: -1})
		}
		p.placeGrips()
	case browser.Typing():
		p.flushNote(ctx)
		browser.Focus("reading")
	case p.cursor != nil:
		p.setCursor(nil)
	case p.find.open:
		p.closeFind(ctx)
	case p.chosen != "":
		p.choose(ctx, "")
	case p.panelOpen:
		p.panelOpen = false
	case p.tour > 0:
		p.endTour()
	}
}

// openNote opens the chosen annotation's fields and puts the cursor in the note.
func (p *Page) openNote(ctx app.Context) {
	if a := p.cursorAnnotation(); a != nil && p.pending == nil {
		p.choose(ctx, a.ID)
	}
	if p.find.open {
		p.closeFind(ctx) // its list lies over the panel
	}
	p.editing, p.panelOpen = true, true
	p.ctx.Update()
	p.later(func(app.Context) { browser.Focus("edit-note") })
}

// foundKey runs the keys of the search field and of its list, and reports
// whether it was one of them.
func (p *Page) foundKey(e app.Event, k string) bool {
	if !p.find.open || p.modal() {
		return false
	}
	at := browser.Focused()
	var run func(ctx app.Context)
	switch {
	case at == "search" && k == "Enter":
		run = func(ctx app.Context) { p.stepFound(ctx, 1) }
	case at == "search" && k == "Shift+Enter":
		run = func(ctx app.Context) { p.stepFound(ctx, -1) }
	case (at == "search" || at == "found") && k == "ArrowDown":
		run = func(app.Context) { browser.Rove("#found button", "search", 1) }
	case at == "found" && k == "ArrowUp":
		run = func(app.Context) { browser.Rove("#found button", "search", -1) }
	default:
		return false
	}
	e.PreventDefault()
	p.do(func(ctx app.Context) {
		run(ctx)
	})
	return true
}

// functionKey reports whether a key is F1 to F12, which types nothing.
func functionKey(k string) bool {
	k = strings.TrimPrefix(k, "Shift+")
	return len(k) > 1 && k[0] == 'F' && k[1] >= '1' && k[1] <= '9'
}
