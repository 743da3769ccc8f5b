package app

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/article"
	"pizhu/app/browser"
	"pizhu/app/script"
	"pizhu/app/search"
)

// searching is the search: what is indexed, what was asked, and where it stands.
type searching struct {
	open    bool
	query   string
	asked   string // the query in the pivot
	tagging bool   // the types to tag all with are shown

	books    map[string]*book // by article
	building bool
	failed   bool // some article could not be read
	convert  *script.Converter

	here     *book // the article being read
	hits     []search.Hit
	count    int    // of hits here; more than len(hits) while all are still to be found
	finish   func() // takes back the finding of all
	at       int    // the hit the reader is on; -1 for none
	from     int    // source rune where the reader was when the search began
	others   []foundBook
	total    int // hits in all articles
	notes    []foundNote
	types    []string
	expanded string             // article whose hits are all listed
	marks    map[int][]mark     // by block, in the blocks near the view
	after    *search.Hit        // to go to once its article is shown
	notesOf  map[string]*margin // by article
	labels   *search.Index      // of the claim types

	terms   []keyTerm
	termsOf string // article they are of; "" where they are still to be found
}

// book is an article as the search has it: each has an index of its own, so
// that the one being read always comes first, and one that is very long or
// holds the query ten thousand times does not slow the others.
type book struct {
	*article.Article
	index *search.Index
	views map[int]script.View // blocks that a result was shown of
}

// margin is the notes on an article.
type margin struct {
	index *search.Index
	ids   []string // annotations, one a block of the index
	texts []string
	stale bool
}

type foundBook struct {
	*book
	count int
	hits  []search.Hit // the first of them
}

type foundNote struct {
	article, id string
	hit         search.Hit
}

// foundFirst is how many hits of another article are listed until it is asked for.
const foundFirst = 3

// foundPage is how many hits are listed at a time.
const foundPage = 50

func (p *Page) focusSearch(ctx app.Context) {
	p.openFind(ctx)
	p.ctx.Update()
	p.later(func(app.Context) { browser.Focus("search") })
}

// openFind shows the list of results and reads what is to be searched.
func (p *Page) openFind(ctx app.Context) {
	if p.find.open {
		return
	}
	p.find.open, p.find.at = true, -1
	if p.doc != nil {
		p.find.from = p.doc.rune(browser.ReadingTop().Place, false)
	}
	p.need(ctx, pivotAssets, func(ctx app.Context, err error) {
		if err != nil {
			p.dictionaryFailed(err, func(ctx app.Context) { p.find.open = false; p.openFind(ctx) })
			return
		}
		p.findTerms()
		p.indexBooks(ctx)
	})
}

// closeFind takes the results and their marks away. Where the reader went on,
// the word cursor goes on from.
func (p *Page) closeFind(ctx app.Context) {
	if p.find.at >= 0 && p.find.at < len(p.find.hits) {
		at := p.foundSpan(p.find.hits[p.find.at]).Start
		p.place = &at
	}
	p.find.open, p.find.query, p.find.tagging, p.find.expanded = false, "", false, ""
	browser.SetValue("search", "")
	p.clearFound()
	browser.Focus("reading")
}

func (p *Page) clearFound() {
	f := &p.find
	f.hits, f.others, f.notes, f.types, f.total, f.count, f.at = nil, nil, nil, nil, 0, 0, -1
	if f.finish != nil {
		f.finish()
		f.finish = nil
	}
	p.paintFound()
}

// ---- the index ----

// searchable are the articles that are searched: the one being read, those of
// the site, the reader's own.
func (p *Page) searchable() []string {
	var ids []string
	if p.doc != nil {
		ids = append(ids, p.doc.ID)
	}
	for _, s := range p.shelf {
		ids = append(ids, s.ID)
	}
	for _, o := range p.own {
		ids = append(ids, o.ID)
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(ids, func(id string) bool {
		was := seen[id]
		seen[id] = true
		return was
	})
}

// indexBooks reads and indexes what is not indexed yet, one article after
// another and in slices; what is there already can be searched meanwhile.
func (p *Page) indexBooks(ctx app.Context) {
	f := &p.find
	if f.books == nil {
		f.books, f.notesOf = map[string]*book{}, map[string]*margin{}
	}
	if f.building {
		return
	}
	f.building, f.failed = true, false
	p.indexNext(ctx)
}

func (p *Page) indexNext(ctx app.Context) {
	defer p.rescue()
	for _, id := range p.searchable() {
		if _, done := p.find.books[id]; done {
			continue
		}
		if p.doc != nil && p.doc.ID == id {
			p.indexSlice(p.doc.Article, nil)
			return
		}
		p.background(func() {
			a, err := p.loadBook(id)
			p.do(func(ctx app.Context) {
				if err != nil {
					browser.Warn("pizhu: not searched:", err)
					p.find.failed = true
					p.find.books[id] = nil // until the search is opened anew
					p.indexNext(ctx)
					return
				}
				p.indexSlice(a, nil)
			})
		})
		return
	}
	p.find.building = false
	for id, b := range p.find.books {
		if b == nil {
			delete(p.find.books, id)
		}
	}
}

// loadBook reads an article that is not the one being read. It waits.
func (p *Page) loadBook(id string) (*article.Article, error) {
	for _, s := range p.shelf {
		if s.ID == id {
			data, err := browser.Fetch("corpus/" + PathOf(s.File))
			if err != nil {
				return nil, err
			}
			return parseShelved(s.Slug, s.File, data)
		}
	}
	return p.loadOwn(id)
}

func (p *Page) indexSlice(a *article.Article, texts []string) {
	until := browser.Now() + sliceMilliseconds
	for len(texts) < len(a.Blocks) && (len(texts)%8 != 0 || browser.Now() < until) {
		texts = append(texts, p.pivotText(a, len(texts)))
	}
	if len(texts) < len(a.Blocks) {
		browser.After(0, func() { p.do(func(app.Context) { p.indexSlice(a, texts) }) })
		return
	}
	b := &book{Article: a, index: search.New(), views: map[int]script.View{}}
	b.index.Add(a.ID, texts)
	p.find.books[a.ID] = b
	p.runSearch(p.find.at < 0)
	browser.After(0, func() { p.do(func(ctx app.Context) { p.indexNext(ctx) }) })
}

// toPivot is a text as it is searched. The dictionary "pivot" must be here.
func (p *Page) toPivot(text string) script.View {
	if ascii(text) {
		return script.Identity(text)
	}
	if p.find.convert == nil {
		c, err := script.NewWithWords("t2s", p.dict.lex["pivot"], nil)
		if err != nil {
			browser.Warn("pizhu:", err) // the asset was verified: it has what its program asks for
			return script.Identity(text)
		}
		p.find.convert = c
	}
	return p.find.convert.Convert(text)
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func (p *Page) pivotText(a *article.Article, block int) string {
	switch {
	case p.doc != nil && p.doc.ID == a.ID:
		return p.simplified(block).Text
	case a.Variant == "zh-Hans":
		return a.BlockText(block)
	}
	return p.toPivot(a.BlockText(block)).Text
}

// viewOf is the pivot of a block with its way back to the source.
func (p *Page) viewOf(b *book, block int) script.View {
	if p.doc != nil && p.doc.ID == b.ID {
		return p.simplified(block).View
	}
	v, ok := b.views[block]
	if !ok {
		if v = script.Identity(b.BlockText(block)); b.Variant != "zh-Hans" {
			v = p.toPivot(b.BlockText(block))
		}
		b.views[block] = v
	}
	return v
}

// ---- asking ----

// onSearch asks as the reader types. What an input method has not yet settled
// is not asked for.
func (p *Page) onSearch(ctx app.Context, e app.Event) {
	defer p.rescue()
	if e.Get("isComposing").Truthy() {
		ctx.PreventUpdate()
		return
	}
	p.query(ctx, ctx.JSSrc().Get("value").String())
}

func (p *Page) query(ctx app.Context, query string) {
	p.openFind(ctx)
	p.find.query, p.find.tagging, p.find.expanded = query, false, ""
	p.runSearch(true)
	if p.asked() && !p.find.building {
		p.announce = p.foundSummary()
	}
}

// searchFor is asking by a press on a word.
func (p *Page) searchFor(ctx app.Context, query string) {
	p.openFind(ctx)
	browser.SetValue("search", query)
	p.query(ctx, query)
}

// runSearch finds the query in what is indexed so far. With jump, the first
// hit from where the reader was is gone to.
func (p *Page) runSearch(jump bool) {
	f := &p.find
	if !f.open || p.dict.lex["pivot"] == nil || f.books == nil {
		return
	}
	start := browser.Now()
	if strings.TrimSpace(f.query) == "" {
		p.clearFound()
		return
	}
	at := f.at
	q := p.toPivot(f.query).Text
	f.asked = q
	f.hits, f.others, f.total, f.at, f.here, f.count = nil, nil, 0, -1, nil, 0
	if f.finish != nil {
		f.finish()
		f.finish = nil
	}
	for _, id := range p.searchable() {
		b := f.books[id]
		if b == nil {
			continue
		}
		if p.doc != nil && id == p.doc.ID {
			f.here = b
			if _, f.count = b.index.Count(q); f.count <= foundAtOnce {
				f.hits = b.index.Find(q)
			} else {
				f.hits = b.index.FindFirst(q, foundPage)
				f.finish = browser.After(foundRest, func() { p.do(func(app.Context) { p.findAll(q, jump, at) }) })
			}
			f.total += f.count
			continue
		}
		_, n := b.index.Count(q)
		if n == 0 {
			continue
		}
		f.total += n
		shown := foundFirst
		if f.expanded == id {
			shown = foundPage
		}
		f.others = append(f.others, foundBook{b, n, b.index.FindFirst(q, shown)})
	}
	p.searchNotes(q)
	if f.finish == nil {
		p.standAt(jump, at)
	}
	p.paintFound()
	browser.Measure("pizhu:search", start)
}

// A query that stands ten thousand times is one that is still being typed: it
// is counted, and the places in and near the view are shown, at once; all are
// found when the reader has paused.
const (
	foundAtOnce = 1000
	foundRest   = 80 // milliseconds
)

func (p *Page) findAll(q string, jump bool, at int) {
	defer p.rescue()
	f := &p.find
	if f.finish == nil || f.here == nil || q != f.asked {
		return // the reader has typed on
	}
	f.finish = nil
	f.hits = f.here.index.Find(q)
	f.count = len(f.hits)
	p.standAt(jump, at)
	p.paintFound()
}

// allFound sees to it that all hits are there, where a command needs them now.
func (p *Page) allFound() {
	if f := &p.find; f.finish != nil {
		f.finish()
		p.findAll(f.asked, true, -1)
	}
}

// standAt takes the reader to the first hit from where the search began, or
// leaves them at the hit they were at.
func (p *Page) standAt(jump bool, at int) {
	f := &p.find
	switch {
	case jump && len(f.hits) > 0:
		i, _ := slices.BinarySearchFunc(f.hits, f.from, func(h search.Hit, from int) int { return p.foundSpan(h).Start - from })
		f.at = i % len(f.hits)
		p.revealFound()
	case at < len(f.hits):
		f.at = at
	}
}

// searchNotes finds the query in notes, in who said so, and in the types' names.
func (p *Page) searchNotes(q string) {
	f := &p.find
	f.notes, f.types = nil, nil
	for _, id := range p.searchable() {
		if f.books[id] == nil {
			continue
		}
		m := f.notesOf[id]
		if m == nil || m.stale {
			m = p.readMargin(id)
			f.notesOf[id] = m
		}
		for _, h := range m.index.FindFirst(q, foundPage) {
			f.notes = append(f.notes, foundNote{id, m.ids[h.Block], h})
		}
	}
	if f.labels == nil {
		f.labels = search.New()
		var labels []string
		for _, t := range p.types {
			labels = append(labels, t.Labels.Hant+"\u3000"+t.Labels.Hans+"\u3000"+t.Labels.English)
		}
		for i := range labels {
			labels[i] = p.toPivot(labels[i]).Text
		}
		f.labels.Add("types", labels)
	}
	for _, h := range f.labels.Find(q) {
		if name := p.types[h.Block].Name; !slices.Contains(f.types, name) {
			f.types = append(f.types, name)
		}
	}
}

// readMargin indexes the notes on an article.
func (p *Page) readMargin(id string) *margin {
	m := &margin{index: search.New()}
	var pivots []string
	for _, a := range p.store.Annotations(id) {
		if a.Note == "" && a.Attribution == "" {
			continue
		}
		text := a.Note
		if a.Attribution != "" {
			text = strings.TrimPrefix(text+"\n"+a.Attribution, "\n")
		}
		m.ids = append(m.ids, a.ID)
		m.texts = append(m.texts, text)
		pivots = append(pivots, p.toPivot(text).Text)
	}
	m.index.Add(id, pivots)
	return m
}

// notesChanged is told that annotations of some articles were written.
func (p *Page) notesChanged(changed []annotation.Annotation) {
	for _, a := range changed {
		if m := p.find.notesOf[a.Article]; m != nil {
			m.stale = true
		}
	}
	if p.find.open && len(changed) > 0 {
		p.runSearch(false)
	}
}

// ---- going ----

// foundSpan is where a hit in the article being read stands, in its runes.
func (p *Page) foundSpan(h search.Hit) article.Span { return p.toSource(h.Block, h.Span) }

func (p *Page) revealFound() {
	if r, ok := p.doc.domRange(p.foundSpan(p.find.hits[p.find.at])); ok {
		browser.Reveal(r, false)
	}
	p.later(func(app.Context) { browser.RevealIn("#found .on") })
}

// stepFound goes to the next or the previous hit in the article being read,
// round its ends; without one, to the first in another article.
func (p *Page) stepFound(ctx app.Context, by int) {
	p.allFound()
	f := &p.find
	n := len(f.hits)
	if n == 0 {
		if len(f.others) > 0 {
			p.goFound(ctx, f.others[0].hits[0])
		}
		return
	}
	if f.at < 0 && by < 0 {
		f.at = 0
	}
	f.at = (f.at + by + n) % n
	p.paintFound()
	p.revealFound()
	before, match, after := p.excerpt(f.here, f.here.index, f.hits[f.at])
	p.announce = p.t("search-count", f.at+1, n) + "：" + before + match + after
}

// goFound goes to a hit, in another article too.
func (p *Page) goFound(ctx app.Context, h search.Hit) {
	if p.doc != nil && p.doc.ID == h.Article {
		p.allFound()
		if i := slices.Index(p.find.hits, h); i >= 0 {
			p.find.at = i
			p.paintFound()
			p.revealFound()
			return
		}
	}
	if _, href := p.whereabouts(h.Article); href != "" {
		p.find.after = &h
		ctx.Navigate(href)
	}
}

// findInShown goes on with a search in an article that has just been opened.
func (p *Page) findInShown(ctx app.Context) {
	f := &p.find
	f.terms, f.termsOf = nil, ""
	if !f.open {
		f.after = nil
		return
	}
	f.from, f.at = 0, -1
	p.need(ctx, pivotAssets, func(ctx app.Context, err error) {
		if err != nil || p.doc == nil {
			return
		}
		p.findTerms()
		after := f.after
		f.after = nil
		p.runSearch(after == nil && p.chosen == "")
		if after != nil {
			p.goFoundHere(*after)
		}
		p.indexBooks(ctx)
	})
}

func (p *Page) goFoundHere(h search.Hit) {
	p.allFound()
	if i := slices.Index(p.find.hits, h); i >= 0 {
		p.find.at = i
		p.paintFound()
		p.revealFound()
	}
}

// ---- marks ----

// paintFound draws the hits in the blocks near the view; the others are drawn
// when they come near.
func (p *Page) paintFound() {
	if p.doc == nil {
		p.find.marks = nil
		return
	}
	old := p.find.marks
	p.find.marks = map[int][]mark{}
	var touched []int
	for b := range old {
		touched = append(touched, b)
	}
	if p.find.open && len(p.find.hits) > 0 {
		for _, r := range browser.Near() {
			touched = append(touched, p.markFound(r[0], r[1])...)
		}
	}
	slices.Sort(touched)
	p.repaintBlocks(slices.Compact(touched))
}

// markFound notes the marks of the hits in some blocks and gives those that have any.
func (p *Page) markFound(from, to int) []int {
	hits := p.find.hits
	if f := &p.find; f.finish != nil {
		hits = nil
		for b := from; b < to; b++ {
			hits = append(hits, f.here.index.FindBlock(f.here.ID, b, f.asked)...)
		}
	}
	i, _ := slices.BinarySearchFunc(hits, from, func(h search.Hit, block int) int { return h.Block - block })
	var blocks []int
	for ; i < len(hits) && hits[i].Block < to; i++ {
		h := hits[i]
		if len(blocks) == 0 || blocks[len(blocks)-1] != h.Block {
			blocks = append(blocks, h.Block)
			p.find.marks[h.Block] = nil
		}
		layer := layerFound
		if i == p.find.at {
			layer = layerCurrent
		}
		p.find.marks[h.Block] = append(p.find.marks[h.Block], mark{p.foundSpan(h), layer})
	}
	return blocks
}

// cameNear draws what was found in blocks that have come near the view.
func (p *Page) cameNear(from, to int) {
	if p.doc == nil || !p.find.open || len(p.find.hits) == 0 || from >= len(p.doc.Blocks) {
		return
	}
	p.repaintBlocks(p.markFound(from, to))
}

// ---- tagging all ----

// tagFoundMost bounds what one press may write: more is a slip, and each is a
// record of its own in the storage.
const tagFoundMost = 2000

// askTagFound shows the types to tag every hit with.
func (p *Page) askTagFound(ctx app.Context) {
	p.find.tagging = !p.find.tagging
	if p.find.tagging {
		p.ctx.Update()
		p.later(func(app.Context) { browser.Focus("found-tag") })
	}
}

// tagFound tags every hit in the article being read, as one change to undo.
// What is tagged with the type already is left as it is.
func (p *Page) tagFound(ctx app.Context, typ string) {
	p.allFound()
	f := &p.find
	f.tagging = false
	if len(f.hits) > tagFoundMost {
		p.say(ctx, p.t("search-too-many", tagFoundMost), "", nil)
		return
	}
	var all []annotation.Annotation
	for _, h := range f.hits {
		s := p.foundSpan(h)
		if !p.claimed(s, typ) {
			all = append(all, annotation.New(p.doc.ID, p.doc.Text, s, typ, "", now()))
		}
	}
	p.keep(ctx, all...)
	p.say(ctx, p.t("search-tagged", len(all), p.typeLabel(typ)), p.t("undo"), func(ctx app.Context) { p.perform(ctx, "undo") })
	browser.Focus("reading") // where undo is the page's own, not the field's
}

// leaveFound forgets what belongs to the article that was shown; the query stays.
func (p *Page) leaveFound() {
	p.cursor, p.place, p.dragged = nil, nil, nil
	f := &p.find
	f.hits, f.here, f.marks, f.at, f.count, f.terms, f.termsOf = nil, nil, nil, -1, 0, nil, ""
	if f.finish != nil {
		f.finish()
		f.finish = nil
	}
}
