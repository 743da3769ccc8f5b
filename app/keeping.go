package app

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/browser"
	"pizhu/app/claims"
	"pizhu/app/store"
)

// noteDraft is a note being written. It is kept a moment after the last key,
// and at once when the field is left, as one change that undo takes back whole.
type noteDraft struct {
	id, text string
	cancel   func()
}

func (p *Page) onNote(ctx app.Context, e app.Event) {
	defer p.rescue()
	text := ctx.JSSrc().Get("value").String()
	if p.draft == nil || p.draft.id != p.chosen {
		p.flushNote(ctx)
		p.draft = &noteDraft{id: p.chosen}
	}
	p.draft.text = text
	if p.draft.cancel != nil {
		p.draft.cancel()
	}
	p.draft.cancel = browser.After(150, func() {
		p.do(func(ctx app.Context) { p.flushNote(ctx) })
	})
	ctx.PreventUpdate()
}

func (p *Page) onNoteDone(ctx app.Context, e app.Event) {
	defer p.rescue()
	p.flushNote(ctx)
}

// flushNote keeps the note being written.
func (p *Page) flushNote(ctx app.Context) {
	d := p.draft
	if d == nil {
		return
	}
	p.draft = nil
	if d.cancel != nil {
		d.cancel()
	}
	p.edit(ctx, d.id, func(a *annotation.Annotation) { a.Note = d.text })
}

// edit changes an annotation of the article being read and keeps it.
func (p *Page) edit(ctx app.Context, id string, change func(*annotation.Annotation)) {
	if p.doc == nil || p.doc.byID[id] == nil {
		return
	}
	old := *p.doc.byID[id]
	a := old
	change(&a)
	if a.Type == old.Type && a.Note == old.Note && a.Facets == old.Facets && a.Span == old.Span {
		return
	}
	p.keep(ctx, a)
}

// deleteChosen deletes the open annotation, with a way back.
func (p *Page) deleteChosen(ctx app.Context) {
	a := p.chosenAnnotation()
	if a == nil {
		return
	}
	p.deleteAll(ctx, []string{a.ID})
}

// redraw takes changed annotations into the article that is shown.
func (p *Page) redraw(changed []annotation.Annotation) {
	var touched []int
	all := false
	if p.doc != nil {
		touched, all = p.doc.take(changed)
	}
	p.redrawn(changed, touched, all)
}

// redrawn is redraw where the article has taken them already, of which some
// blocks look otherwise, or all may.
func (p *Page) redrawn(changed []annotation.Annotation, touched []int, all bool) {
	p.all = nil
	p.edition++
	for i := range changed {
		delete(p.haystacks, changed[i].ID)
		if p.links.to != nil {
			p.links.put(&changed[i])
		}
	}
	if p.doc == nil {
		return
	}
	if len(p.doc.lost) > 0 {
		p.findAgain()
	}
	if p.chosen != "" && p.doc.byID[p.chosen] == nil {
		p.chosen, p.editing = "", false
	}
	if all {
		p.repaint()
	} else {
		p.repaintBlocks(touched)
	}
	p.placeGrips()
	p.notesChanged(changed)
}

func (p *Page) openStore() {
	if p.store == nil { // else it outlived a fault, with what it could not write
		p.store = store.Open(browser.Storage{})
	}
	p.store.Assume(claims.TypeSet(nil).Entries()...)
	p.takeTypes()
	p.prefs = readPrefs()
	p.readHabits()
	p.bindKeys()
	p.readWords()
}

// keep writes annotations, as one change, in this very turn; what cannot be
// written stays in memory and is said at once (see allNotices).
func (p *Page) keep(ctx app.Context, changed ...annotation.Annotation) {
	if len(changed) > 0 {
		p.keepBoth(nil, changed)
	}
}

// keepBoth is keep for claim types and annotations, as one change.
func (p *Page) keepBoth(types []annotation.Type, changed []annotation.Annotation) {
	if p.saveError = p.store.PutBoth(types, changed...); p.saveError != nil {
		browser.Warn("pizhu: not saved:", p.saveError)
	}
	for i, a := range changed {
		if kept, ok := p.store.Get(a.ID); ok {
			changed[i] = kept // with its stamps
		}
	}
	if len(types) > 0 {
		p.takeTypes()
	}
	p.redraw(changed)
	p.persist()
}

func (p *Page) canUndo() bool { return p.store != nil && p.store.CanUndo() }
func (p *Page) canRedo() bool { return p.store != nil && p.store.CanRedo() }
func (p *Page) unsaved() int {
	if p.store == nil {
		return 0
	}
	return len(p.store.Unsaved())
}

func (p *Page) undo(ctx app.Context) {
	p.flushNote(ctx)
	changed, ok := p.store.Undo()
	p.stepped(ctx, changed, ok, "undone")
}

func (p *Page) redo(ctx app.Context) {
	p.flushNote(ctx)
	changed, ok := p.store.Redo()
	p.stepped(ctx, changed, ok, "redone")
}

func (p *Page) stepped(ctx app.Context, changed []annotation.Annotation, ok bool, said string) {
	if !ok {
		return
	}
	p.takeTypes()
	p.bringBack(changed)
	p.redraw(changed)
	p.readWords()
	p.announce = p.t(said)
}

// fromOtherTab takes in what another tab wrote. What comes while the page is
// busy is taken in together: a thousand writes, each drawn, took a minute.
func (p *Page) fromOtherTab(write store.Logged) {
	p.heardOf = append(p.heardOf, write)
	if len(p.heardOf) > 1 {
		return
	}
	browser.After(10, func() {
		p.do(func(app.Context) {
			all := p.heardOf
			p.heardOf = nil
			var changed store.Change
			for _, w := range all {
				changed = append(changed, p.store.Apply(w.Key, w.Value, w.Value != "")...)
			}
			p.took(changed)
		})
	})
}

// took shows what the store took in from elsewhere.
func (p *Page) took(changed store.Change) {
	p.takeTypes()
	p.redraw(changed)
	p.readWords()
}

// replay takes in what a browser that was killed had not yet brought to the
// disk, as another tab's work is taken in.
func (p *Page) replay() {
	if p.store.Report().Err != nil {
		return // storage is blocked, and the log with it
	}
	p.background(func() {
		log, err := browser.Logged()
		if err != nil {
			browser.Warn("pizhu: the log cannot be read:", err)
			return
		}
		p.do(func(app.Context) {
			if len(log) > 0 {
				var changed store.Change
				if changed, err = p.store.Replay(log); err != nil {
					p.saveError = err
				}
				p.took(changed)
			}
			if err == nil {
				p.background(func() { browser.TrimLog() }) // what stays is trimmed next time
			}
		})
	})
}
