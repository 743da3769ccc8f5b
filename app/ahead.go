package app

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/browser"
	"pizhu/app/claims"
)

// What a reader is about to ask for is made while the browser has nothing else
// to do: the dictionaries, then the words and the other scripts of what is in
// view. A first switch of script, or a first double click, then finds its work
// done. It is done a block at a time, so that nothing the reader does waits for it.

// aheadRunes is how much of an article is prepared, in source runes: some four
// screens of it. The rest is made when it is asked for, in slices.
const aheadRunes = 4000

// prepareSoon fetches the dictionaries when the page has been still for a moment and
// its reader has given a sign, and then prepares the article that is shown and checks
// its annotations. Who opens a page and leaves it has not fetched a megabyte.
func (p *Page) prepareSoon() {
	browser.After(800, func() {
		p.background(func() {
			browser.Sign()
			p.do(func(ctx app.Context) {
				p.need(ctx, append([]string{"conversion"}, pivotAssets...), func(_ app.Context, err error) {
					if err == nil {
						p.prepareMore()
					}
				})
				browser.Idle(func() {
					p.background(func() {
						claims.Prepare(browser.Turn)
						p.do(func(app.Context) {
							p.related()
							p.checkUp()
						})
					})
				})
			})
		})
	})
}

// aheadMilliseconds bounds what is prepared between two turns of the browser, and
// is how long it then has them: half of the time is the reader's.
const aheadMilliseconds = 8

// prepareMore makes what is prepared, beginning when the browser is idle. Until all
// dictionaries are here there is nothing to prepare: prepareSoon comes back to it.
func (p *Page) prepareMore() {
	if !p.haveWords() || p.dict.lex["conversion"] == nil {
		return
	}
	doc := p.doc
	var slice func()
	slice = func() {
		p.do(func(ctx app.Context) {
			ctx.PreventUpdate()
			if doc == nil || p.doc != doc || p.converting != nil {
				return
			}
			until := browser.Now() + aheadMilliseconds
			for blocks := p.blocksAhead(); p.prepareNext(blocks); {
				if browser.Now() >= until {
					browser.After(aheadMilliseconds, slice)
					return
				}
			}
		})
	}
	browser.Idle(slice)
}

// prepareNext makes the words of a block, or one of its scripts, and reports whether
// there was one to make.
func (p *Page) prepareNext(blocks []int) bool {
	// Each in steps of its own, since a first one is long: the Simplified form, what
	// the segmenter learns of it, and the words.
	for _, b := range blocks {
		if p.pivot == nil || p.pivot.blocks[b] == nil {
			p.simplified(b)
			return true
		}
	}
	for _, b := range blocks {
		if w := p.simplified(b); w.words == nil && !p.pivot.learned(w.Text) {
			p.learn(b)
			return true
		} else if w.words == nil || w.local == nil {
			p.localWords(b)
			return true
		}
	}
	for _, to := range scripts {
		if _, made := p.converted[to]; made || to == p.shownScript {
			continue
		}
		if configFor(p.doc.Variant, to) == "" {
			continue
		}
		c := p.ahead[to]
		if c == nil {
			var err error
			if c, err = p.newConversion(to); err != nil {
				continue // to be said when it is asked for
			}
			p.keepAhead(c)
		}
		for _, b := range blocks {
			if c.views[b].aligned == nil {
				c.views[b] = p.convertBlock(c.convert, b)
				return true
			}
		}
	}
	return false
}

// blocksAhead are the blocks from the top of the view on, as many as are prepared.
func (p *Page) blocksAhead() (blocks []int) {
	runes := 0
	for b := browser.ReadingTop().Block; b < len(p.doc.Blocks) && runes < aheadRunes; b++ {
		blocks = append(blocks, b)
		runes += p.doc.Blocks[b].Len()
	}
	return blocks
}
