package app

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"pizhu/app/annotation"
	"pizhu/app/article"
	"pizhu/app/browser"
	"pizhu/app/claims"
	"pizhu/app/script"
)

// aligned is the view of one block in another script: positions of its text,
// in runes from the block's start, to positions of the source and back.
type aligned interface {
	ToSource(article.Span) article.Span
	FromSource(article.Span) article.Span
}

// blockView is what a block says in the script being read. Without an
// alignment it says what the source says.
type blockView struct {
	text string
	aligned
	convert *script.View // what the conversion alone did; nil where there was none

	asked   bool // changes have been worked out
	changes []script.Change
}

// document is the article being read with its annotations, kept by block so
// that a change costs what its block costs, however long the article is. It
// knows nothing of the browser but the units of its DOM.
type document struct {
	*article.Article
	views  []blockView // nil while the source is shown
	byID   map[string]*annotation.Annotation
	order  []*annotation.Annotation   // by place, the longer first
	blocks [][]*annotation.Annotation // those that touch the block, by place
	lost   []*annotation.Annotation   // their words are not in the text
	gone   map[string]bool            // the identities of lost
	types  map[string]int             // how many there are of each type
	sought map[string]bool            // of those, the ones that were looked for: identity and quote

	changes int // how often an annotation has come, changed or gone
}

func newDocument(a *article.Article) *document {
	return &document{Article: a, byID: map[string]*annotation.Annotation{}, gone: map[string]bool{}, types: map[string]int{}, sought: map[string]bool{}, blocks: make([][]*annotation.Annotation, len(a.Blocks))}
}

func byPlace(a, b *annotation.Annotation) int {
	if c := cmp.Compare(a.Span.Start, b.Span.Start); c != 0 {
		return c
	}
	if c := cmp.Compare(b.Span.End, a.Span.End); c != 0 {
		return c
	}
	return cmp.Compare(a.ID, b.ID)
}

func insert(list []*annotation.Annotation, a *annotation.Annotation) []*annotation.Annotation {
	i, _ := slices.BinarySearchFunc(list, a, byPlace)
	return slices.Insert(list, i, a)
}

func drop(list []*annotation.Annotation, a *annotation.Annotation) []*annotation.Annotation {
	if i, ok := slices.BinarySearchFunc(list, a, byPlace); ok {
		return slices.Delete(list, i, i+1)
	}
	return list
}

// blocksOf are the first and the last block that a span touches.
func (d *document) blocksOf(s article.Span) (from, to int) {
	from = d.BlockAt(s.Start)
	to = d.BlockAt(max(s.End-1, s.Start))
	for from < to && d.Blocks[from].End <= s.Start {
		from++
	}
	return from, to
}

// set puts an annotation in, instead of the one of its ID, and gives the blocks
// whose looks change.
func (d *document) set(a annotation.Annotation) []int {
	h := holder{text: d.Text[d.Offset(a.Span.Start):], rune: min(max(a.Span.Start, 0), d.Len())}
	return d.put(a, h.holds(&a))
}

// takeEach is how many annotations are put in one by one. Each one into its place
// among thousands moves those behind it: ten thousand took ten seconds.
const takeEach = 100

// take takes changed annotations in, those that are deleted or of another article
// out, and gives the blocks whose looks change; all says that any may.
func (d *document) take(changed []annotation.Annotation) (touched []int, all bool) {
	if len(changed) > takeEach {
		d.setMany(changed, func() {})
		return nil, true
	}
	for _, a := range changed {
		if a.Article == d.ID {
			touched = append(touched, d.set(a)...)
		} else {
			touched = append(touched, d.remove(a.ID)...)
		}
	}
	return touched, false
}

// setMany makes the lists anew. It calls pause every few milliseconds, and does
// nothing and is false if anything has changed meanwhile.
func (d *document) setMany(changed []annotation.Annotation, pause func()) bool {
	was := d.changes
	fresh := d.with(changed, pause)
	if d.changes != was {
		return false
	}
	fresh.views, fresh.sought = d.views, d.sought
	fresh.changes = was + 1
	*d = *fresh
	return true
}

// with is the document with changed annotations, put in in the order of the text.
func (d *document) with(changed []annotation.Annotation, pause func()) *document {
	replaced := make(map[string]bool, len(changed))
	all := make([]*annotation.Annotation, 0, len(changed)+len(d.byID))
	for i := range changed {
		a := &changed[i]
		replaced[a.ID] = true
		if a.Article == d.ID && !a.Deleted {
			all = append(all, a)
		}
	}
	for id, a := range d.byID {
		if !replaced[id] {
			all = append(all, a)
		}
	}
	slices.SortFunc(all, byPlace)
	fresh := newDocument(d.Article)
	h := holder{text: d.Text}
	for i, a := range all {
		if i%importSlice == 0 {
			pause()
		}
		fresh.put(*a, h.holds(a))
	}
	return fresh
}

// isLost reports whether the words of an annotation are not in the text.
func (d *document) isLost(id string) bool { return d.gone[id] }

// stands reports whether an annotation has a place in the text.
func (d *document) stands(a *annotation.Annotation) bool {
	return a != nil && d != nil && !d.gone[a.ID]
}

// put is set for an annotation of which it is known whether its words stand
// where it says.
func (d *document) put(a annotation.Annotation, holds bool) []int {
	d.changes++
	touched := d.remove(a.ID)
	if a.Deleted {
		return touched
	}
	p := &a
	d.byID[a.ID] = p
	d.types[a.Type]++
	if !holds || a.Span.Empty() || a.Span.Start < 0 || a.Span.End > d.Len() || len(d.Blocks) == 0 {
		d.lost = append(d.lost, p)
		d.gone[a.ID] = true
		return touched
	}
	d.order = insert(d.order, p)
	from, to := d.blocksOf(a.Span)
	for b := from; b <= to; b++ {
		d.blocks[b] = insert(d.blocks[b], p)
		touched = append(touched, b)
	}
	return touched
}

// remove takes an annotation out and gives the blocks whose looks change.
func (d *document) remove(id string) []int {
	old, ok := d.byID[id]
	if !ok {
		return nil
	}
	d.changes++
	delete(d.byID, id)
	if d.types[old.Type]--; d.types[old.Type] == 0 {
		delete(d.types, old.Type)
	}
	if i := slices.Index(d.lost, old); i >= 0 {
		d.lost = slices.Delete(d.lost, i, i+1)
		delete(d.gone, id)
		return nil
	}
	d.order = drop(d.order, old)
	from, to := d.blocksOf(old.Span)
	var touched []int
	for b := from; b <= to; b++ {
		d.blocks[b] = drop(d.blocks[b], old)
		touched = append(touched, b)
	}
	return touched
}

// annotate is a new annotation on a span. Its quote is cut from the text around
// it: from the start of a megabyte that took longer than all the rest of tagging.
func (d *document) annotate(s article.Span, typ string) annotation.Annotation {
	s = d.Clip(s)
	from := max(s.Start-annotation.ContextRunes, 0)
	to := min(s.End+annotation.ContextRunes, d.Len())
	a := annotation.New(d.ID, d.Slice(article.Span{Start: from, End: to}), article.Span{Start: s.Start - from, End: s.End - from}, typ, "", now())
	a.Span.Start += from
	a.Span.End += from
	return a
}

// at are the annotations over a source rune, the innermost first.
func (d *document) at(rune int) []*annotation.Annotation {
	b := d.BlockAt(rune)
	if b < 0 {
		return nil
	}
	var over []*annotation.Annotation
	for _, a := range d.blocks[b] {
		if a.Span.Start <= rune && rune < a.Span.End {
			over = append(over, a)
		}
	}
	slices.SortStableFunc(over, func(a, b *annotation.Annotation) int { return cmp.Compare(a.Span.Len(), b.Span.Len()) })
	return over
}

// ---- between source runes and the DOM ----

// shown is the text of a block in the script being read.
func (d *document) shown(block int) string {
	if d.views != nil && d.views[block].aligned != nil {
		return d.views[block].text
	}
	return d.BlockText(block)
}

// unit is the place in the DOM of a source rune of a block. An end that falls
// into a phrase which conversion has changed in length snaps outward.
func (d *document) units(block int, s article.Span) (start, end int) {
	b := d.Blocks[block]
	s = s.Intersect(b.Span)
	local := article.Span{Start: s.Start - b.Start, End: s.End - b.Start}
	if d.views != nil && d.views[block].aligned != nil {
		local = d.views[block].FromSource(local)
	}
	text := d.shown(block)
	return article.ToUTF16(text, local.Start), article.ToUTF16(text, local.End)
}

// domRange is where a span stands in the DOM.
func (d *document) domRange(s article.Span) (browser.Range, bool) {
	if len(d.Blocks) == 0 {
		return browser.Range{}, false
	}
	s = d.Clip(s)
	from, to := d.blocksOf(s)
	start, _ := d.units(from, s)
	_, end := d.units(to, s)
	return browser.Range{From: browser.Place{Block: from, Unit: start}, To: browser.Place{Block: to, Unit: end}}, true
}

// span is the source span of a range of the DOM.
func (d *document) span(r browser.Range) article.Span {
	return article.Span{Start: d.rune(r.From, false), End: d.rune(r.To, true)}
}

// rune is the source rune of a place in the DOM.
func (d *document) rune(p browser.Place, end bool) int {
	if p.Block < 0 || p.Block >= len(d.Blocks) {
		return 0
	}
	b := d.Blocks[p.Block]
	at := article.FromUTF16(d.shown(p.Block), p.Unit, end)
	if d.views != nil && d.views[p.Block].aligned != nil {
		// A place is taken with the character beside it, so that an empty span snaps the right way.
		if end {
			at = d.views[p.Block].ToSource(article.Span{Start: max(at-1, 0), End: at}).End
		} else {
			at = d.views[p.Block].ToSource(article.Span{Start: at, End: at + 1}).Start
		}
	}
	return min(b.Start+at, b.End)
}

// quote is a span's text in the script being read, on one line.
func (d *document) quote(s article.Span) string {
	if d.views == nil {
		return oneLine(d.Slice(s))
	}
	from, to := d.blocksOf(d.Clip(s))
	out := ""
	for b := from; b <= to; b++ {
		start, end := d.units(b, s)
		text := d.shown(b)
		i, j := article.FromUTF16(text, start, false), article.FromUTF16(text, end, true)
		if out != "" {
			out += " "
		}
		out += runeSlice(text, i, j)
	}
	return out
}

func runeSlice(s string, from, to int) string {
	start, n := len(s), 0
	for i := range s {
		if n == from {
			start = i
		}
		if n == to {
			return s[start:i]
		}
		n++
	}
	return s[min(start, len(s)):]
}

func oneLine(s string) string {
	if utf8.RuneCountInString(s) > 400 {
		s = string([]rune(s)[:400]) + "…"
	}
	out := []rune(s)
	for i, r := range out {
		if r == '\n' {
			out[i] = ' '
		}
	}
	return string(out)
}

// ---- layers ----

// layers names the highlights, lowest first, and finds a layer by name. One is
// kept for each claim type, the others are drawn over them.
type layers struct {
	names   []string
	byName  map[string]int32
	byType  map[string]int32
	overlap int32
}

// The layers above the types'.
const (
	layerUntyped    = "pz-untyped"
	layerOverlap    = "pz-overlap"
	layerSuggestion = "pz-suggestion"
	layerDoubt      = "pz-doubt"
	layerFound      = "pz-found"
	layerChosen     = "pz-chosen"
	layerCurrent    = "pz-current"
	layerWord       = "pz-word"
)

func makeLayers(types []claims.Type) *layers {
	l := &layers{byName: map[string]int32{}, byType: map[string]int32{}}
	add := func(name string) {
		l.byName[name] = int32(len(l.names))
		l.names = append(l.names, name)
	}
	add(layerUntyped)
	for _, t := range types {
		l.byType[t.Name] = int32(len(l.names))
		add("pz-" + typeClass(t.Name))
	}
	for _, n := range []string{layerOverlap, layerSuggestion, layerDoubt, layerFound, layerChosen, layerCurrent, layerWord} {
		add(n)
	}
	l.overlap = l.byName[layerOverlap]
	return l
}

func (l *layers) ofType(name string) int32 {
	if n, ok := l.byType[name]; ok {
		return n
	}
	return l.byName[layerUntyped]
}

// mark is a span drawn in a layer.
type mark struct {
	article.Span
	layer string
}

// marks appends a block's highlights as browser.Paint takes them: the block's
// number, how many, and start, end and layer of each. Where two annotations
// meet, the overlap layer is drawn too.
func (d *document) marks(out []int32, block int, l *layers, extra []mark) []int32 {
	head := len(out)
	out = append(out, int32(block), 0)
	add := func(s article.Span, layer int32) {
		if start, end := d.units(block, s); start < end {
			out = append(out, int32(start), int32(end), layer)
			out[head+1]++
		}
	}
	reach := -1
	for _, a := range d.blocks[block] {
		add(a.Span, l.ofType(a.Type))
		if a.Span.Start < reach {
			add(article.Span{Start: a.Span.Start, End: min(reach, a.Span.End)}, l.overlap)
		}
		reach = max(reach, a.Span.End)
	}
	for _, m := range extra {
		add(m.Span, l.byName[m.layer])
	}
	return out
}
