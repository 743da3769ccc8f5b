package app

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/article"
	"pizhu/app/browser"
	"pizhu/app/claims"
)

// suggestion is a claim that a rule sees in the article, until the reader has
// taken it or waved it away.
type suggestion struct {
	claims.Suggestion
	id     string
	span   article.Span // source runes of the article
	facets annotation.Facets
}

// habits is what the reader's answers have taught, kept as one JSON object.
type habits struct {
	Learned  claims.Learned `json:"learned,omitempty"`
	Rejected []string       `json:"rejected,omitempty"` // keys of suggestions, the newest last
}

const (
	habitsKey = "pizhu/1/habits"
	// rejectedMost bounds what is remembered: some forty articles' worth.
	rejectedMost = 2000
)

func (p *Page) readHabits() {
	value, ok, err := browser.Storage{}.Get(habitsKey)
	if err == nil && ok && json.Unmarshal([]byte(value), &p.habits) != nil {
		p.habits = habits{} // nothing of the reader's work is in it
	}
}

func (p *Page) saveHabits() {
	if n := len(p.habits.Rejected); n > rejectedMost {
		p.habits.Rejected = slices.Clone(p.habits.Rejected[n-rejectedMost:])
	}
	data, err := json.Marshal(p.habits)
	if err == nil {
		err = browser.Storage{}.Set(habitsKey, string(data))
	}
	if err != nil {
		browser.Warn("pizhu: habits are not kept:", err)
	}
}

// suggest proposes claims in the article, a few blocks at a time.
func (p *Page) suggest(ctx app.Context) {
	if p.doc == nil {
		return
	}
	if len(p.suggestions) > 0 {
		p.dropSuggestions()
		return
	}
	doc := p.doc
	p.need(ctx, pivotAssets, func(ctx app.Context, err error) {
		if err != nil {
			p.dictionaryFailed(err, p.suggest)
			return
		}
		if p.doc == doc {
			p.panelOpen = true
			p.wordsSlice(doc, 0, browser.Now(), func(ctx app.Context) { p.suggestSlice(ctx, doc, 0, nil) })
		}
	})
}

// wordsSlice splits the article's blocks into words, for a moment at a time, and
// then goes on.
func (p *Page) wordsSlice(doc *document, block int, start float64, then func(app.Context)) {
	defer p.rescue()
	if p.doc != doc {
		return
	}
	until := browser.Now() + sliceMilliseconds
	for ; block < len(doc.Blocks) && browser.Now() < until; block++ {
		p.worded(block)
	}
	if block < len(doc.Blocks) {
		browser.After(0, func() { p.do(func(app.Context) { p.wordsSlice(doc, block, start, then) }) })
		return
	}
	browser.Measure("pizhu:words", start)
	browser.Painted(func() { p.do(then) }) // the opened panel is seen before the reading begins
}

func (p *Page) suggestSlice(ctx app.Context, doc *document, block int, found []suggestion) {
	defer p.rescue()
	if p.doc != doc {
		return
	}
	options := claims.Options{Learned: p.habits.Learned, Types: p.entries, Skip: func(key string) bool { return slices.Contains(p.habits.Rejected, key) }}
	until := browser.Now() + sliceMilliseconds
	for ; block < len(doc.Blocks) && browser.Now() < until; block++ {
		b := p.worded(block)
		for _, s := range claims.SuggestWith(b.Text, b.words, options) {
			at := p.toSource(block, s.Span)
			if p.claimed(at, s.Type) {
				continue
			}
			facets := s.Facets
			if part := p.toSource(block, s.Parts.Attribution); !s.Parts.Attribution.Empty() {
				facets.Attribution = doc.Slice(part) // the source's own characters
			}
			if part := p.toSource(block, s.Parts.Compared); !s.Parts.Compared.Empty() {
				facets.Quantity.Compared = doc.Slice(part)
			}
			if unit := facets.Quantity.Unit; unit != "" && !s.Parts.Quantity.Empty() && strings.HasSuffix(runeSlice(b.Text, s.Parts.Quantity.Start, s.Parts.Quantity.End), unit) {
				source := []rune(doc.Slice(p.toSource(block, s.Parts.Quantity)))
				if n := utf8.RuneCountInString(unit); n <= len(source) {
					facets.Quantity.Unit = string(source[len(source)-n:])
				}
			}
			found = append(found, suggestion{Suggestion: s, id: "suggestion-" + strconv.Itoa(len(found)), span: at, facets: facets})
		}
	}
	if block < len(doc.Blocks) {
		browser.After(0, func() { p.do(func(ctx app.Context) { p.suggestSlice(ctx, doc, block, found) }) })
		return
	}
	p.setSuggestions(found)
	p.say(ctx, p.t("suggestions-found", len(found)), "", nil)
	p.repaint()
}

// toSource is a span of a block's pivot as a span of the article.
func (p *Page) toSource(block int, s article.Span) article.Span {
	b := p.simplified(block)
	s = b.ToSource(s)
	start := p.doc.Blocks[block].Start
	return article.Span{Start: s.Start + start, End: s.End + start}
}

// claimed reports whether most of a span is tagged with a type already.
func (p *Page) claimed(s article.Span, typ string) bool {
	for _, a := range p.doc.blocks[p.doc.BlockAt(s.Start)] {
		if a.Type == typ && 2*a.Span.Intersect(s).Len() > s.Len() {
			return true
		}
	}
	return false
}

// setSuggestions lists suggestions, and notes which block each stands in.
func (p *Page) setSuggestions(list []suggestion) {
	p.suggestions, p.suggested = list, map[int][]int{}
	for i, s := range list {
		from, to := p.doc.blocksOf(s.span)
		for b := from; b <= to; b++ {
			p.suggested[b] = append(p.suggested[b], i)
		}
	}
}

func (p *Page) dropSuggestions() {
	p.setSuggestions(nil)
	p.chosenSuggestion = ""
	p.repaint()
}

// answer takes a suggestion as an annotation, or waves it away, and goes on to
// the next.
func (p *Page) answer(ctx app.Context, id string, accept bool) {
	i := slices.IndexFunc(p.suggestions, func(s suggestion) bool { return s.id == id })
	if i < 0 {
		return
	}
	s := p.suggestions[i]
	before := p.habits
	p.setSuggestions(slices.Delete(slices.Clone(p.suggestions), i, i+1))
	p.chosenSuggestion = ""
	if i < len(p.suggestions) {
		p.chosenSuggestion = p.suggestions[i].id
	}
	if accept {
		p.habits.Learned = p.habits.Learned.Accept(s.Reason.Rule)
		p.keep(ctx, p.annotate(s))
		p.say(ctx, p.t("tagged", p.typeLabel(s.Type)), p.t("undo"), func(ctx app.Context) { p.perform(ctx, "undo") })
	} else {
		p.habits.Learned = p.habits.Learned.Reject(s.Reason.Rule)
		p.habits.Rejected = append(slices.Clone(p.habits.Rejected), s.Key)
		p.say(ctx, p.t("rejected"), p.t("undo"), func(ctx app.Context) {
			p.habits = before
			p.saveHabits()
			p.setSuggestions(slices.Insert(slices.Clone(p.suggestions), min(i, len(p.suggestions)), s))
			p.repaint()
		})
	}
	p.saveHabits()
	p.repaint()
}

func (p *Page) annotate(s suggestion) annotation.Annotation {
	a := p.doc.annotate(s.span, s.Type)
	a.Facets = s.facets
	return a
}

// acceptAll takes every suggestion of the panel's type, or of all, as one
// change that one undo takes back.
func (p *Page) acceptAll(ctx app.Context, e app.Event) {
	defer p.rescue()
	var rest []suggestion
	var taken []annotation.Annotation
	for _, s := range p.suggestions {
		if p.filter != "" && s.Type != p.filter {
			rest = append(rest, s)
			continue
		}
		p.habits.Learned = p.habits.Learned.Accept(s.Reason.Rule)
		taken = append(taken, p.annotate(s))
	}
	p.setSuggestions(rest)
	p.chosenSuggestion = ""
	p.keep(ctx, taken...)
	p.saveHabits()
	p.repaint()
}

func (p *Page) renderSuggestions() app.UI {
	if len(p.suggestions) == 0 {
		return el("div", is("hidden", true))
	}
	return el("div.suggesting",
		el("span", p.t("suggestions-found", len(p.suggestions))),
		press("plain", p.t("accept-all"), p.acceptAll, ""),
		press("plain", p.t("suggestions-dismiss"), func(app.Context, app.Event) { p.dropSuggestions() }, ""),
	)
}

// onGhost is a click on a suggestion's row.
func (p *Page) onGhost(ctx app.Context, id string, answer app.Value) {
	if answer.Truthy() {
		p.answer(ctx, id, answer.String() == "yes")
		return
	}
	p.chooseSuggestion(ctx, id)
}

func sourceID(ctx app.Context) string { return ctx.JSSrc().Get("dataset").Get("id").String() }

func (p *Page) chooseSuggestion(ctx app.Context, id string) {
	p.choose(ctx, "")
	p.chosenSuggestion = id
	for _, s := range p.suggestions {
		if s.id == id {
			if r, ok := p.doc.domRange(s.span); ok {
				browser.Reveal(r, false)
			}
		}
	}
	p.repaint()
	p.later(func(app.Context) { p.revealRow(suggestionKey(id), id) })
}
