package annotation

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"pizhu/app/article"
)

func TestMergeLaws(t *testing.T) {
	for seed := range uint64(rounds) {
		r := rand.New(rand.NewPCG(seed, 2))
		a, b, c := randomSet(r), randomSet(r), randomSet(r)
		if x, y := Merge(a, b), Merge(b, a); !reflect.DeepEqual(x, y) {
			t.Fatalf("seed %d: want Merge(a, b) = Merge(b, a), %s", seed, difference(x, y))
		}
		if x, y := Merge(a, Merge(b, c)), Merge(Merge(a, b), c); !reflect.DeepEqual(x, y) {
			t.Fatalf("seed %d: want Merge(a, Merge(b, c)) = Merge(Merge(a, b), c), %s", seed, difference(x, y))
		}
		n := Merge(a, Set{})
		if x := Merge(n, n); !reflect.DeepEqual(x, n) {
			t.Fatalf("seed %d: want Merge(a, a) = a, %s", seed, difference(n, x))
		}
		for _, x := range n.Annotations {
			if !reflect.DeepEqual(x.Normal(), x) {
				t.Fatalf("seed %d: want Normal to change nothing the second time, got\n%+v\n%+v", seed, x.Normal(), x)
			}
		}
	}
}

// difference is the first thing in which two sets differ, in words.
func difference(want, got Set) string {
	if len(want.Annotations) != len(got.Annotations) {
		return fmt.Sprintf("got %d annotations and %d", len(want.Annotations), len(got.Annotations))
	}
	for i, a := range want.Annotations {
		if b := got.Annotations[i]; !reflect.DeepEqual(a, b) {
			return fmt.Sprintf("got\n%+v\nand\n%+v", a, b)
		}
	}
	want.Annotations, got.Annotations = nil, nil
	return fmt.Sprintf("got\n%+v\nand\n%+v", want, got)
}

func at(ms int) time.Time { return time.UnixMilli(1_709_510_400_000 + int64(ms)).UTC() }

func TestMergeByField(t *testing.T) {
	base := New("a", "昨天發布的模型", article.Span{Start: 2, End: 4}, "release", "", at(0))
	edit := func(a Annotation, ms int, change func(*Annotation)) Annotation {
		next := a
		change(&next)
		return Touch(a, next, at(ms))
	}
	note := func(s string) func(*Annotation) { return func(a *Annotation) { a.Note = s } }
	remove := func(a *Annotation) { a.Deleted = true }
	restore := func(of Annotation) func(*Annotation) {
		return func(a *Annotation) { id := a.ID; *a = of; a.ID = id; a.Deleted = false }
	}

	noted := edit(base, 10, note("一"))
	deleted := edit(noted, 20, remove)
	for _, c := range []struct {
		name string
		a, b Annotation
		want func(a Annotation) bool
		say  string
	}{
		{"a note here, a verdict there", noted, edit(base, 11, func(a *Annotation) { a.Verdict = Confirmed }),
			func(a Annotation) bool { return a.Note == "一" && a.Verdict == Confirmed }, "both kept"},
		{"two notes", noted, edit(base, 12, note("二")),
			func(a Annotation) bool { return a.Note == "二" }, "the later one"},
		{"deleted here, untouched there", deleted, noted,
			func(a Annotation) bool { return a.Deleted && a.Note == "" && a.Quote.Exact == "" }, "a tombstone without words"},
		{"deleted here, noted there afterwards", deleted, edit(noted, 30, note("三")),
			func(a Annotation) bool { return a.Deleted }, "still deleted"},
		{"brought back", deleted, edit(deleted, 40, restore(noted)),
			func(a Annotation) bool { return !a.Deleted && a.Note == "一" && a.Quote.Exact == "發布" }, "whole again"},
		{"brought back by a clock that is behind", deleted, edit(deleted, 5, restore(noted)),
			func(a Annotation) bool { return !a.Deleted && a.Note == "一" }, "whole again"},
		{"edited by a clock that is behind", noted, edit(noted, 3, note("四")),
			func(a Annotation) bool { return a.Note == "四" }, "the edit that saw the other"},
	} {
		got := Merge(Set{Annotations: []Annotation{c.a}}, Set{Annotations: []Annotation{c.b}})
		if len(got.Annotations) != 1 || !c.want(got.Annotations[0]) {
			t.Errorf("%s: want %s, got %+v", c.name, c.say, got.Annotations)
		}
	}
}

func TestTouchWithoutChange(t *testing.T) {
	a := New("a", "昨天發布的模型", article.Span{Start: 2, End: 4}, "release", "", at(0))
	if got := Touch(a, a, at(50)); !reflect.DeepEqual(got, a) {
		t.Errorf("want nothing stamped where nothing changed, got %+v", got)
	}
}

func TestTouchMovesTheTarget(t *testing.T) {
	a := New("a", "昨天發布的模型", article.Span{Start: 2, End: 4}, "release", "", at(0))
	a.Extra = `{"rights":"https://example.org/r","target":{"selector":[{"type":"XPathSelector","value":"/p"}]}}`
	b := a
	b.Span = article.Span{Start: 0, End: 2}
	if got := Touch(a, b, at(1)); got.Extra != `{"rights":"https://example.org/r"}` {
		t.Errorf("want the other tool's selector dropped when the target moves, got %q", got.Extra)
	}
}

func TestDescribe(t *testing.T) {
	text := "一二三😀五六七八九十"
	for _, c := range []struct {
		name                  string
		span, want            article.Span
		exact, prefix, suffix string
	}{
		{"inside", article.Span{Start: 2, End: 5}, article.Span{Start: 2, End: 5}, "三😀五", "一二", "六七八九十"},
		{"all", article.Span{Start: 0, End: 10}, article.Span{Start: 0, End: 10}, text, "", ""},
		{"past the end", article.Span{Start: 8, End: 99}, article.Span{Start: 8, End: 10}, "九十", "一二三😀五六七八", ""},
		{"outside", article.Span{Start: 50, End: 99}, article.Span{Start: 10, End: 10}, "", text, ""},
		{"before the start", article.Span{Start: -5, End: 1}, article.Span{Start: 0, End: 1}, "一", "", "二三😀五六七八九十"},
		{"reversed", article.Span{Start: 4, End: 2}, article.Span{Start: 4, End: 4}, "", "一二三😀", "五六七八九十"},
	} {
		got := Describe(text, c.span)
		if want := (Selector{c.exact, c.prefix, c.suffix, c.want}); got != want {
			t.Errorf("%s: want %+v, got %+v", c.name, want, got)
		}
	}
}
