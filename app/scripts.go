package app

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/article"
	"pizhu/app/browser"
	"pizhu/app/script"
)

// scripts are the forms in which an article can be read: as it was written, or
// converted. They are values of the radio inputs and of the reader's settings.
var scripts = []string{"source", "zh-Hans", "zh-Hant", "zh-TW", "zh-HK"}

func (p *Page) renderScripts() app.UI {
	var set []app.UI
	for _, s := range scripts {
		title := p.t("title-" + s)
		set = append(set, el("label", is("title", title), p.radio("script", s, p.onScript, is("aria-label", title)),
			el("span", when(s != "source", is("lang", s)), p.t("script-"+s))))
	}
	return el("fieldset.scripts", is("aria-label", p.t("script")), when(p.converting != nil, is("aria-busy", true)), set)
}

func (p *Page) onScript(ctx app.Context, e app.Event) {
	defer p.rescue()
	p.setScript(ctx, ctx.JSSrc().Get("value").String())
}

// nextScript goes round the scripts.
func (p *Page) nextScript(ctx app.Context) {
	for i, s := range scripts {
		if s == p.prefs.Script {
			p.setScript(ctx, scripts[(i+1)%len(scripts)])
			p.checkRadios("script")
			return
		}
	}
}

func (p *Page) setScript(ctx app.Context, to string) {
	if !contains(scripts, to) {
		return
	}
	p.prefs.Script = to
	p.savePrefs()
	p.tourDone(2)
	p.announce = p.t("script-now", p.t("title-"+to))
	if p.doc != nil {
		p.showScript(ctx, to)
	}
}

// textLang is the language tag of the text as it is shown.
func (p *Page) textLang() string {
	if p.doc == nil {
		return p.lang
	}
	if p.shownScript != "source" && p.shownScript != "" {
		return p.shownScript
	}
	if p.doc.Variant == "" {
		return "zh"
	}
	return p.doc.Variant
}

// configFor is the configuration from a variant to a script, "" where the text
// is in that script already. Taiwan's takes its phrases along.
func configFor(variant, to string) string {
	switch to {
	case "zh-Hans":
		if variant == "zh-TW" {
			return "tw2sp"
		}
		switch variant {
		case "zh-Hans":
			return ""
		case "zh-HK":
			return "hk2s"
		}
		return "t2s"
	case "zh-Hant":
		if variant == "zh-Hans" {
			return "s2t"
		}
	case "zh-TW":
		switch variant {
		case "zh-Hans":
			return "s2twp"
		case "zh-TW":
		default:
			return "t2twp"
		}
	case "zh-HK":
		switch variant {
		case "zh-Hans":
			return "s2hk"
		case "zh-HK":
		default:
			return "t2hk"
		}
	}
	return ""
}

// conversion is one switch to another script, under way. A long article is
// converted in slices, what is in view first; the page lives between them.
type conversion struct {
	to      string
	start   float64 // the page's milliseconds at the reader's click
	convert *script.Converter
	views   []blockView // of the blocks converted so far
	next    []int       // blocks still to be converted, once it is under way
	shown   bool
}

// sliceMilliseconds bounds the work between two turns of the browser.
const sliceMilliseconds = 12

// showScript shows the article in a script. Where the reader is, what is
// selected and which annotation is open stay as they are.
func (p *Page) showScript(ctx app.Context, to string) {
	start := browser.Now()
	p.leaveConversion()
	if !p.corrected && (to == "source" || configFor(p.doc.Variant, to) == "") {
		p.switchTo(to, nil, nil, start)
		return
	}
	if views, ok := p.converted[to]; ok {
		p.switchTo(to, views, p.converters[to], start)
		return
	}
	doc := p.doc
	c := &conversion{to: to, start: start}
	p.converting = c
	p.need(ctx, conversionAssets, func(ctx app.Context, err error) {
		if p.doc != doc || p.converting != c {
			return // the reader went on to something else
		}
		if begun := p.ahead[to]; begun != nil {
			c.convert, c.views = begun.convert, begun.views
			delete(p.ahead, to)
		} else if err == nil {
			var made *conversion
			if made, err = p.newConversion(to); err == nil {
				c.convert, c.views = made.convert, made.views
			}
		}
		if err != nil {
			p.converting = nil
			p.prefs.Script = p.shownScript
			p.checkRadios("script")
			p.dictionaryFailed(err, func(ctx app.Context) {
				p.setScript(ctx, to)
				browser.Check("script", to)
			})
			return
		}
		p.dismiss("dictionary")
		first := browser.ReadingTop().Block
		for i := range doc.Blocks {
			if b := (first + i) % len(doc.Blocks); c.views[b].aligned == nil {
				c.next = append(c.next, b)
			}
		}
		p.convertSlice(ctx, c)
	})
}

// leaveConversion gives up the conversion under way, and keeps what it has done.
func (p *Page) leaveConversion() {
	if c := p.converting; c != nil && c.views != nil {
		p.keepAhead(c)
	}
	p.converting = nil
}

func (p *Page) keepAhead(c *conversion) {
	if p.ahead == nil {
		p.ahead = map[string]*conversion{}
	}
	c.shown = false
	p.ahead[c.to] = c
}

// newConversion is a conversion of which nothing is done yet; the dictionaries
// must be here.
func (p *Page) newConversion(to string) (*conversion, error) {
	c := &conversion{to: to, views: make([]blockView, len(p.doc.Blocks))}
	if config := configFor(p.doc.Variant, to); config != "" && to != "source" {
		var err error
		if c.convert, err = script.NewWithWords(config, p.dict.lex["conversion"], p.wordsOf); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// convertSlice converts for a moment, shows what is done, and goes on later.
func (p *Page) convertSlice(ctx app.Context, c *conversion) {
	defer p.rescue()
	if p.converting != c {
		return
	}
	var restore func()
	if c.shown {
		restore = p.heldPlace() // the views on the page are changed below
	}
	until := browser.Now() + sliceMilliseconds
	var done []int
	for len(c.next) > 0 && (len(done) == 0 || len(done)%8 != 0 || browser.Now() < until) {
		b := c.next[0]
		c.next = c.next[1:]
		c.views[b] = p.convertBlock(c.convert, b)
		done = append(done, b)
	}
	if !c.shown {
		c.shown = true
		p.switchTo(c.to, c.views, c.convert, c.start)
	} else {
		p.setBlocks(done)
		restore()
	}
	if len(c.next) == 0 {
		p.converting = nil
		if p.converted == nil {
			p.converted, p.converters = map[string][]blockView{}, map[string]*script.Converter{}
		}
		p.converted[c.to], p.converters[c.to] = c.views, c.convert
		browser.Measure("pizhu:converted", c.start)
		p.prepareMore()
		p.ctx.Update()
		return
	}
	browser.After(0, func() { p.do(func(ctx app.Context) { p.convertSlice(ctx, c) }) })
}

// convertBlock is the view of a block, with what was corrected below what is
// converted. Without a converter it is as corrected.
func (p *Page) convertBlock(convert *script.Converter, block int) blockView {
	base := p.base(block)
	if convert == nil {
		return blockView{text: base.Text, aligned: base}
	}
	if p.doc.Variant == "zh-Hans" {
		p.worded(block)
	}
	v := convert.Convert(base.Text)
	if p.corrected {
		return blockView{text: v.Text, aligned: composed{base, v}, convert: &v}
	}
	return blockView{text: v.Text, aligned: v, convert: &v}
}

// heldPlace notes where the reader is, in the views as they are now, and gives
// what brings them back there after a change.
func (p *Page) heldPlace() (restore func()) {
	top := browser.ReadingTop()
	at := p.doc.rune(top.Place, false)
	return func() {
		if top.Moved {
			if r, ok := p.doc.domRange(article.Span{Start: at, End: at + 1}); ok {
				top.Place = r.From
			}
			browser.Restore(top)
		}
	}
}

// switchTo puts the views of a script on the page: the texts that change, which
// of a long article at first are those in view alone, and the highlights.
func (p *Page) switchTo(to string, views []blockView, convert *script.Converter, start float64) {
	pending := p.pending
	restore := p.heldPlace()
	doc := p.doc
	before := make([]string, len(doc.Blocks))
	for i := range before {
		before[i] = doc.shown(i)
	}
	doc.views = views
	p.shownScript = to
	p.explained, p.doubting, p.doubts = nil, false, nil // they belong to the script that was shown
	var changed []int
	for i := range before {
		if doc.shown(i) != before[i] {
			changed = append(changed, i)
		}
	}
	p.setTexts(changed)
	p.showFront(convert)
	browser.SetLang(p.textLang())
	p.repaint()
	restore()
	if pending != nil {
		if r, ok := p.doc.domRange(*pending); ok {
			browser.Select(r)
		}
	}
	browser.Measure("pizhu:script", start)
}

// setBlocks shows blocks that were converted after the first.
func (p *Page) setBlocks(blocks []int) {
	p.setTexts(blocks)
	var marked []int
	for _, b := range blocks {
		if len(p.doc.blocks[b]) > 0 {
			marked = append(marked, b)
		}
	}
	p.repaintBlocks(marked)
}

// setTexts writes blocks as they are shown now. Each call into
// the browser writes a run of them, and a few in between that have not changed.
func (p *Page) setTexts(blocks []int) {
	const gap = 8
	for len(blocks) > 0 {
		n := 1
		for n < len(blocks) && blocks[n] > blocks[n-1] && blocks[n]-blocks[n-1] <= gap {
			n++
		}
		var texts []string
		for b := blocks[0]; b <= blocks[n-1]; b++ {
			texts = append(texts, p.doc.shown(b))
		}
		browser.SetTexts(blocks[0], texts)
		blocks = blocks[n:]
	}
}
