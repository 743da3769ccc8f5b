package app

import (
	"testing"

	"pizhu/app/annotation"
	"pizhu/app/article"
)

// What a row shows must be another when its annotation is.
func TestRowShowsItsAnnotation(t *testing.T) {
	p := newPage()
	p.doc = newDocument(article.New("一家公司起訴了另一家。", []article.Block{{Span: article.Span{Start: 0, End: 11}}}))
	a := p.doc.annotate(article.Span{Start: 4, End: 6}, "lawsuit")
	seen := map[string]string{}
	see := func(what string) {
		t.Helper()
		shows := p.rowText(row{Annotation: &a})
		if other, ok := seen[shows]; ok {
			t.Errorf("expected %s to be drawn anew after %s", what, other)
		}
		seen[shows] = what
	}
	see("a row")
	p.chosen = a.ID
	see("it is chosen")
	p.editing, p.fieldsOf = true, a.ID
	see("its fields are open")
	p.chosen = ""
	a.Type = "funding"
	see("another type")
	a.Note = "查過"
	see("a note")
	a.Verdict = annotation.Confirmed
	see("a verdict")
	a.Attribution = "法院"
	see("who says so")
	p.lang = "en"
	see("another language")
	p.shownScript = "zh-Hans"
	see("another script")
	p.doc.put(a, false)
	see("its words are gone")
	p.list.picking = true
	see("picking")
	p.list.picked = map[string]bool{a.ID: true}
	see("a pick")
}

func TestFieldsKeepWhatSeparatesThem(t *testing.T) {
	for _, c := range []struct {
		name   string
		fields []string
		want   string
	}{
		{"plain", []string{"a", "批註"}, "a\x1f批註"},
		{"empty", []string{"", ""}, "\x1f"},
		{"a file brings separators", []string{"a\x1eb\x1fc", "d"}, "a b c\x1fd"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := fields(c.fields...); got != c.want {
				t.Errorf("expected %q, got %q", c.want, got)
			}
		})
	}
}
