package app

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
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
	if p.drawn == nil {
		p.drawn = map[string]func() app.UI{}
	}
	p.drawn[slot] = draw // anew each time: it must not see what was
	return &part{Slot: slot, Shows: shows, page: p}
}

func (k *part) Render() app.UI { return k.page.drawn[k.Slot]() }

// showing is what every row of the panel is drawn from besides its annotation.
func (p *Page) showing() string {
	var b strings.Builder
	for _, s := range []string{p.lang, p.textLang(), p.shownScript} {
		b.WriteString(s)
		b.WriteByte('|')
	}
	if p.doc != nil {
		b.WriteString(p.doc.ID)
		b.WriteString(strconv.Itoa(p.doc.turned))
	}
	b.WriteString(strconv.FormatBool(p.list.picking))
	for i := range p.types {
		b.WriteByte('|')
		b.WriteString(p.types[i].Name)
		b.WriteByte('=')
		b.WriteString(p.types[i].Label(p.lang))
	}
	return b.String()
}

// rowShows is what a row that is not open is drawn from: see renderRow.
func (p *Page) rowShows(a *annotation.Annotation, showing string) string {
	var b strings.Builder
	b.Grow(len(showing) + 200)
	b.WriteString(showing)
	b.WriteByte(0)
	b.WriteString(strconv.Itoa(len(p.links.to[a.ID])))
	if p.list.picked[a.ID] {
		b.WriteByte('+')
	}
	if !p.doc.stands(a) {
		b.WriteByte('?')
	}
	if p.doc == nil || a.Article != p.doc.ID {
		b.WriteString(a.Article)
		b.WriteString(p.articleTitle(a.Article))
	}
	b.WriteByte(0)
	b.WriteString(annotation.Marshal(*a))
	return b.String()
}

// rowPart is the row of an annotation, kept unless it is open: its fields are
// drawn from more than could be named.
func (p *Page) rowPart(a *annotation.Annotation, showing string) app.UI {
	if a.ID == p.chosen {
		return p.kept("row "+a.ID, "open "+strconv.Itoa(p.turn), func() app.UI { return p.renderRow(a) })
	}
	return p.kept("row "+a.ID, p.rowShows(a, showing), func() app.UI { return p.renderRow(a) })
}

// listedAs is what the panel's rows follow from, where that can be named.
type listedAs struct {
	doc                                                     *document
	changes, suggestions                                    int
	filter, verdict, who, text, sort, group, lang, typeList string
}

// rows are the lines of the panel, made anew when something they follow from
// has changed. They are not the caller's to change.
func (p *Page) rows() []row {
	l := &p.list
	if p.doc == nil || l.all || l.only != nil || len(p.suggestions) > 0 || l.text != "" || l.group != "" {
		return p.makeRows()
	}
	as := listedAs{doc: p.doc, changes: p.doc.changes, filter: p.filter, verdict: l.verdict, who: l.who, sort: l.sort, lang: p.lang}
	if l.sort == "type" {
		for i := range p.types {
			as.typeList += p.types[i].Name + "|"
		}
	}
	if p.rowsOf != as || p.rowsKept == nil {
		p.rowsOf, p.rowsKept = as, p.makeRows()
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
