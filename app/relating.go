package app

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/browser"
)

// link is a relation as the claim at its other end has it.
type link struct {
	from string
	kind annotation.RelationKind
}

// links are the relations by the claim that they lead to, and where each claim's
// own lead. They are read from all articles when first asked for, and kept up to
// date from then on.
type links struct {
	to    map[string][]link
	leads map[string][]string
}

func (l *links) put(a *annotation.Annotation) {
	for _, to := range l.leads[a.ID] {
		l.to[to] = slices.DeleteFunc(l.to[to], func(k link) bool { return k.from == a.ID })
	}
	delete(l.leads, a.ID)
	if a.Deleted {
		return
	}
	for _, r := range a.Relations {
		l.to[r.To] = append(l.to[r.To], link{a.ID, r.Kind})
		l.leads[a.ID] = append(l.leads[a.ID], r.To)
	}
}

func (p *Page) related() map[string][]link {
	if p.links.to == nil {
		p.links = links{map[string][]link{}, map[string][]string{}}
		all := p.everything()
		for i := range all {
			p.links.put(&all[i])
		}
	}
	return p.links.to
}

// relating is a relation being made: from a claim, to one that is still to be
// pointed at.
type relating struct {
	from string
	kind annotation.RelationKind
}

// quoteOf is a claim's quote, in the script being read where it is in the
// article that is shown; ok is false where the claim is not on this device.
func (p *Page) quoteOf(id string) (quote string, ok bool) {
	if p.doc != nil {
		if a := p.doc.byID[id]; a != nil && !a.Span.Empty() && a.Span.End <= p.doc.Len() {
			return p.doc.quote(a.Span), true
		}
	}
	a, ok := p.store.Get(id)
	if !ok || a.Deleted {
		return p.t("relation-lost"), false
	}
	return oneLine(a.Quote.Exact), true
}

// renderRelations is what the open claim does to others and they to it.
func (p *Page) renderRelations(a *annotation.Annotation) app.UI {
	var rows []app.UI
	end := func(text, id string, remove any) {
		quote, ok := p.quoteOf(id)
		other := el("span", quote)
		if ok {
			other = press("plain", quote, p.onGoToClaim, id, is("data-id", id))
		}
		rows = append(rows, el("li", el("small", text), other, remove))
	}
	for _, r := range a.Relations {
		end(p.t("relation-"+string(r.Kind)), r.To, iconPress("close", p.t("relation-remove"), p.onUnrelate, a.ID+string(r.Kind)+r.To,
			is("data-id", a.ID), is("data-kind", r.Kind), is("data-to", r.To)))
	}
	for _, l := range p.related()[a.ID] {
		end(p.t("related-"+string(l.kind)), l.from, nil)
	}
	kinds := []option{{"", p.t("relate")}}
	for _, k := range annotation.RelationKinds {
		kinds = append(kinds, option{string(k), p.t("relation-"+string(k)) + "…"})
	}
	return el("div.relations[role=group]", is("aria-label", p.t("relations")),
		when(len(rows) > 0, el("ul", rows)),
		choose("", kinds, is("id", "relate"), is("aria-label", p.t("relate")), is("data-id", a.ID), does("change", p.onRelate, a.ID)))
}

func (p *Page) onGoToClaim(ctx app.Context, e app.Event) {
	defer p.rescue()
	p.goToClaim(ctx, sourceID(ctx))
}

func (p *Page) onRelate(ctx app.Context, e app.Event) {
	defer p.rescue()
	kind := annotation.RelationKind(valueOf(ctx))
	ctx.JSSrc().Set("selectedIndex", 0)
	if kind == "" {
		return
	}
	p.flushNote(ctx)
	p.relating = &relating{sourceID(ctx), kind}
	p.editing, p.panelOpen = false, true
	p.announce = p.t("relate-pick")
	p.later(func(app.Context) { browser.Focus("relate-cancel") })
}

// renderRelating says what is being related, above the list to choose from.
func (p *Page) renderRelating() any {
	if p.relating == nil {
		return nil
	}
	quote, _ := p.quoteOf(p.relating.from)
	return el("div.relating[role=status]",
		el("p", "「"+shorten(quote, 24)+"」", el("b", p.t("relation-"+string(p.relating.kind)))),
		el("p", p.t("relate-pick")),
		el("div.row",
			el("label.check", el("input[type=checkbox][id=relate-all]", is("checked", p.list.all), does("change", p.onFilterAll, "")), el("span", p.t("all-articles"))),
			press("plain", p.t("cancel"), p.onRelateCancel, "", is("id", "relate-cancel"))))
}

func (p *Page) onRelateCancel(app.Context, app.Event) { p.relating = nil }

// relateTo makes the relation that was begun lead to a claim.
func (p *Page) relateTo(ctx app.Context, id string) {
	begun := p.relating
	a, ok := p.store.Get(begun.from)
	r := annotation.Relation{Kind: begun.kind, To: id}
	if !ok || a.Deleted || id == a.ID || slices.Contains(a.Relations, r) {
		p.say(ctx, p.t("relate-not"), "", nil)
		return
	}
	p.relating, p.list.all = nil, false
	a.Relations = append(slices.Clone(a.Relations), r)
	p.keep(ctx, a)
	if p.doc != nil && a.Article == p.doc.ID {
		p.choose(ctx, a.ID)
		p.editing = true
	}
	p.say(ctx, p.t("related"), p.t("undo"), func(ctx app.Context) { p.perform(ctx, "undo") })
}

func (p *Page) onUnrelate(ctx app.Context, e app.Event) {
	defer p.rescue()
	a, ok := p.store.Get(sourceID(ctx))
	if !ok {
		return
	}
	r := annotation.Relation{Kind: annotation.RelationKind(data(ctx, "kind")), To: data(ctx, "to")}
	a.Relations = slices.DeleteFunc(slices.Clone(a.Relations), func(o annotation.Relation) bool { return o == r })
	p.keep(ctx, a)
	p.say(ctx, p.t("unrelated"), p.t("undo"), func(ctx app.Context) { p.perform(ctx, "undo") })
}

// deleteAll deletes annotations, and with them the relations that others have
// to them, as one change. Where there are relations it asks first.
func (p *Page) deleteAll(ctx app.Context, ids []string) {
	p.draft = nil
	tied := 0
	var changed []annotation.Annotation
	others := map[string]annotation.Annotation{}
	for _, id := range ids {
		a, ok := p.store.Get(id)
		if !ok || a.Deleted {
			continue
		}
		tied += len(a.Relations)
		a.Deleted = true
		changed = append(changed, a)
		for _, l := range p.related()[id] {
			if slices.Contains(ids, l.from) {
				continue
			}
			tied++
			o, known := others[l.from]
			if !known {
				if o, known = p.store.Get(l.from); !known {
					continue
				}
			}
			o.Relations = slices.DeleteFunc(slices.Clone(o.Relations), func(r annotation.Relation) bool { return r.To == id })
			others[l.from] = o
		}
	}
	if len(changed) == 0 {
		return
	}
	count := len(changed)
	for _, o := range others {
		changed = append(changed, o)
	}
	do := func(ctx app.Context) {
		next := p.after(ids)
		p.chosen, p.editing, p.list.picked = "", false, nil
		p.keep(ctx, changed...)
		p.choose(ctx, next)
		said := p.t("deleted")
		if count > 1 {
			said = p.t("deleted-many", count)
		}
		p.say(ctx, said, p.t("undo"), func(ctx app.Context) { p.perform(ctx, "undo") })
	}
	if tied == 0 {
		do(ctx)
		return
	}
	p.ask(p.t("delete-tied", tied), p.t("delete"), do)
}

// after is the annotation that follows a deleted one in the panel, to go on with.
func (p *Page) after(ids []string) string {
	if len(ids) != 1 {
		return ""
	}
	rows := p.items()
	for i, r := range rows {
		if r.id() == ids[0] && i+1 < len(rows) && rows[i+1].suggested == nil && rows[i+1].here(p) {
			return rows[i+1].ID
		}
	}
	return ""
}

// question is asked before something that reaches further than it seems.
type question struct {
	text, label string
	do          func(app.Context)
}

func (p *Page) ask(text, label string, do func(app.Context)) {
	p.question = question{text, label, do}
	if p.open != "ask" {
		p.toggle("ask")
	}
}

func (p *Page) renderAsk() app.UI {
	return el("div.body", el("p", p.question.text),
		el("div.row.end", press("plain", p.t("cancel"), p.onAskCancel, ""), press("solid", p.question.label, p.onAskSure, "", is("data-action", "sure"))))
}

func (p *Page) onAskCancel(app.Context, app.Event) { p.close() }

func (p *Page) onAskSure(ctx app.Context, e app.Event) {
	defer p.rescue()
	p.close()
	if do := p.question.do; do != nil {
		p.question.do = nil
		do(p.ctx)
	}
}

// shorten cuts a text to some runes.
func shorten(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// renderArcs draws the relations of the article's claims beside the strip: from
// place to place, and a stub towards the edge for one in another article.
func (p *Page) renderArcs() any {
	if !p.arcs || p.doc == nil || p.doc.Len() == 0 {
		return nil
	}
	var arcs []app.UI
	place := func(a *annotation.Annotation) string {
		return trim(1000 * float64(a.Span.Start+a.Span.End) / 2 / float64(p.doc.Len()))
	}
	arc := func(a *annotation.Annotation, kind annotation.RelationKind, to *annotation.Annotation) {
		d := "M0 " + place(a) + "H95"
		if to != nil {
			bulge := trim(30 + 60*min(1, 3*abs(float64(a.Span.Start-to.Span.Start))/float64(p.doc.Len())))
			d = "M0 " + place(a) + "C" + bulge + " " + place(a) + " " + bulge + " " + place(to) + " 0 " + place(to)
		}
		class := "path.arc-" + string(kind)
		if p.chosen == a.ID || to != nil && p.chosen == to.ID {
			class += ".on"
		}
		arcs = append(arcs, draw(class, is("d", d), is("data-id", a.ID), does("click", p.onArc, a.ID)))
	}
	for _, a := range p.doc.order {
		for _, r := range a.Relations {
			to := p.doc.byID[r.To]
			if to != nil && to.Span.Empty() {
				to = nil
			}
			arc(a, r.Kind, to)
		}
		for _, l := range p.related()[a.ID] {
			if p.doc.byID[l.from] == nil {
				arc(a, l.kind, nil)
			}
		}
	}
	return draw("svg.arcs[viewBox=0 0 100 1000][preserveAspectRatio=none][aria-hidden=true]", arcs)
}

func abs(f float64) float64 {
	if f < 0 {
		return -f
	}
	return f
}

func (p *Page) onArc(ctx app.Context, e app.Event) {
	defer p.rescue()
	e.Call("stopPropagation")
	p.goToClaim(ctx, sourceID(ctx))
}

func (p *Page) toggleArcs(ctx app.Context) {
	p.arcs = !p.arcs
	n := 0
	for _, list := range p.related() {
		n += len(list)
	}
	if p.arcs {
		p.say(ctx, p.t("arcs-shown", n), "", nil)
	}
}

// trim is a number for an SVG, with as few digits as are seen.
func trim(f float64) string { return strings.TrimSuffix(strconv.FormatFloat(f, 'f', 1, 64), ".0") }
