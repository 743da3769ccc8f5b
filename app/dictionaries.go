package app

import (
	"fmt"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/article"
	"pizhu/app/browser"
	"pizhu/app/lexicon"
	"pizhu/app/script"
	"pizhu/app/words"
)

// dictionaries are fetched when something first needs them, or when the page
// has been still for a moment; the service worker keeps them for offline use.
type dictionaries struct {
	lex     map[string]*lexicon.Lexicon           // by asset
	waiting map[string][]func(app.Context, error) // asked for and not yet here
}

// need calls f once the assets are here, in this turn when they are already,
// or with what first went wrong. Those that are not are fetched side by side.
func (p *Page) need(ctx app.Context, assets []string, f func(app.Context, error)) {
	waiting, failed := 0, false
	for _, name := range assets {
		if p.dict.lex[name] != nil {
			continue
		}
		waiting++
		p.fetchDictionary(name, func(ctx app.Context, err error) {
			waiting--
			if failed || err == nil && waiting > 0 {
				return
			}
			failed = err != nil
			f(ctx, err)
		})
	}
	if waiting == 0 {
		f(ctx, nil)
	}
}

func (p *Page) fetchDictionary(name string, done func(app.Context, error)) {
	if p.dict.lex == nil {
		p.dict.lex, p.dict.waiting = map[string]*lexicon.Lexicon{}, map[string][]func(app.Context, error){}
	}
	p.dict.waiting[name] = append(p.dict.waiting[name], done)
	if len(p.dict.waiting[name]) > 1 {
		return
	}
	p.background(func() {
		lex, err := readDictionary(name)
		p.do(func(ctx app.Context) {
			if err == nil {
				p.dict.lex[name] = lex
				browser.Mark("pizhu:lexicon-" + name)
			}
			all := p.dict.waiting[name]
			delete(p.dict.waiting, name)
			for _, f := range all {
				f(ctx, err)
			}
		})
	})
}

// readDictionary fetches an asset and checks it against the hash that this
// program was built with, so that nothing half arrived is ever used. It waits.
func readDictionary(name string) (*lexicon.Lexicon, error) {
	asset, ok := lexicon.AssetNamed(name)
	if !ok {
		return nil, fmt.Errorf("dictionary %s: %w", name, lexicon.ErrUnknown)
	}
	data, sum, err := browser.FetchSummed("static/" + asset.File)
	if err != nil {
		return nil, fmt.Errorf("dictionary %s: %w", name, err)
	}
	if sum == "" {
		err = lexicon.Verify(name, data)
	} else {
		err = asset.Check(len(data), sum)
	}
	if err != nil {
		browser.Forget("static/" + asset.File) // else the offline copy would give the same bytes again
		return nil, fmt.Errorf("dictionary %s: %w", name, err)
	}
	browser.Whole() // what is done with it is in the rest of the program
	return lexicon.Open(data)
}

// dictionaryFailed says that a dictionary did not come, and offers to try again.
func (p *Page) dictionaryFailed(err error, again func(app.Context)) {
	browser.Warn("pizhu:", err)
	p.notify("dictionary", p.t("dictionary-failed"), noticeAction{p.t("retry"), func(ctx app.Context) {
		p.dismiss("dictionary")
		again(ctx)
	}})
}

// pivot is the hidden Simplified view of an article, block by block, on which
// words, search and suggestions work; and the words of the blocks asked for.
type pivot struct {
	convert *script.Converter // nil where the article is Simplified already
	blocks  []*pivotBlock
	split   *words.Segmenter // nil until asked for
	known   map[uint64]bool  // the texts of blocks that split has learned, by their checksums
	learn   int              // how many blocks it learns next
}

// learned reports whether split knows a text as that of a block.
func (v *pivot) learned(text string) bool {
	return v.split != nil && v.known[lexicon.Checksum([]byte(text))]
}

// A segmenter learns a few blocks first, what is in view, and then more and more at
// once, up to what takes a slice's time.
const learnFirst, learnMost = 2, 256

type pivotBlock struct {
	script.View
	words []article.Span // of the view, in its runes; nil until asked for
	local []article.Span // the same words of the source, in runes from the block's start
}

// simplified is the pivot of a block; the dictionary "pivot" must be here. It is
// what one understands by, not what one reads, so every Traditional text goes
// the same way, by a dictionary of 21 KB as sent where the whole has 245.
func (p *Page) simplified(block int) *pivotBlock {
	if p.pivot == nil {
		p.pivot = &pivot{blocks: make([]*pivotBlock, len(p.doc.Blocks))}
		if p.doc.Variant != "zh-Hans" {
			c, err := script.NewWithWords("t2s", p.dict.lex["pivot"], nil)
			if err != nil {
				browser.Warn("pizhu:", err) // the asset was verified: it has what its program asks for
			}
			p.pivot.convert = c
		}
	}
	if b := p.pivot.blocks[block]; b != nil {
		return b
	}
	text := p.doc.BlockText(block)
	b := &pivotBlock{View: script.Identity(text)}
	if p.pivot.convert != nil {
		b.View = p.pivot.convert.Convert(text)
	}
	p.pivot.blocks[block] = b
	return b
}

// blockWords are the words of a block as spans of the source, in runes of the
// article. Both dictionaries must be here.
func (p *Page) blockWords(block int) []article.Span {
	start := p.doc.Blocks[block].Start
	local := p.localWords(block)
	out := make([]article.Span, 0, len(local))
	for _, s := range local {
		out = append(out, article.Span{Start: s.Start + start, End: s.End + start})
	}
	return out
}

// worded is the pivot of a block with its words. Both dictionaries must be here.
func (p *Page) worded(block int) *pivotBlock {
	b := p.simplified(block)
	if b.words == nil {
		if _, known := p.split[b.Text]; !known {
			p.learn(block)
		}
		b.words = p.wordsOf(b.Text)
		b.local = nil
	}
	return b
}

// learn makes the words of a block known, and of some that follow it. Both
// dictionaries must be here.
func (p *Page) learn(block int) {
	text := p.simplified(block).Text
	v := p.pivot
	if v.split == nil {
		v.split = words.NewLearner(p.dict.lex["words"], p.userWords)
		v.known, v.learn = map[uint64]bool{}, learnFirst
	}
	if v.learned(text) {
		return
	}
	var texts []string
	for i := 0; i < v.learn && i < len(v.blocks); i++ {
		text := p.simplified((block + i) % len(v.blocks)).Text
		if !v.learned(text) {
			v.known[lexicon.Checksum([]byte(text))] = true
			texts = append(texts, text)
		}
	}
	v.split.Learn(strings.Join(texts, "\n"))
	v.learn = min(2*v.learn, learnMost)
}

// localWords are the words of a block in source runes from its start. They are
// kept: a caller must not change them.
func (p *Page) localWords(block int) []article.Span {
	b := p.worded(block)
	if b.local == nil {
		b.local = make([]article.Span, 0, len(b.words))
		for _, w := range b.words {
			b.local = append(b.local, b.ToSource(w))
		}
	}
	return b.local
}

// What is needed for words, search and suggestions, and for another script.
var (
	pivotAssets      = []string{"pivot", "words"}
	conversionAssets = []string{"conversion", "words"}
)
