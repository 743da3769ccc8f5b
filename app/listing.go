package app

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/browser"
	"pizhu/app/script"
)

// listing is what the panel lists, besides the type that [Page.filter] names,
// and in which order.
type listing struct {
	open               bool // the controls are shown
	verdict, who, text string
	all                bool            // of every article
	only               map[string]bool // what a mark of the overview stands for; nil for no mark
	label              string          // says which mark
	sort, group        string
	picking            bool // rows can be picked for a change of many
	picked             map[string]bool
	last               string // picked last, for a range
}

// untyped is the filter for annotations without a type.
const untyped = "-"

// narrowed reports whether something is left out besides by type.
func (l *listing) narrowed() bool {
	return l.verdict != "" || l.who != "" || l.text != "" || l.only != nil
}

// admits reports whether the panel lists an annotation.
func (p *Page) admits(a *annotation.Annotation) bool {
	l := &p.list
	switch {
	case p.filter == lostFilter:
		if a.Whole() || !p.doc.isLost(a.ID) {
			return false
		}
	case p.filter != "" && a.Type != p.filter && (p.filter != untyped || a.Type != ""):
		return false
	case l.only != nil && !l.only[a.ID]:
		return false
	case l.verdict != "" && string(cmp.Or(a.Verdict, annotation.Unchecked)) != l.verdict:
		return false
	case l.who != "" && a.Attribution != l.who:
		return false
	}
	return l.text == "" || strings.Contains(p.haystack(a), p.needle())
}

// needle is the text that is looked for, as haystacks are written.
func (p *Page) needle() string {
	if p.needled.from != p.list.text {
		p.needled.from, p.needled.to = p.list.text, p.plain(p.list.text)
	}
	return p.needled.to
}

// haystack is what is said in and of an annotation, in Simplified characters and
// small letters, so that 訴訟 is found as 诉讼. It is kept until it changes.
func (p *Page) haystack(a *annotation.Annotation) string {
	h, ok := p.haystacks[a.ID]
	if !ok {
		h = p.plain(strings.Join([]string{a.Quote.Exact, a.Note, a.Attribution, a.Quantity.Unit, a.Quantity.Compared, a.Link}, "\n"))
		if p.haystacks == nil {
			p.haystacks = map[string]string{}
		}
		p.haystacks[a.ID] = h
	}
	return h
}

// plain is a text in Simplified characters, as far as the dictionary is here,
// and small letters.
func (p *Page) plain(text string) string {
	if p.plainer == nil && p.dict.lex["pivot"] != nil {
		p.plainer, _ = script.NewWithWords("t2s", p.dict.lex["pivot"], nil) // nil where it fails, and the text as it is
	}
	if p.plainer != nil {
		text = p.plainer.Convert(text).Text
	}
	return strings.ToLower(strings.TrimSpace(text))
}

// listed are the annotations that the panel could list: those of the article,
// those that have lost their place first, or, when asked for, of every article.
func (p *Page) listed(yield func(*annotation.Annotation) bool) {
	if p.list.all || p.list.only != nil {
		all := p.everything()
		for _, here := range []bool{true, false} { // the article that is read comes first
			for i := range all {
				if (p.doc != nil && all[i].Article == p.doc.ID) == here && !yield(&all[i]) {
					return
				}
			}
		}
		return
	}
	if p.doc == nil {
		return
	}
	for _, list := range [][]*annotation.Annotation{p.doc.lost, p.doc.order} {
		for _, a := range list {
			if !yield(a) {
				return
			}
		}
	}
}

// makeRows are the lines of the panel, appended to room that is there; see rows.
func (p *Page) makeRows(rows []row) []row {
	for a := range p.listed {
		if p.admits(a) {
			rows = append(rows, row{Annotation: a})
		}
	}
	if len(p.suggestions) > 0 && !p.list.narrowed() {
		for i := range p.suggestions {
			if s := &p.suggestions[i]; p.filter == "" || s.Type == p.filter {
				rows = append(rows, row{suggested: s})
			}
		}
		if p.list.sort == "" {
			slices.SortStableFunc(rows, func(a, b row) int {
				return cmp.Or(compareBool(b.here(p), a.here(p)), cmp.Compare(a.start(), b.start()))
			})
		}
	}
	if p.list.sort != "" {
		p.sortRows(rows)
	}
	if p.list.group != "" {
		rows = p.groupRows(rows)
	}
	return rows
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func (r row) here(p *Page) bool { return r.suggested != nil || p.doc != nil && r.Article == p.doc.ID }

// items are the rows that are annotations or suggestions, without the headings.
func (p *Page) items() []row {
	return slices.DeleteFunc(slices.Clone(p.rows()), func(r row) bool { return r.heading != "" })
}

func (r row) typ() string {
	if r.suggested != nil {
		return r.suggested.Type
	}
	return r.Type
}

func (p *Page) typePlace(name string) int {
	for i := range p.types {
		if p.types[i].Name == name {
			return i
		}
	}
	return len(p.types)
}

func (p *Page) sortRows(rows []row) {
	// Certainties are how sure a claim is; a suggestion has a number.
	sure := map[annotation.Certainty]float64{annotation.Fact: 1, annotation.Plan: .7, annotation.Forecast: .5, annotation.Rumour: .2}
	confidence := func(r row) float64 {
		if r.suggested != nil {
			return r.suggested.Confidence
		}
		return sure[r.Certainty]
	}
	slices.SortStableFunc(rows, func(a, b row) int {
		switch p.list.sort {
		case "time":
			if a.suggested != nil || b.suggested != nil {
				return compareBool(a.suggested != nil, b.suggested != nil)
			}
			return b.Modified.Compare(a.Modified)
		case "type":
			return cmp.Compare(p.typePlace(a.typ()), p.typePlace(b.typ()))
		}
		return cmp.Compare(confidence(b), confidence(a))
	})
}

// groupRows puts rows of a kind together under a heading, the kinds in the order
// in which they are first met, or the reader's.
func (p *Page) groupRows(rows []row) []row {
	key := func(r row) string {
		if r.suggested != nil && p.list.group != "type" {
			return p.t("suggestions")
		}
		switch p.list.group {
		case "type":
			return p.typeLabel(r.typ())
		case "verdict":
			return p.t("verdict-" + string(cmp.Or(r.Verdict, annotation.Unchecked)))
		case "who":
			return cmp.Or(r.Attribution, p.t("who-none"))
		}
		return p.articleTitle(r.Article)
	}
	groups := map[string][]row{}
	var order []string
	for _, r := range rows {
		k := key(r)
		if len(groups[k]) == 0 {
			order = append(order, k)
		}
		groups[k] = append(groups[k], r)
	}
	if p.list.group == "type" {
		slices.SortStableFunc(order, func(a, b string) int {
			return cmp.Compare(p.typePlace(groups[a][0].typ()), p.typePlace(groups[b][0].typ()))
		})
	}
	out := make([]row, 0, len(rows)+len(order))
	for _, k := range order {
		out = append(append(out, row{heading: k, count: len(groups[k])}), groups[k]...)
	}
	return out
}

// articleTitle is what an article is called, or, of one that is not on this
// device, its identity.
func (p *Page) articleTitle(id string) string {
	if p.doc != nil && p.doc.ID == id {
		return p.doc.Title
	}
	title, _ := p.whereabouts(id)
	return cmp.Or(title, id)
}

// whereabouts are an article's title and address, "" for one that is not here.
func (p *Page) whereabouts(id string) (title, href string) {
	for _, s := range p.shelf {
		if s.ID == id {
			return s.Title, publicAddress(s.Slug)
		}
	}
	for _, f := range p.own {
		if f.ID == id {
			return f.Title, ownAddress(id)
		}
	}
	return "", ""
}

// goToClaim opens an annotation where it stands, in whichever article.
func (p *Page) goToClaim(ctx app.Context, id string) {
	if p.doc != nil && p.doc.byID[id] != nil {
		p.choose(ctx, id)
		p.editing, p.panelOpen = true, true
		a := p.doc.byID[id]
		if r, ok := p.doc.domRange(a.Span); ok && !a.Span.Empty() {
			browser.Reveal(r, false)
		}
		return
	}
	a, ok := p.store.Get(id)
	if !ok || a.Deleted {
		return
	}
	_, href := p.whereabouts(a.Article)
	if href == "" {
		p.say(ctx, p.t("own-missing"), "", nil)
		return
	}
	p.goal = id
	ctx.Navigate(href)
}

// arrive opens the annotation for whose sake the article was opened.
func (p *Page) arrive(ctx app.Context) {
	id := p.goal
	p.goal = ""
	if id != "" && p.doc != nil && p.doc.byID[id] != nil {
		p.goToClaim(ctx, id)
	}
}

// ---- controls ----

// renderTools are the buttons beside the panel's title.
func (p *Page) renderTools() app.UI {
	l := &p.list
	return el("div.tools",
		iconPress("overview", p.t("overview"), p.onCommand, "", is("data-command", "overview")),
		iconPress("filter", p.t("filter"), p.onFilterOpen, "", is("aria-expanded", l.open), is("data-action", "filter"), is("aria-pressed", l.open || l.narrowed() || l.all)),
		iconPress("pick", p.t("pick"), p.onPicking, "", is("data-action", "pick"), is("aria-pressed", l.picking)),
	)
}

// renderFilters is the form by which the panel is narrowed and ordered.
func (p *Page) renderFilters() any {
	if l := &p.list; l.only == nil && !l.open && !l.picking {
		return nil // apart, since a browser compiles a function as a whole when it first runs
	}
	return p.drawFilters()
}

func (p *Page) drawFilters() app.UI {
	l := &p.list
	var parts []any
	if l.only != nil {
		parts = append(parts, el("div.row", el("span.only", l.label), press("plain", p.t("show-all"), p.onShowAll, "")))
	}
	if l.open {
		verdicts, who := map[string]int{}, map[string]int{}
		for a := range p.listed {
			verdicts[string(cmp.Or(a.Verdict, annotation.Unchecked))]++
			if a.Attribution != "" {
				who[a.Attribution]++
			}
		}
		byVerdict, byWho := []option{{"", p.t("any-verdict")}}, []option{{"", p.t("any-who")}}
		for _, v := range annotation.Verdicts {
			byVerdict = append(byVerdict, option{string(v), p.t("verdict-"+string(v)) + p.counted(verdicts[string(v)])})
		}
		names := slices.SortedFunc(maps.Keys(who), func(a, b string) int { return cmp.Or(cmp.Compare(who[b], who[a]), cmp.Compare(a, b)) })
		for i, n := range names {
			if i < 200 || n == l.who {
				byWho = append(byWho, option{n, n + p.counted(who[n])})
			}
		}
		var sorts, groups []option
		for _, s := range []string{"", "time", "type", "confidence"} {
			sorts = append(sorts, option{s, p.t("sort-" + s)})
		}
		for _, g := range []string{"", "type", "verdict", "who", "article"} {
			groups = append(groups, option{g, p.t("group-" + g)})
		}
		parts = append(parts,
			el("input[type=search][id=filter-text][autocomplete=off]", is("value", l.text), is("placeholder", p.t("filter-text")), is("aria-label", p.t("filter-text")), does("input", p.onFilterText, "")),
			p.filterBy("verdict", l.verdict, byVerdict), p.filterBy("who", l.who, byWho),
			p.filterBy("sort", l.sort, sorts), p.filterBy("group", l.group, groups),
			el("label.check", el("input[type=checkbox][id=filter-all]", is("checked", l.all), does("change", p.onFilterAll, "")), el("span", p.t("all-articles"))),
		)
	}
	if l.picking {
		verdicts := []option{{"", p.t("verdict") + "…"}}
		for _, v := range annotation.Verdicts {
			verdicts = append(verdicts, option{string(v), p.t("verdict-" + string(v))})
		}
		none := len(l.picked) == 0
		parts = append(parts, el("div.bulk[role=toolbar]", is("aria-label", p.t("pick")),
			el("span[aria-live=polite]", p.t("picked", len(l.picked))),
			press("plain", p.t("pick-all"), p.onPickAll, "", is("data-action", "pick-all")),
			choose("", append([]option{{"", p.t("type") + "…"}}, p.typeOptions()...), is("id", "bulk-type"), is("aria-label", p.t("type")), is("disabled", none), does("change", p.onBulkType, "")),
			choose("", verdicts, is("id", "bulk-verdict"), is("aria-label", p.t("verdict")), is("disabled", none), does("change", p.onBulkVerdict, "")),
			press("plain", p.t("delete"), p.onBulkDelete, "", is("data-action", "bulk-delete"), is("disabled", none)),
			press("plain", p.t("done"), p.onPicking, "")))
	}
	return el("div.filters.edit", parts...)
}

func (p *Page) counted(n int) string {
	if n == 0 {
		return ""
	}
	return " (" + number(n) + ")"
}

func (p *Page) filterBy(name, current string, options []option) app.UI {
	return choose(current, options, is("id", "filter-"+name), is("aria-label", p.t("filter-"+name)), is("data-by", name), does("change", p.onFilterBy, name))
}

func (p *Page) onFilterOpen(ctx app.Context, e app.Event) {
	defer p.rescue()
	l := &p.list
	if l.open = !l.open; l.open {
		p.panelOpen = true
		p.need(ctx, []string{"pivot"}, func(app.Context, error) { p.haystacks = nil }) // without it, what is typed is found as it is
		p.later(func(app.Context) { browser.Focus("filter-text") })
		return
	}
	p.clearFilters()
}

func (p *Page) clearFilters() {
	l := &p.list
	l.verdict, l.who, l.text, l.only, l.label, l.all = "", "", "", nil, "", false
	p.filter, p.first = "", 0
}

func (p *Page) onShowAll(app.Context, app.Event) { p.clearFilters() }

func (p *Page) onFilterText(ctx app.Context, e app.Event) {
	defer p.rescue()
	p.list.text, p.first = valueOf(ctx), 0
}

func (p *Page) onFilterAll(ctx app.Context, e app.Event) {
	defer p.rescue()
	p.list.all, p.first = ctx.JSSrc().Get("checked").Bool(), 0
}

func (p *Page) onFilterBy(ctx app.Context, e app.Event) {
	defer p.rescue()
	l := &p.list
	*map[string]*string{"verdict": &l.verdict, "who": &l.who, "sort": &l.sort, "group": &l.group}[data(ctx, "by")] = valueOf(ctx)
	p.first = 0
}

// ---- a change of many ----

func (p *Page) onPicking(ctx app.Context, e app.Event) {
	p.list.picking, p.list.picked, p.list.last = !p.list.picking, nil, ""
	p.panelOpen = p.panelOpen || p.list.picking
}

// pickRow picks a row or lets go of it; with Shift, all from the last one on.
func (p *Page) pickRow(id string, shift bool) {
	l := &p.list
	if l.picked == nil {
		l.picked = map[string]bool{}
	}
	want := !l.picked[id]
	from, to, rows := -1, -1, p.items()
	for i, r := range rows {
		if r.id() == id {
			to = i
		}
		if r.id() == l.last {
			from = i
		}
	}
	if !shift || from < 0 {
		from = to
	}
	for i := min(from, to); i >= 0 && i <= max(from, to); i++ {
		if rows[i].suggested != nil {
			continue
		}
		if want {
			l.picked[rows[i].id()] = true
		} else {
			delete(l.picked, rows[i].id())
		}
	}
	l.last = id
}

func (p *Page) onPickAll(ctx app.Context, e app.Event) {
	defer p.rescue()
	picked := map[string]bool{}
	for _, r := range p.items() {
		if r.suggested == nil {
			picked[r.ID] = true
		}
	}
	if len(picked) == len(p.list.picked) {
		picked = nil
	}
	p.list.picked = picked
}

// bulk changes everything that is picked, as one change to undo.
func (p *Page) bulk(ctx app.Context, change func(*annotation.Annotation) bool) {
	p.flushNote(ctx)
	var changed []annotation.Annotation
	for _, id := range slices.Sorted(maps.Keys(p.list.picked)) {
		if a, ok := p.store.Get(id); ok && !a.Deleted && change(&a) {
			changed = append(changed, a)
		}
	}
	if len(changed) == 0 {
		return
	}
	p.keep(ctx, changed...)
	p.say(ctx, p.t("bulk-changed", len(changed)), p.t("undo"), func(ctx app.Context) { p.perform(ctx, "undo") })
}

func (p *Page) onBulkType(ctx app.Context, e app.Event) {
	defer p.rescue()
	typ := valueOf(ctx)
	ctx.JSSrc().Set("selectedIndex", 0)
	if typ != "" {
		p.bulk(ctx, func(a *annotation.Annotation) bool { changed := a.Type != typ; a.Type = typ; return changed })
	}
}

func (p *Page) onBulkVerdict(ctx app.Context, e app.Event) {
	defer p.rescue()
	verdict := annotation.Verdict(valueOf(ctx))
	ctx.JSSrc().Set("selectedIndex", 0)
	if verdict != "" {
		p.bulk(ctx, func(a *annotation.Annotation) bool {
			changed := a.Verdict != verdict
			a.Verdict = verdict
			return changed
		})
	}
}

func (p *Page) onBulkDelete(ctx app.Context, e app.Event) {
	defer p.rescue()
	p.deleteAll(ctx, slices.Sorted(maps.Keys(p.list.picked)))
}
