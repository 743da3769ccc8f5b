package app

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/article"
	"pizhu/app/browser"
	"pizhu/app/search"
)

// renderSearchBox is the field in the bar with what was found of it. On a phone
// it takes the bar's place once it is opened.
func (p *Page) renderSearchBox() app.UI {
	found := p.asked() && p.find.count > 0
	return el("div.search[role=search]",
		icon("search"),
		el("input[id=search][type=search][data-command=search][autocomplete=off][spellcheck=false][enterkeyhint=search]",
			is("aria-label", p.t("search")), is("placeholder", p.t("search-hint")), is("title", p.hint("search")),
			does("input", p.onSearch, ""), does("compositionend", p.onSearch, ""), does("blur", p.onSearchLeft, ""),
			does("focus", func(ctx app.Context, e app.Event) { p.openFind(ctx) }, "")),
		when(p.asked(), el("output.count[id=search-count]", p.foundCount())),
		when(found, p.iconButton("search-prev")),
		when(found, p.iconButton("search-next")),
		when(p.find.open, el("button.icon[type=button][id=search-close][data-keep-selection]", is("aria-label", p.t("close")),
			does("click", func(ctx app.Context, e app.Event) { p.closeFind(ctx) }, ""), icon("close"))),
	)
}

// asked reports whether there is a query.
func (p *Page) asked() bool { return p.find.open && strings.TrimSpace(p.find.query) != "" }

// onSearchLeft closes the list when the focus goes from an empty field to
// somewhere else than the list.
func (p *Page) onSearchLeft(ctx app.Context, e app.Event) {
	defer p.rescue()
	to := e.Get("relatedTarget")
	if p.asked() || !p.find.open || to.Truthy() && to.Call("closest", "#found, .search").Truthy() {
		return
	}
	if !to.Truthy() && browser.Focused() == "search" {
		return // the window lost the focus, not the field
	}
	p.find.open = false
}

// foundCount is which hit of how many in this article the reader is on.
func (p *Page) foundCount() string {
	n := p.find.count
	if n == 0 && p.find.building {
		return "…"
	}
	return p.t("search-count", p.find.at+1, n)
}

func (p *Page) foundSummary() string {
	if p.find.total == 0 && len(p.find.notes) == 0 && len(p.find.types) == 0 {
		return p.t("search-none", strings.TrimSpace(p.find.query))
	}
	return p.t("search-all", p.find.total)
}

// renderFound is the list of results, over the panel; without a query it offers
// what the article is about.
func (p *Page) renderFound() app.UI {
	if !p.find.open {
		return el("div", is("hidden", true)) // apart, as renderFilters is
	}
	return p.drawFound()
}

func (p *Page) drawFound() app.UI {
	f := &p.find
	label := is("aria-label", p.t("found"))
	if !p.asked() {
		return el("section.found[id=found]", label, p.renderTerms())
	}
	parts := []any{label,
		el("div.head",
			el("h2", p.foundSummary(), when(f.building, el("small", p.t("search-reading")))),
			when(f.count > 0, press("plain", p.t("search-tag"), p.onCommand, "search-tag", is("data-command", "search-tag"), is("title", p.hint("search-tag")), is("aria-expanded", f.tagging))),
			when(f.tagging, p.renderTagFound()),
		),
	}
	rows := []app.UI{}
	if n := f.count; n > 0 {
		rows = append(rows, p.foundGroup("", p.t("found-here"), n))
		from := max(f.at, 0) / foundPage * foundPage
		to := min(from+foundPage, len(f.hits))
		if from > 0 {
			rows = append(rows, p.foundMore("search-before", from, from-1))
		}
		for i := from; i < to; i++ {
			rows = append(rows, p.renderHit(f.here, f.hits[i], i == f.at))
		}
		if to < n {
			rows = append(rows, p.foundMore("search-more", n-to, to))
		}
	}
	if len(f.notes) > 0 {
		rows = append(rows, p.foundGroup("", p.t("found-notes"), len(f.notes)))
		for i, n := range f.notes {
			if i == foundPage {
				break
			}
			rows = append(rows, p.renderFoundNote(n))
		}
	}
	if len(f.types) > 0 {
		rows = append(rows, p.foundGroup("", p.t("found-types"), 0))
		for _, name := range f.types {
			rows = append(rows, p.renderFoundType(name))
		}
	}
	for _, o := range f.others {
		rows = append(rows, p.foundGroup(o.ID, o.Title, o.count))
		for _, h := range o.hits {
			rows = append(rows, p.renderHit(o.book, h, false))
		}
	}
	if f.failed {
		rows = append(rows, el("li.group", p.t("search-failed")))
	}
	if len(rows) == 0 && !f.building {
		parts = append(parts, el("div.blank", el("b", p.foundSummary()), p.t("search-none-do")))
	}
	return el("section.found[id=found]", append(parts, el("ol.hits[id=hits]", rows))...)
}

// foundGroup is the heading of some results; that of another article shows
// more of them.
func (p *Page) foundGroup(id, title string, n int) app.UI {
	name, count := el("span", title), when(n > 0, el("small", number(n)))
	if id == "" || n <= foundFirst {
		return el("li.group", name, count)
	}
	return el("li.group", el("button[type=button]", is("aria-expanded", p.find.expanded == id), is("data-id", id), does("click", p.onExpand, "group"), name, count))
}

func (p *Page) onExpand(ctx app.Context, e app.Event) {
	defer p.rescue()
	id := sourceID(ctx)
	if p.find.expanded == id {
		id = ""
	}
	p.find.expanded = id
	p.runSearch(false)
}

// foundMore goes on to hits that are not listed.
func (p *Page) foundMore(key string, n, at int) app.UI {
	return el("li", press("more", p.t(key, n), func(ctx app.Context, e app.Event) {
		defer p.rescue()
		p.allFound()
		p.find.at, _ = strconv.Atoi(data(ctx, "at"))
		p.paintFound()
		p.revealFound()
	}, key, is("data-at", strconv.Itoa(at))))
}

// excerpt is a hit with what stands around it, as the article is shown, or for
// one that is not shown, as it was written.
func (p *Page) excerpt(b *book, x *search.Index, h search.Hit) (before, match, after string) {
	sn := x.Snippet(h, 22)
	v := p.viewOf(b, h.Block)
	start := b.Blocks[h.Block].Start
	m := v.ToSource(h.Span)
	from := v.ToSource(article.Span{Start: h.Span.Start - runes(sn.Before), End: h.Span.Start}).Start
	to := v.ToSource(article.Span{Start: h.Span.End, End: h.Span.End + runes(sn.After)}).End
	if sn.Before == "" {
		from = m.Start
	}
	if sn.After == "" {
		to = m.End
	}
	cut := func(from, to int) string {
		s := article.Span{Start: start + from, End: start + to}
		if s.Empty() {
			return ""
		}
		if p.doc != nil && p.doc.ID == b.ID {
			return p.doc.quote(s)
		}
		return b.Slice(s)
	}
	before, match, after = cut(min(from, m.Start), m.Start), cut(m.Start, m.End), cut(m.End, max(to, m.End))
	if sn.CutBefore {
		before = "…" + before
	}
	if sn.CutAfter {
		after += "…"
	}
	return before, match, after
}

func runes(s string) int { return len([]rune(s)) }

func (p *Page) renderHit(b *book, h search.Hit, on bool) app.UI {
	before, match, after := p.excerpt(b, b.index, h)
	lang := b.Variant
	if p.doc != nil && p.doc.ID == b.ID {
		lang = p.textLang()
	}
	key := h.Article + " " + strconv.Itoa(h.Block) + " " + strconv.Itoa(h.Span.Start) + " " + strconv.Itoa(h.Span.End)
	row := "li"
	if on {
		row = "li.on"
	}
	return el(row, is("lang", lang), el("button[type=button]", is("data-hit", key), when(on, is("aria-current", "true")), does("click", p.onHit, ""),
		before, el("mark", match), after))
}

func (p *Page) onHit(ctx app.Context, e app.Event) {
	defer p.rescue()
	part := strings.Fields(data(ctx, "hit"))
	if len(part) != 4 {
		return
	}
	h := search.Hit{Article: part[0]}
	h.Block, _ = strconv.Atoi(part[1])
	h.Span.Start, _ = strconv.Atoi(part[2])
	h.Span.End, _ = strconv.Atoi(part[3])
	p.goFound(ctx, h)
}

func (p *Page) renderFoundNote(n foundNote) app.UI {
	m := p.find.notesOf[n.article]
	sn := m.index.Snippet(n.hit, 22)
	// What the reader wrote is shown as written, not as it was searched.
	text := []rune(m.texts[n.hit.Block])
	v := p.toPivot(string(text))
	at := v.ToSource(n.hit.Span)
	from := max(v.ToSource(article.Span{Start: max(n.hit.Span.Start-runes(sn.Before), 0), End: n.hit.Span.Start}).Start, 0)
	if sn.Before == "" {
		from = at.Start
	}
	to := min(at.End+runes(sn.After), len(text))
	return el("li", el("button[type=button]", is("data-note", n.id), does("click", p.onFoundNote, ""),
		string(text[min(from, at.Start):at.Start]), el("mark", string(text[at.Start:at.End])), string(text[at.End:to])))
}

// onFoundNote opens the annotation whose note was found. The list lies over the
// panel, where it is opened, and so goes.
func (p *Page) onFoundNote(ctx app.Context, e app.Event) {
	defer p.rescue()
	id := data(ctx, "note")
	p.closeFind(ctx)
	p.goToClaim(ctx, id)
}

func (p *Page) renderFoundType(name string) app.UI {
	n := 0
	if p.doc != nil {
		for _, a := range p.doc.byID {
			if a.Type == name {
				n++
			}
		}
	}
	return el("li", el("button[type=button]", is("data-id", name), does("click", p.onFoundType, ""),
		el("i.dot.t-"+typeClass(name)), p.typeLabel(name), el("small", p.t("found-type-count", n))))
}

// onFoundType shows the annotations of a type that was found.
func (p *Page) onFoundType(ctx app.Context, e app.Event) {
	defer p.rescue()
	name := sourceID(ctx)
	p.closeFind(ctx)
	p.filter, p.first, p.panelOpen = name, 0, true
}

func (p *Page) renderTagFound() app.UI {
	parts := []any{is("aria-label", p.t("search-tag"))}
	for i, t := range p.types {
		parts = append(parts, el("button.plain[type=button]", is("data-tag-all", t.Name), when(i == 0, is("id", "found-tag")), does("click", p.onTagFound, ""),
			el("i.dot.t-"+typeClass(t.Name)), t.Label(p.lang)))
	}
	return el("div.row.tag-all[role=toolbar]", parts...)
}

func (p *Page) onTagFound(ctx app.Context, e app.Event) {
	defer p.rescue()
	p.tagFound(ctx, data(ctx, "tagAll"))
}
