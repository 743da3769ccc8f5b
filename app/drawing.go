package app

import (
	"slices"
	"sort"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/browser"
)

// The rows of the panel are drawn by the page itself, as the article is: go-app
// compares children by their number, so that a row that came in rewrote all below
// it, and it draws by a timer. Rows are drawn in the same turn in which they
// change, those alone that did. The fields of the open row are go-app's; its
// element, "editor", is moved into the row.
//
// Once there are many, the rows in and around the view alone are drawn: ten
// thousand list items would cost seconds. rowHeight is what a row takes on
// average; where a row is taller the browser's scroll anchoring makes it good.
const (
	rowHeight  = 92
	windowRows = 32
)

// drawnList is the part of the rows that is drawn, as the browser has it.
type drawnList struct {
	keys         []string
	rows         map[string]string // see rowText
	above, below int               // rows that are not drawn
	open         string            // key of the row that has the fields
}

func (p *Page) renderList(empty bool) app.UI {
	return el("ol.list[id=list]", when(p.list.picking, is("class", "picking")), is("hidden", empty),
		does("click", p.onPick, ""), does("scroll", p.onListScroll, ""))
}

func (p *Page) onListScroll(ctx app.Context, e app.Event) {
	defer p.rescue()
	ctx.PreventUpdate()
	first := ctx.JSSrc().Get("scrollTop").Int() / rowHeight
	if d := first - p.first; d >= windowRows/6 || d <= -windowRows/6 {
		p.first = first
		p.drawList()
	}
}

// window is the part of so many rows that is drawn.
func (p *Page) window(rows int) (from, to int) {
	if rows <= 2*windowRows {
		return 0, rows
	}
	from = min(max(p.first-windowRows/4, 0), rows-windowRows)
	return from, from + windowRows
}

// drawOwn draws what the page draws itself once go-app has drawn the rest.
func (p *Page) drawOwn() {
	p.stale = false
	p.drawList()
	p.drawMarks()
}

// drawList brings the list to what is to be shown.
func (p *Page) drawList() {
	rows := p.rows()
	from, to := p.window(len(rows))
	keys, texts := make([]string, 0, to-from), make(map[string]string, to-from)
	var changed []string
	open := ""
	for _, r := range rows[from:to] {
		key := r.key()
		text := p.rowText(r)
		if r.Annotation != nil && p.hasFields(r.Annotation) {
			open = key
		}
		keys, texts[key] = append(keys, key), text
		if p.drawn.rows[key] != text {
			changed = append(changed, key+"\x1f"+text)
		}
	}
	now, before := drawnList{keys, texts, from, len(rows) - to, open}, p.drawn
	if len(changed) == 0 && slices.Equal(now.keys, before.keys) && now.above == before.above && now.below == before.below {
		return
	}
	p.drawn = now
	browser.DrawRows(strings.Join(keys, "\x1f"), strings.Join(changed, "\x1e"), now.above*rowHeight, now.below*rowHeight)
	if open != "" && open != before.open {
		browser.RevealRow(open) // with all its fields
	}
}

// hasFields reports whether a row has its fields: once go-app has made them.
func (p *Page) hasFields(a *annotation.Annotation) bool {
	return p.editing && a.ID == p.chosen && a.ID == p.fieldsOf
}

// drawRow draws the row of an annotation or a suggestion, wherever in the list.
func (p *Page) drawRow(id string) {
	rows := p.rows()
	for i := range rows {
		if rows[i].id() != id {
			continue
		}
		if from, to := p.window(len(rows)); i < from || i >= to {
			p.first = i
		}
		p.drawList()
		return
	}
}

// revealRow scrolls the panel to the row of an annotation or a suggestion.
func (p *Page) revealRow(key, id string) {
	if _, ok := p.drawn.rows[key]; !ok {
		p.drawRow(id)
	}
	browser.RevealRow(key)
}

// drawMarks draws the annotations in the strip. Of those that would stand on the
// same few pixels one is drawn, so that the strip costs the same however many
// there are.
func (p *Page) drawMarks() {
	const places = 240
	var b strings.Builder
	if p.doc != nil && p.doc.Len() > 0 {
		size, order := p.doc.Len(), p.doc.order
		for place, i := 0, 0; place < places && i < len(order); place++ {
			from, to := place*size/places, (place+1)*size/places
			i += sort.Search(len(order)-i, func(n int) bool { return order[i+n].Span.Start >= from })
			if i < len(order) && order[i].Span.Start < to {
				s := order[i].Span
				b.WriteString("t-" + typeClass(order[i].Type) + " " + percent(s.Start, size) + " " + percent(max(s.Len(), size/120+1), size) + "\n")
			}
		}
	}
	if text := b.String(); text != p.marked {
		p.marked = text
		browser.DrawMarks(text)
	}
}

// rowText is what a row shows, field after field; see rows in article.js.
func (p *Page) rowText(r row) string {
	switch {
	case r.heading != "":
		return fields("heading", r.heading, number(r.count))
	case r.suggested != nil:
		return p.ghostText(r.suggested)
	}
	return p.annotationText(r.Annotation)
}

func (p *Page) annotationText(a *annotation.Annotation) string {
	here := p.doc != nil && a.Article == p.doc.ID
	lost := here && !p.doc.stands(a)
	quote := a.Quote.Exact
	if here && !lost {
		quote = p.doc.quote(a.Span)
	}
	class, open, note := "", "", a.Note
	if a.ID == p.chosen {
		class = "on"
		if p.hasFields(a) {
			open, note = "open", ""
		}
	}
	judged, verdict := "", ""
	if a.Verdict != "" && a.Verdict != annotation.Unchecked {
		judged, verdict = "no", p.t("verdict-"+string(a.Verdict))
		if a.Verdict == annotation.Confirmed {
			judged = "ok"
		}
	}
	tick, ticked := "", ""
	if p.list.picking {
		tick = p.t("pick-one") + "：" + shorten(quote, 20)
		if p.list.picked[a.ID] {
			ticked = "ticked"
		}
	}
	return fields("annotation", class, p.textLang(), "t-"+typeClass(a.Type), quote, p.lang, p.meta(a, lost), judged, verdict, note, open, tick, ticked)
}

func (p *Page) ghostText(s *suggestion) string {
	meta := []string{p.t("suggestion-of", p.typeLabel(s.Type)), "「" + s.Reason.Trigger + "」"}
	if s.facets.Attribution != "" {
		meta = append(meta, p.t("attribution")+" "+s.facets.Attribution)
	}
	if q := s.facets.Quantity; q.Value != 0 {
		meta = append(meta, strings.TrimSpace(decimal(p.lang, q.Value)+" "+q.Unit))
	}
	if s.facets.Certainty != "" {
		meta = append(meta, p.t("certainty-"+string(s.facets.Certainty)))
	}
	class, yes, no := "ghost", p.t("accept")+" ", p.t("reject")+" "
	if s.id == p.chosenSuggestion {
		class = "ghost on"
	}
	return fields("suggestion", class, p.textLang(), "t-"+typeClass(s.Type), p.doc.quote(s.span), p.lang, strings.Join(meta, " · "), yes, no)
}

// fields joins what a row shows. What separates rows and fields is not in a text
// that a reader sees, and where a file brings it, it goes.
func fields(all ...string) string {
	for i, f := range all {
		if strings.ContainsAny(f, "\x1e\x1f") {
			all[i] = strings.Map(func(r rune) rune {
				if r == 0x1e || r == 0x1f {
					return ' '
				}
				return r
			}, f)
		}
	}
	return strings.Join(all, "\x1f")
}
