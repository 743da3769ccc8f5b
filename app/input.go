package app

import (
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/browser"
)

// now is the time stamped on what is written.
func now() time.Time { return annotation.Milliseconds(time.Now()) }

// listen connects the page to what happens outside go-app's elements.
func (p *Page) listen(ctx app.Context) {
	browser.OnSelect(func(mouse, alt bool) {
		p.ctx.Dispatch(func(ctx app.Context) { p.selectionSettled(ctx, mouse, alt) })
	})
	browser.OnClick(func(x, y float64, count int) {
		p.ctx.Dispatch(func(ctx app.Context) {
			if count > 1 {
				p.clickedTimes(ctx, x, y, count)
			} else {
				p.clicked(ctx, x, y)
			}
		})
	})
	browser.OnRest(func(x, y float64) {
		p.ctx.Dispatch(func(ctx app.Context) {
			ctx.PreventUpdate() // most rests show nothing
			p.rested(x, y)
		})
	})
	browser.OnScroll(func(from, to float64) {
		p.ctx.Dispatch(func(ctx app.Context) {
			p.view = [2]float64{from, to}
			p.placePalette()
		})
	})
	browser.Drops(
		func(f browser.File) { p.ctx.Dispatch(func(ctx app.Context) { p.receive(ctx, f) }) },
		func(over bool) { p.ctx.Dispatch(func(app.Context) { p.dropping = over }) },
	)
	browser.Pastes(
		func(f browser.File) { p.ctx.Dispatch(func(ctx app.Context) { p.receive(ctx, f) }) },
		func(plain, html string) { p.ctx.Dispatch(func(ctx app.Context) { p.pasted(ctx, plain, html) }) },
	)
	browser.Listen("keydown", func(e app.Event) { p.key(ctx, e) })
	browser.Listen("pagehide", func(app.Event) { p.flushNote(ctx) })
	browser.Listen("storage", func(e app.Event) {
		if e.Get("key").IsNull() {
			return // everything was cleared: what this tab holds stays until it is closed
		}
		key, value, ok := e.Get("key").String(), "", !e.Get("newValue").IsNull()
		if ok {
			value = e.Get("newValue").String()
		}
		p.ctx.Dispatch(func(ctx app.Context) { p.fromOtherTab(ctx, key, value, ok) })
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
	if k == "" {
		return
	}
	typing, onControl := browser.TypingAt(e.Get("target"))
	if typing && (len(k) < 5 || k[:4] != "Mod+" || k == "Mod+z" || k == "Mod+y" || k == "Mod+Shift+z") && k != "Escape" {
		return
	}
	if p.modal() && k != "Escape" && k[:1] != "M" {
		return // a sheet is open: its own controls have the keys
	}
	if onControl && (k == "Enter" || k == "Backspace") {
		return // the focused button's own
	}
	if len(k) == 1 && k[0] >= '1' && k[0] <= '9' && (p.pending != nil || p.chosen != "") {
		if i := int(k[0] - '1'); i < len(p.types) {
			e.PreventDefault()
			p.ctx.Dispatch(func(ctx app.Context) {
				defer p.rescue()
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
		p.ctx.Dispatch(func(ctx app.Context) {
			defer p.rescue()
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
	case p.pending != nil:
		p.pending = nil
		browser.ClearSelection()
	case browser.Typing():
		p.flushNote(ctx)
		browser.Focus("reading")
	case p.chosen != "":
		p.choose(ctx, "")
	case p.panelOpen:
		p.panelOpen = false
	}
}

// openNote opens the chosen annotation's fields and puts the cursor in the note.
func (p *Page) openNote(ctx app.Context) {
	p.editing, p.panelOpen = true, true
	p.ctx.Update()
	p.ctx.Defer(func(app.Context) { browser.Focus("edit-note") })
}
