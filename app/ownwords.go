package app

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/article"
	"pizhu/app/browser"
	"pizhu/app/words"
)

// ---- what the article is about ----

// keyTerm is a word that says what the article is about.
type keyTerm struct {
	span  article.Span // where it stands first, in the source
	query string       // in the pivot
	count int
}

const (
	// termsRunes bounds the text that terms are drawn from: they hardly change
	// after that, and splitting more would be felt.
	termsRunes = 20000
	termsShown = 24
)

// findTerms finds what the article being read is about, once the list of
// results has been shown. The dictionaries must be here.
func (p *Page) findTerms() {
	if p.doc == nil || p.find.termsOf == p.doc.ID {
		return
	}
	doc := p.doc
	p.find.terms, p.find.termsOf = nil, doc.ID
	browser.After(0, func() {
		p.do(func(app.Context) {
			if p.doc != doc {
				return
			}
			var blocks []string
			n := 0
			for i := range doc.Blocks {
				if n > 0 && n+doc.Blocks[i].Len() > termsRunes {
					break
				}
				n += doc.Blocks[i].Len()
				blocks = append(blocks, p.simplified(i).Text)
			}
			s := words.NewWith(p.dict.lex["words"], strings.Join(blocks, "\n"), p.userWords)
			for _, t := range s.KeyTerms(blocks, termsShown) {
				p.find.terms = append(p.find.terms, keyTerm{p.toSource(t.Block, t.First), t.Text, t.Count})
			}
		})
	})
}

// renderTerms are the terms as chips that search.
func (p *Page) renderTerms() app.UI {
	f := &p.find
	terms := []any{is("aria-label", p.t("key-terms"))}
	for _, t := range f.terms {
		terms = append(terms, el("button[type=button]", is("data-term", t.query), does("click", p.onTerm, ""),
			el("span", is("lang", p.textLang()), p.doc.quote(t.span)), el("small", number(t.count))))
	}
	return el("div.terms[data-keep-selection]",
		el("p.group", p.t("key-terms")),
		when(len(f.terms) == 0, el("p.blank", p.t("search-empty"))),
		when(len(f.terms) > 0, el("div.chips.wrap[role=group]", terms...)),
	)
}

func (p *Page) onTerm(ctx app.Context, e app.Event) {
	defer p.rescue()
	query := data(ctx, "term")
	for _, t := range p.find.terms {
		if t.query == query {
			query = p.doc.quote(t.span)
			break
		}
	}
	p.searchFor(ctx, query)
}

// ---- the reader's own words ----

// ownWordsMost bounds the reader's list: each word is a record in the storage,
// and ten thousand take a sixth of it.
const ownWordsMost = 10000

// readWords takes the reader's words as the store has them now, and has the
// text split anew where they are others than before.
func (p *Page) readWords() {
	list := p.store.Words()
	if len(list) == len(p.userWords) && !slices.ContainsFunc(list, func(w string) bool { return !p.isOwnWord(w) }) {
		return
	}
	p.userWords = nil
	for _, w := range list {
		p.userWords = append(p.userWords, words.Entry{Word: w})
	}
	p.split = nil
	if p.pivot != nil {
		p.pivot.split = nil
		for _, b := range p.pivot.blocks {
			if b != nil {
				b.words, b.local = nil, nil
			}
		}
	}
	p.find.terms, p.find.termsOf = nil, ""
	if p.find.open && p.haveWords() {
		p.findTerms()
	}
}

func (p *Page) isOwnWord(w string) bool {
	_, ok := slices.BinarySearchFunc(p.userWords, w, func(e words.Entry, w string) int { return strings.Compare(e.Word, w) })
	return ok
}

// wordOf is what is selected, as the list of words has it: Simplified, as the
// text is split; "" where it is no word.
func (p *Page) wordOf(s article.Span) string {
	if p.doc == nil || s.Empty() || !p.haveWords() {
		return ""
	}
	from, to := p.doc.blocksOf(s)
	if from != to {
		return ""
	}
	b := p.simplified(from)
	start := p.doc.Blocks[from].Start
	v := b.FromSource(article.Span{Start: s.Start - start, End: s.End - start})
	entries, problems := words.ParseUser(strings.NewReader(runeSlice(b.Text, v.Start, v.End) + "\t"))
	if len(problems) > 0 || len(entries) != 1 {
		return ""
	}
	return entries[0].Word
}

// keepTogether makes what is selected one word.
func (p *Page) keepTogether(ctx app.Context) {
	if p.pending == nil {
		return
	}
	s := *p.pending
	p.need(ctx, pivotAssets, func(ctx app.Context, err error) {
		if err != nil {
			p.dictionaryFailed(err, p.keepTogether)
			return
		}
		w := p.wordOf(s)
		if w == "" {
			p.say(ctx, p.t("word-none"), "", nil)
			return
		}
		p.keepWords(ctx, []string{w}, false)
		p.say(ctx, p.t("word-kept", p.doc.quote(s)), p.t("undo"), func(ctx app.Context) { p.perform(ctx, "undo") })
	})
}

// keepWords adds words to the reader's, or takes them out, as one change to undo.
func (p *Page) keepWords(ctx app.Context, list []string, gone bool) {
	if len(list) == 1 {
		p.saveError = p.store.PutWord(list[0], gone)
	} else {
		at := now()
		var set annotation.Set
		for _, w := range list {
			set.Words = append(set.Words, annotation.Word{Text: w, Modified: at, Deleted: gone})
		}
		_, p.saveError = p.store.Merge(set, nil)
	}
	if p.saveError != nil {
		browser.Warn("pizhu: words not saved:", p.saveError)
		p.notify("words", p.t("words-unsaved"))
	}
	p.readWords()
}

// addWords takes a list that the reader wrote or pasted, and says line by line
// what is wrong with the rest.
func (p *Page) addWords(ctx app.Context, text string) {
	entries, problems := words.ParseUser(strings.NewReader(text))
	p.wordFaults = nil
	for _, f := range problems {
		p.wordFaults = append(p.wordFaults, p.wordFault(f))
	}
	var fresh []string
	room := ownWordsMost - len(p.userWords)
	seen := map[string]bool{}
	for _, e := range entries {
		w := p.toPivot(e.Word).Text // one written in Traditional is the same word
		if p.isOwnWord(w) || seen[w] {
			continue
		}
		if len(fresh) == room {
			p.wordFaults = append(p.wordFaults, p.t("words-full", ownWordsMost))
			break
		}
		seen[w] = true
		fresh = append(fresh, w)
	}
	if len(fresh) > 0 {
		p.keepWords(ctx, fresh, false)
	}
	p.wordsAdded = p.t("words-added", len(fresh))
	p.announce = strings.Join(append([]string{p.wordsAdded}, p.wordFaults[:min(len(p.wordFaults), 3)]...), "；")
	if len(problems) == 0 {
		browser.SetValue("words-new", "")
	}
}

func (p *Page) wordFault(f words.Problem) string {
	if f.Reason == words.MoreFound || f.Reason == words.Unread {
		return p.t("words-"+string(f.Reason), f.Text)
	}
	return p.t("words-line", f.Line, f.Text) + p.t("words-"+string(f.Reason))
}

// renderWords is the sheet of the reader's own words.
func (p *Page) renderWords() app.UI {
	const shown = 500
	own := p.userWords
	var faults, list []app.UI
	for _, f := range p.wordFaults {
		faults = append(faults, el("li", f))
	}
	for _, e := range own[:min(len(own), shown)] {
		list = append(list, el("li", el("span[lang=zh-Hans]", e.Word),
			iconPress("close", p.t("words-remove", e.Word), p.onRemoveWord, "", is("data-word", e.Word))))
	}
	return el("div.body[tabindex=0]",
		el("p[id=words-help]", p.t("words-help")),
		el("label.field", el("span", p.t("words-new")),
			el("textarea[id=words-new][rows=4][aria-describedby=words-help][spellcheck=false]", is("placeholder", p.t("words-hint")))),
		el("div.row", press("solid", p.t("words-add"), p.onAddWords, "", is("id", "words-add")), el("span.said", p.wordsAdded)),
		when(len(faults) > 0, el("ul.word-faults[id=words-faults]", faults)),
		el("p.group", p.t("words-list", len(own))),
		when(len(own) == 0, el("p", p.t("words-empty"))),
		el("ul.words[id=words-list]", list),
		when(len(own) > shown, el("p", p.t("words-rest", len(own)-shown))),
	)
}

func (p *Page) onAddWords(ctx app.Context, e app.Event) {
	defer p.rescue()
	p.need(ctx, pivotAssets, func(ctx app.Context, err error) {
		if err != nil {
			p.dictionaryFailed(err, func(app.Context) {})
			return
		}
		p.addWords(ctx, browser.Value("words-new"))
	})
}

func (p *Page) onRemoveWord(ctx app.Context, e app.Event) {
	defer p.rescue()
	w := data(ctx, "word")
	p.keepWords(ctx, []string{w}, true)
	p.wordsAdded = ""
	p.say(ctx, p.t("words-removed", w), p.t("undo"), func(ctx app.Context) { p.perform(ctx, "undo") })
}
