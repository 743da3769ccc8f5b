package app

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/browser"
	"pizhu/app/claims"
)

// The overview is drawn as SVG: places across are shares of the width, so that
// it fits a telephone as it fits paper; places down, and letters, are pixels.

// marked is what a mark of the overview stands for.
type marked struct {
	ids   []string
	label string
}

// overview is what the charts are drawn from.
type overview struct {
	*Page
	all      []annotation.Annotation
	byID     map[string]*annotation.Annotation
	types    claims.TypeSet
	articles []shelved // that have claims, as they are listed
	narrow   bool
	most     int // pixels for a label
}

// marksMost is how many marks a strip has; rowsMost, how many rows a table of
// single claims.
const (
	marksMost = 300
	rowsMost  = 500
)

// labelShare is how much of a chart's width its labels have.
const labelShare = 34.0

// overviewPart is the overview, left alone while what it shows stays the same:
// go-app draws and compares the whole page after every event. It compares a
// component's exported fields alone, so Shows names everything it is drawn from.
type overviewPart struct {
	app.Compo
	Shows string
	page  *Page
}

func (o *overviewPart) Render() app.UI { return o.page.renderOverview() }

// overviewShows is what the overview is drawn from, so that it is not drawn
// again with every event.
func (p *Page) overviewShows() string {
	doc := ""
	if p.doc != nil {
		doc = p.doc.ID
	}
	return strings.Join([]string{p.lang, p.shownScript, doc, strconv.Itoa(p.edition), strconv.Itoa(len(p.shelf) + len(p.own)), strconv.FormatBool(browser.Width() < 760)}, "|")
}

func (p *Page) renderOverview() app.UI {
	p.marks = p.marks[:0]
	o := &overview{Page: p, all: p.everything(), byID: map[string]*annotation.Annotation{}, types: p.entries, narrow: browser.Width() < 760, most: 190}
	if o.narrow {
		o.most = 108
	}
	number, confirmed, has := 0, 0, map[string]bool{}
	for i := range o.all {
		a := &o.all[i]
		o.byID[a.ID] = a
		if a.Type != "" {
			number++
			has[a.Article] = true
			if a.Verdict == annotation.Confirmed {
				confirmed++
			}
		}
	}
	if number == 0 {
		return el("div.body", el("div.blank", el("b", p.t("overview-none")), p.t("empty-do")))
	}
	for _, s := range p.known() {
		if has[s.ID] {
			o.articles = append(o.articles, s)
			delete(has, s.ID)
		}
	}
	return el("div.body[id=overview]",
		el("div.lead", el("p", p.t("overview-sum", number, len(o.articles)+len(has), confirmed)),
			press("plain", p.t("print"), p.onPrint, "", is("data-action", "print"))),
		o.legend(),
		o.strips(), el("div.figures", o.verdicts(), o.sources(), o.quantities(), o.timeline()),
	)
}

// known are the articles on this device, the one being read first.
func (p *Page) known() []shelved {
	all := append([]shelved(nil), p.shelf...)
	for _, f := range p.own {
		all = append(all, shelved{ID: f.ID, Title: f.Title, Date: f.Date, Variant: f.Variant, Runes: f.Runes})
	}
	for i := range all {
		if p.doc != nil && all[i].ID == p.doc.ID {
			first := all[i]
			copy(all[1:], all[:i])
			all[0] = first
		}
	}
	return all
}

// link is a mark that leads to its claims; draw and text alternative are its own.
func (o *overview) link(ids []string, label string, parts ...any) app.UI {
	n := strconv.Itoa(len(o.marks))
	o.marks = append(o.marks, marked{ids, label})
	return draw("a[href=#overview]", append(parts, is("aria-label", label), is("data-mark", n), does("click", o.onMark, n), draw("title", label))...)
}

// cell is a number of a table that leads to its claims.
func (o *overview) cell(ids []string, label string) app.UI {
	if len(ids) == 0 {
		return el("td")
	}
	n := strconv.Itoa(len(o.marks))
	o.marks = append(o.marks, marked{ids, label})
	return el("td", press("cell", number(len(ids)), o.onMark, n, is("aria-label", label+"："+number(len(ids))), is("data-mark", n)))
}

func (p *Page) onMark(ctx app.Context, e app.Event) {
	defer p.rescue()
	e.PreventDefault()
	e.Call("stopPropagation")
	n, err := strconv.Atoi(data(ctx, "mark"))
	if err != nil || n >= len(p.marks) {
		return
	}
	m := p.marks[n]
	p.close()
	p.panelOpen = true
	if len(m.ids) == 1 {
		p.goToClaim(p.ctx, m.ids[0])
		return
	}
	p.choose(ctx, "")
	p.clearFilters()
	p.list.label, p.list.only = m.label, map[string]bool{}
	for _, id := range m.ids {
		p.list.only[id] = true
	}
	p.announce = m.label
}

func (p *Page) onPrint(app.Context, app.Event) { browser.Print() }

// fit cuts a label to the room that labels have.
func (o *overview) fit(label string) string {
	wide := 0
	for i, r := range label {
		if wide += 7; r >= 0x2e80 {
			wide += 6
		}
		if wide > o.most {
			cut := []rune(label[:i])
			return string(cut[:max(len(cut)-1, 1)]) + "…"
		}
	}
	return label
}

func percentOf(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) + "%" }

func text(x float64, y int, s string, parts ...any) app.UI {
	return draw("text", append(parts, is("x", percentOf(x)), is("y", y), s)...)
}

func bar(class string, x, width float64, y, height int) app.UI {
	return draw("rect.t-"+class+"[rx=2]", is("x", percentOf(x)), is("width", percentOf(width)), is("y", y), is("height", height))
}

func chart(height int, label string, parts ...any) app.UI {
	return draw("svg.chart[width=100%][role=group]", append(parts, is("height", height), is("aria-label", label))...)
}

func (o *overview) figure(title string, chart app.UI, table ...any) app.UI {
	return el("section.figure", el("h3", title), chart,
		el("details", el("summary", o.t("as-table")), el("div.scroll", el("table.data", table...))))
}

func (o *overview) legend() app.UI {
	used := map[string]bool{}
	for i := range o.all {
		used[o.all[i].Type] = true
	}
	var items []app.UI
	for _, t := range o.Page.types {
		if used[t.Name] {
			items = append(items, el("span", el("i.dot.t-"+typeClass(t.Name)), t.Label(o.lang)))
		}
	}
	return el("p.legend", items)
}

// quote is a claim in a few words.
func (o *overview) quote(id string) string { q, _ := o.quoteOf(id); return shorten(q, 40) }

// strips show where in each article its claims stand.
func (o *overview) strips() app.UI {
	var rows, table []any
	for _, s := range o.articles {
		var marks []any
		marks = append(marks, draw("rect.ground[x=0][y=4][width=100%][height=16][rx=3]"))
		strip := claims.Strip(o.all, s.ID, max(s.Runes, 1))
		for i := 0; i < len(strip); {
			// Where there are more than can be told apart, those that begin together
			// are one mark, in the colour of the first.
			m := strip[i]
			ids, end := []string{m.ID}, m.End
			for i++; len(strip) > marksMost && i < len(strip) && strip[i].Start-m.Start < 1./marksMost; i++ {
				ids, end = append(ids, strip[i].ID), max(end, min(strip[i].End, m.Start+1./marksMost))
			}
			label := o.typeLabel(m.Type) + "：" + o.quote(m.ID)
			if len(ids) > 1 {
				label = o.t("claims", len(ids))
			}
			width := max(100*(end-m.Start), .6)
			marks = append(marks, o.link(ids, label, bar(typeClass(m.Type), min(100*m.Start, 100-width), width, 4, 16)))
		}
		rows = append(rows, el("h4", is("lang", s.Variant), s.Title+" ", el("small", joinDots(dateOf(o.lang, s.Date), o.t("claims", len(strip))))), chart(24, s.Title, marks...))
	}
	byType := claims.ByArticleAndType(o.all, o.articleIDs(), o.types)
	table = o.matrix(byType, o.articleTitle, o.typeLabel)
	return el("section.figure.wide", append(append([]any{el("h3", o.t("overview-where"))}, rows...),
		el("details", el("summary", o.t("as-table")), el("div.scroll", el("table.data", table...))))...)
}

func (o *overview) articleIDs() []string {
	var ids []string
	for _, s := range o.articles {
		ids = append(ids, s.ID)
	}
	return ids
}

// matrix is a table of numbers, each of which leads to its claims.
func (o *overview) matrix(t claims.Table, row, column func(string) string) []any {
	head := []any{el("td")}
	for _, c := range t.Columns {
		head = append(head, el("th[scope=col]", column(c)))
	}
	out := []any{el("thead", el("tr", append(head, el("th[scope=col]", o.t("all")))...))}
	var body []any
	for i, r := range t.Rows {
		cells := []any{el("th[scope=row]", row(r))}
		for j, c := range t.Columns {
			cells = append(cells, o.cell(t.Cells[i][j], row(r)+"，"+column(c)))
		}
		body = append(body, el("tr", append(cells, o.cell(t.Row(i), row(r)))...))
	}
	return append(out, el("tbody", body...))
}

func (p *Page) verdictLabel(v string) string { return p.t("verdict-" + v) }

func (p *Page) whoLabel(who string) string {
	if who == "" {
		return p.t("who-none")
	}
	return who
}

// verdicts show claims by type and verdict, across articles.
func (o *overview) verdicts() app.UI {
	t := claims.ByTypeAndVerdict(o.all, o.types)
	const top, step = 20, 30
	each := (100 - labelShare) / float64(len(t.Columns))
	var parts []any
	size := "soft"
	if o.narrow {
		size = "tiny"
	}
	for j, v := range t.Columns {
		parts = append(parts, text(labelShare+each*float64(j), 12, o.verdictLabel(v), is("class", size)))
	}
	most := float64(t.Most())
	for i, name := range t.Rows {
		y := top + step*i
		parts = append(parts, text(0, y+17, o.fit(o.typeLabel(name))))
		for j, v := range t.Columns {
			ids := t.Cells[i][j]
			if len(ids) == 0 {
				continue
			}
			x := labelShare + each*float64(j)
			parts = append(parts, o.link(ids, o.typeLabel(name)+"，"+o.verdictLabel(v),
				draw("rect.hit", is("x", percentOf(x)), is("width", percentOf(each-1)), is("y", y), is("height", step-2)),
				bar(typeClass(name), x, max((each-2)*float64(len(ids))/most, 1.5), y+16, 8),
				text(x, y+12, number(len(ids)), is("class", "number"))))
		}
	}
	return o.figure(o.t("overview-verdicts"), chart(top+step*len(t.Rows), o.t("overview-verdicts"), parts...), o.matrix(t, o.typeLabel, o.verdictLabel)...)
}

// sources show who claims what.
func (o *overview) sources() app.UI {
	t := claims.ByAttributionAndType(o.all, o.types)
	const step, sourcesMost = 26, 14
	most := 1
	for i, who := range t.Rows {
		if who != "" || len(t.Rows) == 1 {
			most = max(most, len(t.Row(i)))
		}
	}
	var parts []any
	drawn := min(len(t.Rows), sourcesMost)
	for i := 0; i < drawn; i++ {
		y := step * i
		who := o.whoLabel(t.Rows[i])
		parts = append(parts, text(0, y+16, o.fit(who)))
		x := labelShare
		for j, typ := range t.Columns {
			ids := t.Cells[i][j]
			if len(ids) == 0 || t.Rows[i] == "" && len(t.Rows) > 1 {
				continue // claims of nobody would dwarf the others: they are a number
			}
			width := 56 * float64(len(ids)) / float64(most)
			parts = append(parts, o.link(ids, who+"，"+o.typeLabel(typ), bar(typeClass(typ), x, max(width-.4, .6), y+5, 14)))
			x += width
		}
		all := t.Row(i)
		parts = append(parts, o.link(all, who, text(x+1, y+16, number(len(all)), is("class", "number"))))
	}
	return o.figure(o.t("overview-sources"), chart(step*drawn, o.t("overview-sources"), parts...), o.matrix(t, o.whoLabel, o.typeLabel)...)
}

// quantities show amounts of a kind side by side. Where the greatest is more than
// a hundred times the least, the bars' lengths are logarithms, and it says so.
func (o *overview) quantities() app.UI {
	const step, kindsMost, valuesMost = 26, 8, 12
	var parts, body []any
	kinds := 0
	for _, s := range claims.Quantities(o.all) {
		unit := s.Unit
		if s.Type != "" {
			unit = strings.TrimSpace(unit + " " + o.typeLabel(s.Type))
		}
		greatest, least := 0.0, math.Inf(1)
		for _, v := range s.Values {
			greatest, least = max(greatest, abs(v.Value)), min(least, abs(v.Value))
		}
		length := func(v float64) float64 {
			switch {
			case greatest == 0:
				return 0
			case s.Wide:
				return .08 + .92*math.Log(abs(v)/least)/math.Log(greatest/least)
			}
			return abs(v) / greatest
		}
		var rows []any
		for i, v := range s.Values {
			a := o.byID[v.ID]
			who := a.Attribution
			if who == "" {
				who = o.quote(v.ID)
			}
			value := o.amount(v.Value)
			label := value + " " + a.Quantity.Unit + "：" + o.quote(v.ID)
			if v.Compared != "" {
				label += "（" + o.t("compared") + " " + v.Compared + "）"
			}
			if len(body) == rowsMost {
				body = append(body, el("tr", el("td", "…")))
			}
			if len(body) < rowsMost {
				body = append(body, el("tr", el("th[scope=row]", unit), el("td", value+" "+a.Quantity.Unit), el("td", v.Compared), el("td", a.Attribution), o.quoteCell(v.ID)))
			}
			if i >= valuesMost || kinds >= kindsMost || len(s.Values) < 2 {
				continue
			}
			y, width := step*i, max(44*length(v.Value), .6)
			rows = append(rows, text(0, y+16, o.fit(who)), o.link([]string{v.ID}, label,
				draw("rect.hit", is("x", percentOf(labelShare)), is("width", "66%"), is("y", y), is("height", step)),
				bar(typeClass(v.Type), labelShare, width, y+5, 14), text(labelShare+width+1, y+16, value, is("class", "number"))))
		}
		if len(rows) == 0 {
			continue
		}
		kinds++
		if unit == "" {
			unit = o.t("quantity")
		}
		scale := ""
		if s.Wide {
			scale = " " + o.t("overview-log")
		}
		parts = append(parts, el("h4", unit, el("small", scale)), chart(step*min(len(s.Values), valuesMost), unit, rows...))
	}
	if len(body) == 0 {
		return el("section.figure", el("h3", o.t("overview-quantities")), el("p.hint", o.t("overview-quantities-none")))
	}
	return o.figure(o.t("overview-quantities"), el("div", parts...),
		el("thead", el("tr", el("th[scope=col]", o.t("unit")), el("th[scope=col]", o.t("quantity")), el("th[scope=col]", o.t("compared")), el("th[scope=col]", o.t("attribution")), el("th[scope=col]", o.t("quote")))),
		el("tbody", body...))
}

// amount is a number as readers of the interface's language write it: long ones
// in thousands of millions, or in 萬 and 億.
func (o *overview) amount(v float64) string {
	if least := map[bool]float64{true: 1e6, false: 1e4}[o.lang == "en"]; abs(v) < least || app.IsServer {
		return decimal(o.lang, math.Round(v*1e4)/1e4)
	}
	return browser.Number(o.lang, v, 4, "compact")
}

// quoteCell is a claim's quote, which leads to it.
func (o *overview) quoteCell(id string) app.UI {
	n := strconv.Itoa(len(o.marks))
	o.marks = append(o.marks, marked{[]string{id}, ""})
	return el("td", press("cell", o.quote(id), o.onMark, n, is("data-mark", n)))
}

// column is a day of the timeline, or several that stand too near to be apart.
// firstOf is the first of some dates.
func (o *overview) firstOf(dates string) string {
	first, _, _ := strings.Cut(dates, "、")
	return first
}

type column struct {
	x      float64
	date   string
	types  []string
	claims [][]string
}

// timeline shows claims by their articles' dates.
func (o *overview) timeline() app.UI {
	dates := map[string]string{}
	for _, s := range o.articles {
		dates[s.ID] = s.Date
	}
	moments := claims.Timeline(o.all, dates, o.types)
	var columns []column
	var body []any
	var first, last time.Time
	for _, m := range moments {
		if at, err := time.Parse("2006-01-02", m.Date); err == nil {
			if first.IsZero() {
				first = at
			}
			last = at
		}
	}
	highest := 1
	for _, m := range moments {
		date := dateOf(o.lang, m.Date)
		if date == "" {
			date = o.t("undated")
		}
		for i, typ := range m.Types {
			body = append(body, el("tr", el("th[scope=row]", date), el("td", o.typeLabel(typ)), o.cell(m.Claims[i], date+"，"+o.typeLabel(typ))))
		}
		at, err := time.Parse("2006-01-02", m.Date)
		if err != nil {
			continue
		}
		x := 50.0
		if last.After(first) {
			x = 8 + 84*float64(at.Sub(first))/float64(last.Sub(first))
		}
		if n := len(columns); n > 0 && x-columns[n-1].x < 4 {
			c := &columns[n-1]
			c.date += "、" + date
			c.types = append(c.types, m.Types...)
			c.claims = append(c.claims, m.Claims...)
		} else {
			columns = append(columns, column{x, date, m.Types, m.Claims})
		}
		c := columns[len(columns)-1]
		total := 0
		for _, ids := range c.claims {
			total += len(ids)
		}
		highest = max(highest, total)
	}
	const ground, high = 150, 130
	parts := []any{draw("rect.ground[x=0][width=100%][height=1]", is("y", ground))}
	apart, labelled := 22.0, -100.0
	if o.narrow {
		apart = 30
	}
	for i, c := range columns {
		y := float64(ground)
		for j, ids := range c.claims {
			height := max(float64(len(ids))*min(float64(high)/float64(highest), 12), 2)
			y -= height
			parts = append(parts, o.link(ids, c.date+"，"+o.typeLabel(c.types[j]),
				draw("rect.t-"+typeClass(c.types[j])+"[width=20][transform=translate(-10)]", is("x", percentOf(c.x)), is("y", trim(y)), is("height", trim(max(height-1, 1))))))
		}
		if c.x-labelled >= apart || i == 0 {
			labelled = c.x
			parts = append(parts, text(c.x, ground+17, o.firstOf(c.date), is("class", "soft"), is("text-anchor", "middle")))
		}
	}
	return o.figure(o.t("overview-time"), chart(ground+24, o.t("overview-time"), parts...),
		el("thead", el("tr", el("th[scope=col]", o.t("date")), el("th[scope=col]", o.t("type")), el("th[scope=col]", o.t("all")))),
		el("tbody", body...))
}
