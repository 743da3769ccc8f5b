package app

import (
	"fmt"
	"maps"
	"testing"

	"pizhu/app/annotation"
	"pizhu/app/article"
)

// The rows and the counts that are kept must be those that would be made anew,
// whatever happens to the annotations.
func TestKeptRowsAreTheRows(t *testing.T) {
	text := ""
	var blocks []article.Block
	for i := range 20 {
		start := len([]rune(text))
		text += fmt.Sprintf("第%02d段說的是別的事情。", i)
		blocks = append(blocks, article.Block{Span: article.Span{Start: start, End: len([]rune(text))}})
	}
	p := newPage()
	p.doc = newDocument(article.New(text, blocks))
	check := func(after string) {
		t.Helper()
		kept, made := p.rows(), p.makeRows(nil)
		if len(kept) != len(made) {
			t.Fatalf("after %s: expected %d rows, %d were kept", after, len(made), len(kept))
		}
		for i := range made {
			if kept[i].Annotation != made[i].Annotation {
				t.Fatalf("after %s: expected row %d to be %s, it is %s", after, i, made[i].ID, kept[i].ID)
			}
		}
		types := map[string]int{}
		for _, a := range p.doc.byID {
			types[a.Type]++
		}
		if got := p.typeCounts(); !maps.Equal(got, types) {
			t.Fatalf("after %s: expected the counts %v, got %v", after, types, got)
		}
	}
	check("nothing")
	var all []annotation.Annotation
	for i := range 30 {
		a := p.doc.annotate(article.Span{Start: (i * 7) % 150, End: (i*7)%150 + 3}, []string{"lawsuit", "funding"}[i%2])
		if got := p.doc.Slice(a.Span); got != a.Quote.Exact {
			t.Fatalf("expected the quote %q, it is %q", got, a.Quote.Exact)
		}
		whole := annotation.Describe(text, a.Span)
		if whole.Prefix != a.Quote.Prefix || whole.Suffix != a.Quote.Suffix {
			t.Fatalf("expected what stands around as in the whole text, %q and %q; it is %q and %q", whole.Prefix, whole.Suffix, a.Quote.Prefix, a.Quote.Suffix)
		}
		p.doc.set(a)
		all = append(all, a)
		check("a new one")
	}
	p.filter = "lawsuit"
	check("a filter")
	all[4].Type = "funding"
	p.doc.set(all[4])
	check("a change of type")
	p.list.sort = "type"
	check("another order")
	all[6].Deleted = true
	p.doc.set(all[6])
	check("a deletion")
	p.doc.remove(all[8].ID)
	check("a removal")
}
