package app

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// part is a piece of the page that is left alone while what it shows stays the
// same. go-app draws and compares the whole page after every event; with 60 rows
// and 400 marks that took most of what tagging took. It compares a component's
// exported fields alone, so Shows must name everything that the piece is drawn
// from, and a piece that shows what cannot be named shortly is no part.
type part struct {
	app.Compo
	Slot  string // where it stands, alone of its name on the page
	Shows string
	page  *Page
}

// kept is a part of the page.
func (p *Page) kept(slot, shows string, draw func() app.UI) app.UI {
	if !app.IsClient {
		return draw() // the host draws once
	}
	if p.parts == nil {
		p.parts = map[string]func() app.UI{}
	}
	p.parts[slot] = draw // anew each time: it must not see what was
	return &part{Slot: slot, Shows: shows, page: p}
}

func (k *part) Render() app.UI { return k.page.parts[k.Slot]() }

// listedAs is what the panel's rows follow from, where that can be named.
type listedAs struct {
	doc                                                     *document
	changes, suggestions                                    int
	filter, verdict, who, text, sort, group, lang, typeList string
}

// rows are the lines of the panel, made anew when something they follow from
// has changed. They are not the caller's to change, or to keep.
func (p *Page) rows() []row {
	l := &p.list
	if p.doc == nil || l.all || l.only != nil || len(p.suggestions) > 0 || l.text != "" || l.group != "" {
		return p.makeRows(nil)
	}
	as := listedAs{doc: p.doc, changes: p.doc.changes, filter: p.filter, verdict: l.verdict, who: l.who, sort: l.sort, lang: p.lang}
	if l.sort == "type" {
		for i := range p.types {
			as.typeList += p.types[i].Name + "|"
		}
	}
	if p.rowsOf != as {
		// In the same place: half a megabyte for each of ten thousand tags.
		clear(p.rowsKept)
		p.rowsOf, p.rowsKept = as, p.makeRows(p.rowsKept[:0])
	}
	return p.rowsKept
}

// typeCounts is how many of each type the panel could list. It is not to be changed.
func (p *Page) typeCounts() map[string]int {
	if p.doc != nil && !p.list.all && p.list.only == nil {
		return p.doc.types
	}
	counts := map[string]int{}
	for a := range p.listed {
		counts[a.Type]++
	}
	return counts
}
