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
	asked := p.asked()
	return app.Div().Class("search").Role("search").Body(
		icon("search"),
		app.Input().ID("search").Type("search").DataSet("command", "search").Aria("label", p.t("search")).
			Placeholder(p.t("search-hint")).Title(p.hint("search")).AutoComplete(false).Spellcheck(false).Attr("enterkeyhint", "search").
			OnInput(p.onSearch).OnFocus(func(ctx app.Context, e app.Event) { p.openFind(ctx) }).
			On("compositionend", p.onSearch).OnBlur(p.onSearchLeft),
		app.If(asked, func() app.UI { return app.Elem("output").ID("search-count").Class("count").Text(p.foundCount()) }),
		app.If(asked && len(p.find.hits) > 0, func() app.UI { return p.iconButton("search-prev") }),
		app.If(asked && len(p.find.hits) > 0, func() app.UI { return p.iconButton("search-next") }),
		app.If(p.find.open, func() app.UI {
			return app.Button().Type("button").Class("icon").ID("search-close").Aria("label", p.t("close")).DataSet("keep-selection", "").
				OnClick(func(ctx app.Context, e app.Event) { p.closeFind(ctx) }).Body(icon("close"))
		}),
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
	f := &p.find
	if !f.open {
		return app.Div().Hidden(true)
	}
	list := app.Section().ID("found").Class("found").Aria("label", p.t("found"))
	if !p.asked() {
		return list.Body(p.renderTerms())
	}
	body := []app.UI{
		app.Div().Class("head").Body(
			app.H2().Body(app.Text(p.foundSummary()), app.If(f.building, func() app.UI { return app.Small().Text(p.t("search-reading")) })),
			app.If(len(f.hits) > 0, func() app.UI {
				return app.Button().Type("button").Class("plain").DataSet("command", "search-tag").Title(p.hint("search-tag")).Aria("expanded", f.tagging).
					OnClick(p.onCommand, app.EventScope("search-tag")).Text(p.t("search-tag"))
			}),
			app.If(f.tagging, p.renderTagFound),
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
		rows = append(rows, app.Li().Class("group").Text(p.t("search-failed")))
	}
	if len(rows) == 0 && !f.building {
		body = append(body, app.Div().Class("blank").Body(app.B().Text(p.foundSummary()), app.Text(p.t("search-none-do"))))
	}
	body = append(body, app.Ol().ID("hits").Class("hits").Body(rows...))
	return list.Body(body...)
}

// foundGroup is the heading of some results; that of another article shows
// more of them.
func (p *Page) foundGroup(id, title string, n int) app.UI {
	count := app.If(n > 0, func() app.UI { return app.Small().Text(thousands(n)) })
	if id == "" || n <= foundFirst {
		return app.Li().Class("group").Body(app.Span().Text(title), count)
	}
	return app.Li().Class("group").Body(
		app.Button().Type("button").Aria("expanded", p.find.expanded == id).DataSet("id", id).OnClick(p.onExpand, app.EventScope("group", id)).
			Body(app.Span().Text(title), count))
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
	return app.Li().Body(app.Button().Type("button").Class("more").DataSet("at", at).OnClick(func(ctx app.Context, e app.Event) {
		defer p.rescue()
		p.allFound()
		p.find.at, _ = strconv.Atoi(ctx.JSSrc().Get("dataset").Get("at").String())
		p.paintFound()
		p.revealFound()
	}, app.EventScope(key)).Text(p.t(key, n)))
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
	row := app.Li().Lang(lang)
	if on {
		row = row.Class("on")
	}
	key := h.Article + " " + strconv.Itoa(h.Block) + " " + strconv.Itoa(h.Span.Start) + " " + strconv.Itoa(h.Span.End)
	button := app.Button().Type("button").DataSet("hit", key).OnClick(p.onHit, app.EventScope("hit")).
		Body(app.Text(before), app.Elem("mark").Text(match), app.Text(after))
	if on {
		button = button.Aria("current", true)
	}
	return row.Body(button)
}

func (p *Page) onHit(ctx app.Context, e app.Event) {
	defer p.rescue()
	part := strings.Fields(ctx.JSSrc().Get("dataset").Get("hit").String())
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
	return app.Li().Body(app.Button().Type("button").DataSet("note", n.id).OnClick(p.onFoundNote, app.EventScope("note")).
		Body(app.Text(string(text[min(from, at.Start):at.Start])), app.Elem("mark").Text(string(text[at.Start:at.End])), app.Text(string(text[at.End:to]))))
}

// onFoundNote opens the annotation whose note was found. The list lies over the
// panel, where it is opened, and so goes.
func (p *Page) onFoundNote(ctx app.Context, e app.Event) {
	defer p.rescue()
	id := ctx.JSSrc().Get("dataset").Get("note").String()
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
	return app.Li().Body(app.Button().Type("button").DataSet("id", name).OnClick(p.onFoundType, app.EventScope("found-type")).
		Body(app.I().Class("dot t-"+typeClass(name)), app.Text(p.typeLabel(name)), app.Small().Text(p.t("found-type-count", n))))
}

// onFoundType shows the annotations of a type that was found.
func (p *Page) onFoundType(ctx app.Context, e app.Event) {
	defer p.rescue()
	name := sourceID(ctx)
	p.closeFind(ctx)
	p.filter, p.first, p.panelOpen = name, 0, true
}

func (p *Page) renderTagFound() app.UI {
	return app.Div().Class("row tag-all").Role("toolbar").Aria("label", p.t("search-tag")).Body(
		app.Range(p.types).Slice(func(i int) app.UI {
			t := p.types[i]
			b := app.Button().Type("button").Class("plain").DataSet("tag-all", t.Name).OnClick(p.onTagFound, app.EventScope("tag-all", t.Name)).
				Body(app.I().Class("dot t-"+typeClass(t.Name)), app.Text(t.Label(p.lang)))
			if i == 0 {
				b = b.ID("found-tag")
			}
			return b
		}),
	)
}

func (p *Page) onTagFound(ctx app.Context, e app.Event) {
	defer p.rescue()
	p.tagFound(ctx, ctx.JSSrc().Get("dataset").Get("tagAll").String())
}
