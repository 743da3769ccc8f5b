package app

import (
	"bytes"
	"cmp"
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/anchor"
	"pizhu/app/annotation"
	"pizhu/app/annotation/foreign"
	"pizhu/app/article"
	"pizhu/app/browser"
	"pizhu/app/store"
)

const maxImport = annotation.MaxBytes

// holdsAnnotations reports whether a file's name says that it is annotations.
func holdsAnnotations(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".json", ".jsonld", ".jsonl", ".ndjson":
		return true
	}
	return false
}

func (p *Page) importFile(ctx app.Context) {
	browser.Pick(annotationFiles, true, func(f browser.File) {
		p.do(func(ctx app.Context) { p.receive(ctx, f) })
	})
}

// importing is a file of annotations that was read, and what taking it in would
// do. Nothing is changed until the reader says so.
type importing struct {
	name      string
	set       annotation.Set // as it was read
	problems  []annotation.Problem
	strangers int  // annotations of articles that are not here
	adopt     bool // they go to the article that is read
	busy      bool // what would happen is being worked out anew
	show      string

	ready  annotation.Set // what would be merged
	add    []addedArticle
	rows   []importRow
	counts map[string]int
}

// addedArticle is an article that a file brings along.
type addedArticle struct {
	facts browser.Facts
	*article.Article
}

// importRow is what would happen to one item of a file.
type importRow struct {
	kind, what, detail string
	typ                string
}

// importKinds are what can happen to an item, in the order they are offered.
var importKinds = []string{"new", "theirs", "both", "drops", "lost", "away", "same", "ours", "gone", "mended", "refused"}

// importData reads annotations and shows what importing them would do.
func (p *Page) importData(ctx app.Context, name string, data []byte) {
	im := &importing{name: name}
	p.flushNote(ctx)
	p.background(func() {
		t := p.startTask(p.t("reading-file", name))
		err := t.step(p, 0.1)
		if err == nil {
			im.set, im.problems, err = p.decode(data, t)
		}
		if err == nil {
			err = p.bring(im, t)
		}
		if err == nil {
			err = p.prepare(im, t)
		}
		p.finish(t, err, func(err error) { p.notify("file", p.t("import-failed", name, p.problemText(err))) }, func(app.Context) {
			p.importing = im
			if p.open != "import" {
				p.toggle("import")
			}
		})
	})
}

// decode reads annotations of any format that is known. It is work for beside
// the page: 10,000 take a second.
func (p *Page) decode(data []byte, t *task) (annotation.Set, []annotation.Problem, error) {
	into := foreign.Into{Pause: func(done float64) error { return t.step(p, 0.1+0.4*done) }}
	if p.doc != nil {
		into.Article, into.Text = p.doc.ID, p.doc.Text
	}
	set, _, problems, err := foreign.Decode(bytes.NewReader(data), into)
	return set, problems, err
}

func (p *Page) problemText(err error) string {
	var e annotation.Problem
	if errors.As(err, &e) {
		return p.t("problem-" + string(e.Code))
	}
	return p.t("file-unreadable")
}

// bring notes the articles that the file brings and that are not here. It waits.
func (p *Page) bring(im *importing, t *task) error {
	for i, s := range im.set.Articles {
		if err := t.step(p, 0.5); err != nil {
			return err
		}
		if s.Text == "" || len(s.Text) > article.MaxBytes || s.Deleted {
			continue
		}
		a := article.Restore(s.Text, s.Layout)
		if len(a.Blocks) == 0 {
			continue
		}
		if a.ID != s.ID { // by another tool's name for it
			for k := range im.set.Annotations {
				if im.set.Annotations[k].Article == s.ID {
					im.set.Annotations[k].Article = a.ID
				}
			}
			im.set.Articles[i].ID = a.ID
		}
		a.Title, a.Author, a.Source, a.Date, a.Variant = s.Title, s.Author, s.Publisher, s.Date, s.Variant
		a.Complete(im.name)
		if !p.knowsArticle(a.ID) {
			im.add = append(im.add, addedArticle{factsOf(im.name, a), a})
		}
	}
	return nil
}

func (p *Page) knowsArticle(id string) bool {
	if p.doc != nil && p.doc.ID == id || p.ownAt(id) >= 0 {
		return true
	}
	for _, s := range p.shelf {
		if s.ID == id {
			return true
		}
	}
	return false
}

// textOf is an article's text, if it is to be had on this device. It waits.
func (p *Page) textOf(im *importing, id string) (string, bool) {
	if p.doc != nil && p.doc.ID == id {
		return p.doc.Text, true
	}
	for _, a := range im.add {
		if a.ID == id {
			return a.Text, true
		}
	}
	if !p.knowsArticle(id) {
		return "", false
	}
	a, err := p.loadBook(id)
	if err != nil {
		return "", false
	}
	return a.Text, true
}

// prepare works out what importing would do. It waits.
func (p *Page) prepare(im *importing, t *task) error {
	for _, id := range p.store.Articles() { // so that what is kept of any is at hand
		if err := t.step(p, 0.5); err != nil {
			return err
		}
		p.store.Load(id)
	}
	set := im.set
	set.Annotations = append([]annotation.Annotation(nil), im.set.Annotations...)
	added := map[string]bool{}
	for _, a := range im.add {
		added[a.ID] = true
	}
	im.strangers = 0
	for i := range set.Annotations {
		a := &set.Annotations[i]
		if !p.knowsArticle(a.Article) && !added[a.Article] && !a.Deleted {
			im.strangers++
			if im.adopt && p.doc != nil {
				a.Article = p.doc.ID
			}
		}
	}
	texts, checked, err := p.examineSet(im, set, t)
	if err != nil {
		return err
	}
	faults := map[string]store.Fault{}
	for _, f := range checked.Findings {
		if f.Fault == store.QuoteLost || f.Fault == store.OutsideText || faults[f.ID] == "" {
			faults[f.ID] = f.Fault
		}
	}
	im.ready = checked.Set
	im.rows, im.counts = nil, map[string]int{}
	row := func(r importRow) {
		im.rows = append(im.rows, r)
		im.counts[r.kind]++
	}
	all := inOrder(checked.Set.Annotations)
	var some []annotation.Annotation
	for i, a := range all {
		if some = append(some, *a); len(some) < importSlice && i < len(all)-1 {
			continue
		}
		if err := t.step(p, 0.7+0.3*float64(i)/float64(len(all))); err != nil {
			return err
		}
		for _, plan := range p.store.Preview(annotation.Set{Annotations: some}) {
			row(p.importRow(plan, texts, faults))
		}
		some = some[:0]
	}
	for _, a := range checked.Aside {
		if annotation.IsIRI(a.ID) { // it says nothing, which the W3C allows
			im.ready.Annotations = append(im.ready.Annotations, a)
			row(importRow{kind: "away", what: a.Article, detail: p.t("fault-says-nothing")})
			continue
		}
		row(importRow{kind: "refused", what: a.Article, detail: p.t("fault-no-identity")})
	}
	for _, pr := range im.problems {
		r := importRow{kind: "mended", what: pr.Path, detail: p.t("problem-" + string(pr.Code))}
		if pr.Refused {
			r.kind = "refused"
		}
		if pr.Detail != "" {
			r.detail += " (" + firstRunes(oneLine(pr.Detail), 80) + ")"
		}
		row(r)
	}
	return nil
}

// inOrder is annotations as a reader comes upon them.
func inOrder(list []annotation.Annotation) []*annotation.Annotation {
	order := make([]*annotation.Annotation, len(list))
	for i := range list {
		order[i] = &list[i]
	}
	slices.SortFunc(order, func(a, b *annotation.Annotation) int {
		return cmp.Or(strings.Compare(a.Article, b.Article), byPlace(a, b))
	})
	return order
}

// importSlice is how many items are compared between two steps.
const importSlice = 256

// importRow is what the preview says of an annotation.
func (p *Page) importRow(plan store.Planned, texts map[string]string, faults map[string]store.Fault) importRow {
	a := plan.After
	r := importRow{kind: string(plan.Outcome), what: firstRunes(oneLine(a.Quote.Exact), 60), typ: a.Type}
	if r.what == "" && a.Deleted {
		r.what = firstRunes(oneLine(plan.Before.Quote.Exact), 60)
	}
	if r.what == "" {
		r.what = firstRunes(oneLine(a.Note), 60)
	}
	switch plan.Outcome {
	case store.Theirs, store.Both:
		r.detail = p.changedFields(plan.Before, a)
	case store.Same, store.Ours, store.Gone, store.Drops:
		return r
	}
	switch f := faults[a.ID]; {
	case texts[a.Article] == "":
		r.kind = "away"
	case f == store.QuoteLost || f == store.OutsideText:
		r.kind = "lost"
	case f == store.QuoteMoved || f == store.EmptySpan:
		r.detail = joinDots(r.detail, p.t("found-moved"))
	}
	return r
}

// examineSet holds a set against the texts of its articles. It waits.
func (p *Page) examineSet(im *importing, set annotation.Set, t *task) (map[string]string, store.Checked, error) {
	// The texts, and whether anything has to be looked for in them.
	texts := map[string]string{}
	holders := map[string]*holder{}
	moved := map[string]bool{}
	for i, a := range inOrder(set.Annotations) { // of the text, which the holders walk
		if i%importSlice == 0 {
			if err := t.step(p, 0.5); err != nil {
				return nil, store.Checked{}, err
			}
		}
		h, seen := holders[a.Article]
		if !seen {
			if text, ok := p.textOf(im, a.Article); ok {
				texts[a.Article] = text
				h = &holder{text: text}
			}
			holders[a.Article] = h
		}
		if h != nil && !a.Whole() && !a.Deleted && !moved[a.Article] && !h.holds(a) {
			moved[a.Article] = true
		}
	}
	if len(moved) > 0 {
		if err := p.waitFor("pivot"); err != nil {
			return nil, store.Checked{}, err
		}
	}
	checked, err := store.Check(set, func(id string) *anchor.Text {
		text, ok := texts[id]
		switch {
		case !ok:
			return nil
		case moved[id]:
			return finder(text, p.dict.lex["pivot"])
		}
		return anchor.NewText(text, nil)
	}, p.knownType, func() error { return t.step(p, 0.6) })
	return texts, checked, err
}

// check is examineSet for what is stored already.
func (p *Page) check(im *importing, t *task) ([]annotation.Annotation, []store.Finding, error) {
	_, checked, err := p.examineSet(im, im.set, t)
	return checked.Repaired, checked.Findings, err
}

// changedFields names what differs between two states of an annotation.
func (p *Page) changedFields(a, b annotation.Annotation) string {
	var out []string
	say := func(differs bool, key string) {
		if differs {
			out = append(out, p.t(key))
		}
	}
	say(a.Span != b.Span || a.Quote != b.Quote || a.Article != b.Article, "field-place")
	say(a.Type != b.Type, "type")
	say(a.Note != b.Note, "note-label")
	say(a.Attribution != b.Attribution, "attribution")
	say(a.Certainty != b.Certainty, "certainty")
	say(a.Quantity != b.Quantity, "quantity")
	say(a.Verdict != b.Verdict, "verdict")
	say(a.Link != b.Link, "link")
	return strings.Join(out, "、")
}

// importMost is how many items are shown at a time.
const importMost = 200

func (p *Page) renderImport() app.UI {
	im := p.importing
	if im == nil {
		return el("div.body")
	}
	chips := []app.UI{p.importChip("", len(im.rows))}
	for _, k := range importKinds {
		if n := im.counts[k]; n > 0 {
			chips = append(chips, p.importChip(k, n))
		}
	}
	var rows []app.UI
	n := 0
	for _, r := range im.rows {
		if im.show != "" && r.kind != im.show {
			continue
		}
		if n++; n > importMost {
			continue
		}
		meta := p.t("import-" + r.kind)
		if r.typ != "" {
			meta = joinDots(meta, p.typeLabel(r.typ))
		}
		rows = append(rows, el("li", is("data-import", r.kind), el("b", r.what), el("small", joinDots(meta, r.detail))))
	}
	taken := p.importTakes()
	label := p.t("import-yes", taken)
	if taken == 0 && len(im.add) == 0 {
		label = p.t("import-nothing")
	}
	titles := make([]string, len(im.add))
	for i, a := range im.add {
		titles[i] = "《" + a.Title + "》"
	}
	return el("div.body",
		el("p", p.t("import-what", im.name)),
		when(len(im.add) > 0, el("p", p.t("import-brings", strings.Join(titles, "、")))),
		when(im.strangers > 0 && p.doc != nil, p.renderAdopt()),
		el("div.chips[role=group]", chips),
		el("ol.items", rows),
		when(n > importMost, el("p.quiet", p.t("and-more", n-importMost))),
		el("div.row.end",
			press("plain", p.t("import-no"), func(app.Context, app.Event) { p.importing = nil; p.close() }, "no"),
			press("solid", label, func(ctx app.Context, e app.Event) {
				defer p.rescue()
				p.takeImport(ctx)
			}, label, is("id", "import-yes"), is("disabled", im.busy || taken == 0 && len(im.add) == 0)),
		))
}

func (p *Page) importTakes() int {
	c := p.importing.counts
	return c["new"] + c["theirs"] + c["both"] + c["drops"] + c["lost"] + c["away"]
}

func (p *Page) importChip(kind string, n int) app.UI {
	label := p.t("all")
	if kind != "" {
		label = p.t("import-" + kind)
	}
	return el("button[type=button]", is("aria-pressed", strconv.FormatBool(p.importing.show == kind)), is("data-show", kind), does("click", func(ctx app.Context, e app.Event) {
		p.importing.show = data(ctx, "show")
	}, kind), label+" "+number(n))
}

func (p *Page) renderAdopt() app.UI {
	im := p.importing
	return el("label.check", el("input[type=checkbox][id=import-adopt]", is("checked", im.adopt), does("change", func(ctx app.Context, e app.Event) {
		defer p.rescue()
		im.adopt = ctx.JSSrc().Get("checked").Bool()
		if im.busy {
			return // and heard when that is done
		}
		im.busy = true
		p.background(func() {
			for done := !im.adopt; done != im.adopt; {
				done = im.adopt
				if err := p.prepare(im, &task{}); err != nil {
					browser.Warn("pizhu: import:", err)
				}
			}
			p.do(func(app.Context) { im.busy = false })
		})
	}, im.name)), el("span", p.t("import-adopt", im.strangers, p.doc.Title)))
}

// takeImport takes the file in, as one change that one undo takes back.
func (p *Page) takeImport(ctx app.Context) {
	im := p.importing
	p.importing = nil
	p.close()
	n := 0
	p.background(func() {
		t := p.startTask(p.t("import-writing", len(im.ready.Annotations)))
		t.step(p, 0)
		var change store.Change
		change, p.saveError = p.store.Merge(im.ready, func(done float64) error { return t.step(p, done) })
		n = len(change)
		doc := p.doc
		taken := doc != nil && n > takeEach
		for taken && !doc.setMany(change, func() { t.step(p, 1) }) {
			for i := range change { // the reader, or another tab, goes on working
				change[i], _ = p.store.Get(change[i].ID)
			}
		}
		p.do(func(ctx app.Context) {
			p.endTask(t)
			if p.saveError != nil {
				browser.Warn("pizhu: not saved:", p.saveError)
			}
			p.takeTypes()
			p.readWords()
			for _, a := range im.add {
				if p.ownAt(a.ID) < 0 {
					p.own = append(p.own, a.facts)
					p.keepArticle(a.facts, article.Pack(a.Article))
				}
			}
			p.sortOwn()
			if taken {
				p.redrawn(change, nil, true)
			} else {
				p.redraw(change)
			}
			if len(im.add) == 1 {
				p.goTo(ctx, im.add[0].Article)
			}
			p.say(ctx, p.t("imported", n), p.t("undo"), func(ctx app.Context) { p.perform(ctx, "undo") })
			p.persist()
		})
	})
}

// exportOwn hands over one of the reader's articles with its text and its
// annotations, as one file that import takes back whole.
func (p *Page) exportOwn(ctx app.Context, f browser.Facts) {
	p.flushNote(ctx)
	p.background(func() {
		a, err := p.loadOwn(f.ID)
		p.do(func(ctx app.Context) {
			if p.doc != nil && p.doc.ID == f.ID {
				a, err = p.doc.Article, nil // it may be too large to be kept
			}
			if err != nil {
				browser.Warn("pizhu: export:", err)
				p.notify("file", p.t("file-failed", f.Title, p.t("file-unreadable")))
				return
			}
			set := annotation.Set{Label: f.Title, Annotations: p.store.Annotations(f.ID), Articles: []annotation.Source{{
				ID: f.ID, Title: f.Title, Author: f.Author, Publisher: f.Source, Date: f.Date, Variant: f.Variant, Text: a.Text, Layout: article.Layout(a)}}}
			p.export(ctx, fileName(f.Title), set)
		})
	})
}
