package store

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pizhu/app/anchor"
	"pizhu/app/annotation"
	"pizhu/app/article"
)

func TestCheck(t *testing.T) {
	good := make1(2, "release")
	now := "編輯在前面加了一句。" + text
	shift := len([]rune("編輯在前面加了一句。"))
	lost := make1(9, "benchmark")
	lost.ID, lost.Quote = annotation.NamedID("lost"), annotation.Quote{Exact: "從未出現過的話", Prefix: "前面", Suffix: "後面"}
	with := func(name string, change func(*annotation.Annotation)) annotation.Annotation {
		a := make1(2, "release")
		a.ID = annotation.NamedID(name)
		change(&a)
		return a
	}
	for _, c := range []struct {
		name     string
		text     string
		set      []annotation.Annotation
		findings []Fault
		span     article.Span // of the first that is left
		left     int
		aside    int
	}{
		{"nothing wrong", text, []annotation.Annotation{good}, nil, article.Span{Start: 2, End: 4}, 1, 0},
		{"the article has changed before it", now, []annotation.Annotation{good}, []Fault{QuoteMoved}, article.Span{Start: 2 + shift, End: 4 + shift}, 1, 0},
		{"a span outside the text", text, []annotation.Annotation{with("out", func(a *annotation.Annotation) { a.Span = article.Span{Start: 500, End: 502} })},
			[]Fault{OutsideText}, article.Span{Start: 2, End: 4}, 1, 0},
		{"an empty span", text, []annotation.Annotation{with("empty", func(a *annotation.Annotation) { a.Span = article.Span{} })},
			[]Fault{EmptySpan}, article.Span{Start: 2, End: 4}, 1, 0},
		{"a span without a quote", text, []annotation.Annotation{with("bare", func(a *annotation.Annotation) { a.Quote = annotation.Quote{} })},
			[]Fault{NoQuote}, article.Span{Start: 2, End: 4}, 1, 0},
		{"a span outside and no quote", text, []annotation.Annotation{with("bare2", func(a *annotation.Annotation) {
			a.Quote, a.Span = annotation.Quote{}, article.Span{Start: 500, End: 502}
		})}, []Fault{OutsideText}, article.Span{Start: 500, End: 502}, 1, 0},
		{"a quote that is nowhere", text, []annotation.Annotation{lost}, []Fault{QuoteLost}, lost.Span, 1, 0},
		{"one twice", text, []annotation.Annotation{good, good}, []Fault{DuplicateID}, good.Span, 1, 0},
		{"no identity", text, []annotation.Annotation{with("x", func(a *annotation.Annotation) { a.ID = "x y" })}, []Fault{NoIdentity}, article.Span{}, 0, 1},
		{"nothing said", text, []annotation.Annotation{{ID: "urn:x:1", Article: "art"}}, []Fault{SaysNothing}, article.Span{}, 0, 1},
		{"a relation to nothing", text, []annotation.Annotation{with("rel", func(a *annotation.Annotation) {
			a.Relations = []annotation.Relation{{Kind: annotation.Supports, To: "urn:x:gone"}}
		})}, []Fault{Dangling}, good.Span, 1, 0},
		{"an unknown type", text, []annotation.Annotation{with("type", func(a *annotation.Annotation) { a.Type = "mine" })}, []Fault{UnknownType}, good.Span, 1, 0},
		{"a tombstone", text, []annotation.Annotation{{ID: "urn:x:1", Article: "art", Deleted: true}}, nil, article.Span{}, 1, 0},
		{"an article that is not at hand", "", []annotation.Annotation{lost}, nil, lost.Span, 1, 0},
	} {
		got, err := Check(annotation.Set{Annotations: c.set}, func(string) *anchor.Text {
			if c.text == "" {
				return nil
			}
			return anchor.NewText(c.text, nil)
		}, func(typ string) bool { return typ == "release" || typ == "benchmark" }, nil)
		if err != nil {
			t.Fatal(err) // nothing stops it
		}
		var faults []Fault
		for _, f := range got.Findings {
			faults = append(faults, f.Fault)
		}
		if !slices.Equal(faults, c.findings) || len(got.Set.Annotations) != c.left || len(got.Aside) != c.aside {
			t.Errorf("%s: want %v, %d left and %d aside, got %+v", c.name, c.findings, c.left, c.aside, got)
			continue
		}
		if c.left > 0 && got.Set.Annotations[0].Span != c.span {
			t.Errorf("%s: want it at %v, got %v", c.name, c.span, got.Set.Annotations[0].Span)
		}
		if slices.Contains(faults, UnknownType) && (len(got.Set.Types) != 1 || got.Set.Types[0].Name != "mine") {
			t.Errorf("%s: want the type added, got %+v", c.name, got.Set.Types)
		}
		// What was put right needs no more of it.
		again, _ := Check(got.Set, func(string) *anchor.Text { return anchor.NewText(c.text, nil) },
			func(typ string) bool { return typ == "release" || typ == "benchmark" }, nil)
		for _, f := range again.Findings {
			switch f.Fault {
			case QuoteLost, Dangling, OutsideText:
			default:
				t.Errorf("%s: want nothing left to put right, got %+v", c.name, f)
			}
		}
	}
}

// many is a set of ten thousand.
func many() (set annotation.Set) {
	for i := range 10_000 {
		a := make1(i%20, "release")
		a.ID = annotation.NamedID(fmt.Sprint(i))
		set.Annotations = append(set.Annotations, a)
	}
	return set
}

func TestCheckPauses(t *testing.T) {
	set, n, enough := many(), 0, errors.New("enough")
	here := func(string) *anchor.Text { return anchor.NewText(text, nil) }
	if _, err := Check(set, here, nil, func() error { n++; return nil }); err != nil || n < 100 {
		t.Errorf("want hundreds of pauses, got %d, error %v", n, err)
	}
	for _, at := range []int{1, n / 2, n} {
		left := at
		if got, err := Check(set, here, nil, func() error {
			if left--; left == 0 {
				return enough
			}
			return nil
		}); err != enough || left != 0 || len(got.Set.Annotations) > 0 {
			t.Errorf("stopped at pause %d of %d: want it to end there, got %d annotations, error %v", at, n, len(got.Set.Annotations), err)
		}
	}
}

func BenchmarkCheck10000(b *testing.B) {
	set := many()
	b.ReportAllocs()
	for b.Loop() {
		Check(set, func(string) *anchor.Text { return anchor.NewText(text, nil) }, nil, nil)
	}
}
