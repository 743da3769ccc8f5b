package app

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/article"
	"pizhu/app/browser"
	"pizhu/app/script"
)

// errMissing says that the address names an article this device does not have.
var errMissing = errors.New("no such article on this device")

// place is the article that the address names: "own/" and an identity, or the
// slug of one of the site's; "" is the site's first.
func place() string {
	path, query, _ := strings.Cut(browser.Address(), "?")
	path, _, _ = strings.Cut(path, "#")
	query, _, _ = strings.Cut(query, "#")
	slug, ok := strings.CutPrefix(path, "read/")
	if !ok {
		return "/"
	}
	slug, _, _ = strings.Cut(slug, "/")
	if plain, err := url.PathUnescape(slug); err == nil {
		slug = plain
	}
	if slug == "own" {
		values, _ := url.ParseQuery(query) // what cannot be read names nothing
		return "own/" + values.Get("id")
	}
	return "/" + slug
}

// paths are where the program can be: where it is, the site's home and pages,
// and the home of the reader's own articles, from the root of the site.
func paths() []string {
	here, _, _ := strings.Cut(browser.Address(), "?")
	here, _, _ = strings.Cut(here, "#")
	all := []string{"/" + here, "/", "/read/own/"}
	for _, s := range parseShelf(browser.Shelf()) {
		all = append(all, "/read/"+s.Slug+"/")
	}
	return all
}

// loadArticle reads the article of this page, whose file boot.js has asked for
// already. For one of the reader's own it waits.
func (p *Page) loadArticle() (*article.Article, error) {
	if strings.HasPrefix(p.at, "own/") {
		p.own = listOwn()
		return p.loadPlace()
	}
	data, err := browser.ArticleFile()
	if err != nil {
		return nil, err
	}
	return parseShelved(p.slug(), p.fileOf(p.slug()), data)
}

// PathOf is a file's name as it stands in an address. What is not ASCII the
// browser writes its own way, alike everywhere; these would end the path.
func PathOf(name string) string { return pathEscapes.Replace(name) }

var pathEscapes = strings.NewReplacer("%", "%25", "?", "%3F", "#", "%23")

// fileOf is the name of the file of one of the site's articles.
func (p *Page) fileOf(slug string) string {
	for _, s := range p.shelf {
		if s.Slug == slug {
			return s.File
		}
	}
	return slug + ".txt"
}

// listOwn reads the list of the reader's own articles, in its order. It waits.
func listOwn() []browser.Facts {
	own, err := browser.Articles()
	if err != nil {
		browser.Warn("pizhu: the reader's articles cannot be listed:", err)
	}
	return sortFacts(own)
}

// slug is the name of the site's article that is shown.
func (p *Page) slug() string {
	if slug := p.at[1:]; slug != "" || len(p.shelf) == 0 {
		return slug
	}
	return p.shelf[0].Slug
}

// loadPlace reads the article that the address names. It waits.
func (p *Page) loadPlace() (*article.Article, error) {
	if id, own := strings.CutPrefix(p.at, "own/"); own {
		return p.loadOwn(id)
	}
	data, err := browser.Fetch("corpus/" + PathOf(p.fileOf(p.slug())))
	if err != nil {
		return nil, err
	}
	return parseShelved(p.slug(), p.fileOf(p.slug()), data)
}

func parseShelved(slug, file string, data []byte) (*article.Article, error) {
	a, err := article.Parse(file, data)
	if err == nil {
		a.Slug = slug
	}
	return a, err
}

func (p *Page) loadOwn(id string) (*article.Article, error) {
	for _, f := range p.own {
		if f.ID != id {
			continue
		}
		text, ok, err := browser.ArticleText(id)
		if err != nil {
			return nil, err
		}
		if !ok {
			break
		}
		a, err := article.Parse(f.Name, []byte(text))
		if err == nil {
			setFacts(a, f)
		}
		return a, err
	}
	return nil, errMissing
}

// show makes an article the one that is read. The DOM is filled only when it
// does not already say the same, so that the text which the host sent keeps
// its scroll position and any selection begun in it.
func (p *Page) show(ctx app.Context, a *article.Article, err error) {
	p.pending, p.chosen, p.editing, p.first = nil, "", false, 0
	p.leaveFound()
	p.suggestions, p.suggested, p.pivot, p.converted, p.ahead, p.converting, p.split, p.shownScript = nil, nil, nil, nil, nil, nil, nil, "source"
	p.explained, p.checking, p.corrected, p.doubting, p.doubts = nil, nil, false, false, nil
	if err != nil {
		p.doc = nil
		head := []browser.Heading{{"h2", "", p.t("own-missing")}, {"p", "", p.t("own-missing-do")}}
		if !errors.Is(err, errMissing) {
			browser.Warn("pizhu: article:", err)
			head = []browser.Heading{{"h2", "", p.t("no-article")}}
		}
		browser.Fill("", p.lang, head, nil, nil, nil)
		p.open = "articles"
		return
	}
	browser.Mark("pizhu:show")
	p.doc = newDocument(a)
	remember(a)
	h := holder{text: a.Text}
	for _, ann := range p.store.Annotations(a.ID) {
		p.doc.put(ann, h.holds(&ann))
	}
	p.findAgain()
	texts := make([]string, len(a.Blocks))
	for i := range a.Blocks {
		texts[i] = a.BlockText(i)
	}
	if !same(browser.Texts(), texts) {
		p.fill(texts)
	}
	p.showFront(nil) // the host has said it in one language
	browser.SetLang(p.textLang())
	p.title()
	p.repaint()
	if p.prefs.Script != "source" {
		p.showScript(ctx, p.prefs.Script)
	}
	p.arrive(ctx)
	p.findInShown(ctx)
	p.selectionSettled(false, false) // a selection begun before the program ran is offered now
}

func (p *Page) fill(texts []string) {
	a := p.doc.Article
	kinds, levels := make([]byte, len(a.Blocks)), make([]byte, len(a.Blocks))
	for i, b := range a.Blocks {
		kinds[i], levels[i] = byte(b.Kind), byte(b.Level)
	}
	head := p.front()
	browser.Fill(a.ID, p.textLang(), head, texts, kinds, levels)
	browser.Restore(browser.Top{})
}

// front is what stands above the article's text. A title that the text opens
// with is not said twice.
func (p *Page) front() []browser.Heading {
	a := p.doc.Article
	var head []browser.Heading
	if a.Source != "" {
		head = append(head, browser.Heading{"p", "kicker", a.Source})
	}
	if b := a.Blocks[0]; b.Kind != article.Heading || b.Level != 1 || a.BlockText(0) != a.Title {
		head = append(head, browser.Heading{"h1", "", a.Title})
	}
	return append(head, browser.Heading{"p", "byline", Byline(a, p.lang)})
}

// showFront says it in the script that is shown.
func (p *Page) showFront(convert *script.Converter) {
	var lines []string
	for _, h := range p.front() {
		text := h[2]
		if convert != nil && h[1] != "byline" {
			text = convert.Convert(text).Text
		}
		lines = append(lines, text)
	}
	browser.SetFront(lines)
}

func same(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// title puts the article's title in the window's, in the interface's language.
func (p *Page) title() {
	title := p.t("name")
	if p.doc != nil {
		title = p.doc.Title + " · " + title
	}
	browser.SetDocument(p.lang, title)
	browser.SetLabel("reading", p.t("reading"))
}

// repaint draws every highlight anew, in one call.
func (p *Page) repaint() {
	if p.doc == nil {
		return
	}
	start := browser.Now()
	var data []int32
	for b := range p.doc.Blocks {
		if extra := p.extra(b); len(p.doc.blocks[b]) > 0 || len(extra) > 0 {
			data = p.doc.marks(data, b, p.layers, extra)
		}
	}
	browser.Paint(data, true)
	p.placeGrips()
	browser.Measure("pizhu:highlights", start)
}

// repaintBlocks draws the highlights of some blocks anew, in one call.
func (p *Page) repaintBlocks(blocks []int) {
	if p.doc == nil || len(blocks) == 0 {
		return
	}
	start := browser.Now()
	slices.Sort(blocks)
	blocks = slices.Compact(blocks) // a change of many touches a block many times
	var data []int32
	for _, b := range blocks {
		data = p.doc.marks(data, b, p.layers, p.extra(b))
	}
	browser.Paint(data, false)
	browser.Measure("pizhu:highlights", start)
}

// extra is what is drawn of a block besides the annotations.
func (p *Page) extra(block int) []mark {
	var m []mark
	for _, i := range p.suggested[block] {
		s := &p.suggestions[i]
		m = append(m, mark{s.span, layerSuggestion})
		if s.id == p.chosenSuggestion {
			m = append(m, mark{s.span, layerFound})
		}
	}
	m = append(m, p.doubts[block]...)
	m = append(m, p.faultMarks(block)...)
	m = append(m, p.find.marks[block]...)
	if a := p.chosenAnnotation(); p.doc.stands(a) {
		s := a.Span
		if p.dragged != nil {
			s = *p.dragged
		}
		if s.Overlaps(p.doc.Blocks[block].Span) {
			m = append(m, mark{s, layerChosen})
		}
	}
	if p.cursor != nil && p.pending == nil && p.cursor.at.Overlaps(p.doc.Blocks[block].Span) {
		m = append(m, mark{p.cursor.at, layerWord})
	}
	return m
}

// choose makes an annotation the one that is open; "" closes it.
func (p *Page) choose(ctx app.Context, id string) {
	if p.chosen == id {
		return
	}
	p.flushNote(ctx)
	if id != "" {
		p.chosenSuggestion = ""
	}
	var touched []int
	for _, i := range []string{p.chosen, id} {
		if p.doc == nil {
			break
		}
		if a := p.doc.byID[i]; p.doc.stands(a) {
			from, to := p.doc.blocksOf(a.Span)
			for b := from; b <= to; b++ {
				touched = append(touched, b)
			}
		}
	}
	p.chosen, p.editing, p.dragged = id, false, nil
	p.repaintBlocks(touched)
	p.placeGrips()
	if id == "" {
		return
	}
	if a := p.chosenAnnotation(); a != nil && !p.admits(a) {
		p.clearFilters()
	}
	p.later(func(app.Context) { p.revealRow(annotationKey(id), id) })
}

// step goes to the next or the previous annotation in the text.
func (p *Page) step(ctx app.Context, by int) {
	rows := p.items()
	if len(rows) == 0 {
		return
	}
	at := -1
	for i, r := range rows {
		if r.id() == p.chosen || r.id() == p.chosenSuggestion {
			at = i
		}
	}
	switch {
	case at < 0 && by < 0:
		at = len(rows) - 1
	case at < 0:
		at = 0
	default:
		at = (at + by + len(rows)) % len(rows)
	}
	if s := rows[at].suggested; s != nil {
		p.chooseSuggestion(ctx, s.id)
		p.announce = p.t("suggestion-of", p.typeLabel(s.Type)) + "：" + p.doc.quote(s.span)
		return
	}
	a := rows[at].Annotation
	if !rows[at].here(p) {
		p.goToClaim(ctx, a.ID)
		return
	}
	p.choose(ctx, a.ID)
	if r, ok := p.doc.domRange(a.Span); ok && p.doc.stands(a) {
		browser.Reveal(r, false)
	}
	p.announce = p.typeLabel(a.Type) + "：" + p.doc.quote(a.Span)
}

// clicked opens the annotation under a point of the article. Where several
// lie over each other, the innermost first, and each next click one further out.
func (p *Page) clicked(ctx app.Context, x, y float64) {
	if p.doc == nil {
		return
	}
	place, ok := browser.Hit(x, y)
	if !ok {
		p.choose(ctx, "")
		return
	}
	p.clickedAt(p.doc.rune(place, false))
	over := p.doc.at(p.doc.rune(place, false))
	if len(over) == 0 {
		p.choose(ctx, "")
		if p.explained = nil; p.doubting {
			p.explain(place) // a finger cannot rest
			p.placeExplanation()
		}
		return
	}
	if p.find.open {
		p.closeFind(ctx) // its list lies over the panel
	}
	next := over[0]
	if p.relating != nil {
		p.relateTo(ctx, next.ID)
		return
	}
	for i, a := range over {
		if a.ID == p.chosen {
			next = over[(i+1)%len(over)]
		}
	}
	p.choose(ctx, next.ID)
	p.editing, p.panelOpen = true, true
	p.announce = p.typeLabel(next.Type) + "：" + p.doc.quote(next.Span)
}
