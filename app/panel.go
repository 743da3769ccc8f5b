package app

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/browser"
)

// row is a line of the panel: an annotation, a suggestion among them, or the
// heading of a group.
type row struct {
	*annotation.Annotation
	suggested *suggestion
	heading   string
	count     int
}

func (r row) id() string {
	if r.suggested != nil {
		return r.suggested.id
	}
	if r.Annotation == nil {
		return ""
	}
	return r.ID
}

// key is what a row is known by from one drawing of the list to the next: a
// suggestion is not an annotation, nor a heading of the same words.
func (r row) key() string {
	switch {
	case r.heading != "":
		return fields("heading " + r.heading)
	case r.suggested != nil:
		return suggestionKey(r.suggested.id)
	}
	return annotationKey(r.ID)
}

func annotationKey(id string) string { return fields("annotation " + id) }
func suggestionKey(id string) string { return fields("suggestion " + id) }

func (r row) start() int {
	if r.suggested != nil {
		return r.suggested.span.Start
	}
	return r.Span.Start
}

func (p *Page) renderPanel() app.UI {
	rows := p.rows()
	total := 0
	if p.doc != nil {
		total = len(p.doc.byID)
	}
	return el("aside.panel[id=panel]", is("aria-label", p.t("panel")), when(p.panelOpen, is("class", "open")),
		el("div.head",
			el("button.handle[type=button]", is("aria-label", p.t("panel-open")), is("aria-expanded", p.panelOpen),
				does("click", func(app.Context, app.Event) { p.panelOpen = !p.panelOpen }, "")),
			el("h2", p.t("panel")+" ", el("small", p.shownOf(rows, total))),
			p.renderTools(),
			p.renderChips(),
		),
		el("div", p.renderFilters(), p.renderRelating()),
		p.renderSuggestions(),
		p.renderBlank(len(rows), total),
		p.renderList(len(rows) == 0),
		el("div", is("hidden", true), el("div[id=editor]", p.renderOpen())), // see drawList
	)
}

func (p *Page) renderBlank(shown, total int) app.UI {
	switch {
	case shown > 0:
		return el("div.blank", is("hidden", true))
	case total > 0 || p.list.all:
		return el("div.blank", p.t("empty-filter"))
	}
	return el("div.blank", el("b", p.t("empty")), p.t("empty-do"))
}

func (p *Page) renderChips() app.UI {
	counts := p.typeCounts()
	chip := func(name, label, class string) app.UI {
		return el("button[type=button]", is("aria-pressed", p.filter == name), is("data-filter", name), does("click", func(ctx app.Context, e app.Event) {
			p.filter = data(ctx, "filter")
			p.first = 0
		}, "chip/"+name), when(class != "", el("i."+class)), label)
	}
	chips := []app.UI{chip("", p.t("all"), "")}
	if n := p.orphans(); n > 0 {
		chips = append(chips, chip(lostFilter, p.t("orphans", n), ""))
	}
	for _, t := range p.types {
		if n := counts[t.Name]; n > 0 {
			chips = append(chips, chip(t.Name, t.Label(p.lang)+" "+number(n), "t-"+typeClass(t.Name)))
		}
	}
	if n := counts[""]; n > 0 {
		chips = append(chips, chip(untyped, p.t("type-note")+" "+number(n), "t-none"))
	}
	return el("div.chips[role=group]", is("aria-label", p.t("type")), chips)
}

// lostFilter narrows the panel to the annotations whose words are gone; no type
// has that name.
const lostFilter = "\x00lost"

func (p *Page) orphans() (n int) {
	if p.doc != nil {
		for _, a := range p.doc.lost {
			if !a.Whole() {
				n++
			}
		}
	}
	return n
}

// meta is what a row says of its annotation below the quote.
func (p *Page) meta(a *annotation.Annotation, lost bool) string {
	parts := []string{p.typeLabel(a.Type)}
	if a.Attribution != "" {
		parts = append(parts, p.t("attribution")+" "+a.Attribution)
	}
	if a.Quantity.Unit != "" || a.Quantity.Value != 0 {
		parts = append(parts, strings.TrimSpace(decimal(p.lang, a.Quantity.Value)+" "+a.Quantity.Unit))
	}
	if a.Certainty != "" {
		parts = append(parts, p.t("certainty-"+string(a.Certainty)))
	}
	if lost && a.Whole() {
		parts = append(parts, p.t("whole"))
	} else if lost {
		parts = append(parts, p.t("orphan"))
	}
	if p.doc == nil || a.Article != p.doc.ID {
		parts = append(parts, "《"+p.articleTitle(a.Article)+"》")
	}
	if n := len(a.Relations) + len(p.links.to[a.ID]); n > 0 {
		parts = append(parts, p.t("relations-count", n))
	}
	return strings.Join(parts, " · ")
}

// onPick is a click on the list: on a row's words, which opens its annotation and
// scrolls the text to it, or closes it when it was open; on a suggestion's words
// or one of its answers; or on a row's tick.
func (p *Page) onPick(ctx app.Context, e app.Event) {
	defer p.rescue()
	pressed := e.Get("target").Call("closest", ".pick, .act button, .tick")
	if !pressed.Truthy() {
		ctx.PreventUpdate()
		return
	}
	about := pressed.Call("closest", "#list > li").Get("dataset")
	id := about.Get("annotation")
	if !id.Truthy() {
		p.onGhost(ctx, about.Get("suggestion").String(), pressed.Get("dataset").Get("answer"))
		return
	}
	if pressed.Get("dataset").Get("pick").Truthy() {
		p.pickRow(id.String(), e.Get("shiftKey").Truthy())
		return
	}
	p.pick(ctx, id.String(), e.Get("shiftKey").Truthy())
}

func (p *Page) pick(ctx app.Context, id string, shift bool) {
	if p.relating != nil {
		p.relateTo(ctx, id)
		return
	}
	if p.list.picking {
		p.pickRow(id, shift)
		return
	}
	if p.doc == nil || p.doc.byID[id] == nil {
		p.goToClaim(ctx, id)
		return
	}
	if id == p.chosen && p.editing {
		p.choose(ctx, "")
		return
	}
	p.choose(ctx, id)
	p.editing = true
	if a := p.chosenAnnotation(); a != nil {
		if r, ok := p.doc.domRange(a.Span); ok && p.doc.stands(a) {
			browser.Reveal(r, false)
		}
	}
}

// renderOpen is the fields of the open annotation, where one is open.
func (p *Page) renderOpen() any {
	p.fieldsOf = ""
	if a := p.chosenAnnotation(); a != nil && p.editing {
		p.fieldsOf = a.ID
		return p.renderEditor(a)
	}
	return nil
}

// renderEditor is the fields of the open annotation. Each keeps itself as it
// is changed; there is nothing to confirm.
func (p *Page) renderEditor(a *annotation.Annotation) app.UI {
	id := a.ID
	field := func(key string, control app.UI) app.UI {
		return el("label", p.t(key), control)
	}
	text := func(key, value string, set func(*annotation.Annotation, string)) app.UI {
		return field(key, el("input[type=text][maxlength=400][autocomplete=off]", is("value", value), does("change", func(ctx app.Context, e app.Event) {
			v := strings.TrimSpace(valueOf(ctx))
			p.edit(ctx, id, func(a *annotation.Annotation) { set(a, v) })
		}, key+"/"+id)))
	}
	choice := func(key string, values []string, current string, set func(*annotation.Annotation, string)) app.UI {
		var options []option
		for _, v := range values {
			options = append(options, option{v, p.t(key + "-" + v)})
		}
		return field(key, choose(current, options, does("change", func(ctx app.Context, e app.Event) {
			v := valueOf(ctx)
			p.edit(ctx, id, func(a *annotation.Annotation) { set(a, v) })
		}, key+"/"+id)))
	}
	var types []option
	for _, t := range p.types {
		types = append(types, option{t.Name, t.Label(p.lang)})
	}
	if !p.knownType(a.Type) {
		types = append(types, option{a.Type, p.typeLabel(a.Type)})
	}
	verdict := a.Verdict
	if verdict == "" {
		verdict = annotation.Unchecked
	}
	number := ""
	if a.Quantity.Value != 0 {
		number = strconv.FormatFloat(a.Quantity.Value, 'f', -1, 64)
	}
	more := p.moreOpen || a.Facets != (annotation.Facets{})
	var facets any
	if more {
		facets = el("div.facets",
			text("attribution", a.Attribution, func(a *annotation.Annotation, v string) { a.Attribution = v }),
			choice("certainty", append([]string{""}, names(annotation.Certainties)...), string(a.Certainty),
				func(a *annotation.Annotation, v string) { a.Certainty = annotation.Certainty(v) }),
			text("quantity", number, func(a *annotation.Annotation, v string) {
				n, err := strconv.ParseFloat(strings.ReplaceAll(v, ",", ""), 64)
				if err == nil || v == "" {
					a.Quantity.Value = n
				}
			}),
			text("unit", a.Quantity.Unit, func(a *annotation.Annotation, v string) { a.Quantity.Unit = v }),
			text("compared", a.Quantity.Compared, func(a *annotation.Annotation, v string) { a.Quantity.Compared = v }),
			choice("verdict", names(annotation.Verdicts), string(verdict),
				func(a *annotation.Annotation, v string) { a.Verdict = annotation.Verdict(v) }),
			el("div.wide", text("link", a.Link, func(a *annotation.Annotation, v string) {
				if v == "" || strings.HasPrefix(v, "https://") || strings.HasPrefix(v, "http://") {
					a.Link = v
					return
				}
				p.notify("link", p.t("link-bad"))
			})),
		)
	}
	return el("div.edit", is("lang", p.lang),
		when(p.orphan() != nil, el("p.quiet", p.t("attach-how"))),
		field("type", choose(a.Type, types, is("id", "edit-type"), does("change", func(ctx app.Context, e app.Event) {
			v := valueOf(ctx)
			p.edit(ctx, id, func(a *annotation.Annotation) { a.Type = v })
		}, "type/"+id))),
		field("note-label", el("textarea[id=edit-note][maxlength=20000]", is("placeholder", p.t("note-hint")), is("value", a.Note),
			does("input", p.onNote, id), does("change", p.onNoteDone, id))),
		el("details.more", is("open", more), does("toggle", p.onMore, ""),
			el("summary", p.t("more-facets")),
			facets,
		),
		p.renderRelations(a),
		el("div.row.end",
			press("plain", p.t("delete"), p.onCommand, "delete/"+id, is("data-command", "delete")),
			press("plain", p.t("close"), func(ctx app.Context, e app.Event) { p.choose(ctx, "") }, "close/"+id),
		),
	)
}

// onMore draws the further fields once the reader wants them; most never do.
func (p *Page) onMore(ctx app.Context, e app.Event) { p.moreOpen = ctx.JSSrc().Get("open").Bool() }

func names[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

func (p *Page) knownType(name string) bool {
	for _, t := range p.types {
		if t.Name == name {
			return true
		}
	}
	return false
}

// renderStrip is the article as a thin column: where its annotations stand, and
// what part of it is in view. A click goes there.
func (p *Page) renderStrip() app.UI {
	return el("nav.strip", is("aria-label", p.t("map")), does("click", func(ctx app.Context, e app.Event) {
		box := ctx.JSSrc().Call("getBoundingClientRect")
		browser.ScrollTo((e.Get("clientY").Float() - box.Get("top").Float()) / box.Get("height").Float())
	}, ""), draw("svg[aria-hidden=true]",
		draw("rect.view[x=0][width=14]", is("y", share(p.view[0])), is("height", share(p.view[1]-p.view[0]))),
		draw("g[id=marks]"), // see drawMarks
	), el("div", p.renderArcs()))
}

// percent is a share to the hundredth of a percent.
func percent(n, of int) string {
	s := strconv.Itoa(n * 10000 / of)
	for len(s) < 3 {
		s = "0" + s
	}
	return s[:len(s)-2] + "." + s[len(s)-2:] + "%"
}

func share(f float64) string { return percent(int(f*1e6), 1e6) }

// shownOf is how many rows are shown, and of how many where some are not.
func (p *Page) shownOf(rows []row, total int) string {
	n := 0
	for _, r := range rows {
		if r.Annotation != nil {
			n++
		}
	}
	if p.list.all || p.list.only != nil {
		total = len(p.everything())
	}
	if n != total {
		return p.t("search-count", n, total)
	}
	return number(total)
}
