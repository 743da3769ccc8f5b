package annotation

import (
	"testing"

	"pizhu/app/article"
)

func TestRevert(t *testing.T) {
	made := New("a", "昨天發布的模型", article.Span{Start: 2, End: 4}, "release", "", at(0))
	edit := func(a Annotation, ms int, change func(*Annotation)) Annotation {
		next := a
		change(&next)
		return Touch(a, next, at(ms))
	}
	note := func(s string) func(*Annotation) { return func(a *Annotation) { a.Note = s } }
	typ := func(s string) func(*Annotation) { return func(a *Annotation) { a.Type = s } }
	remove := func(a *Annotation) { a.Deleted = true }
	noted := edit(made, 10, note("一"))
	gone := edit(noted, 20, remove)
	moved := edit(made, 10, func(a *Annotation) { a.Span, a.Quote.Exact = article.Span{Start: 5, End: 7}, "模型" })

	for _, c := range []struct {
		name                   string
		current, before, after Annotation
		ok                     bool
		want                   func(Annotation) bool
		say                    string
	}{
		{"making it", made, Annotation{}, made, true, func(a Annotation) bool { return a.Deleted }, "deleted"},
		{"making it, noted elsewhere since", edit(made, 30, note("別人")), Annotation{}, made, false, func(a Annotation) bool { return !a.Deleted && a.Note == "別人" }, "the other's work kept"},
		{"a note", noted, made, noted, true, func(a Annotation) bool { return a.Note == "" && a.Type == "release" }, "no note"},
		{"a note, rewritten elsewhere since", edit(noted, 30, note("別人")), made, noted, false, func(a Annotation) bool { return a.Note == "別人" }, "the other's note kept"},
		{"a note, retyped elsewhere since", edit(noted, 30, typ("lawsuit")), made, noted, true, func(a Annotation) bool { return a.Note == "" && a.Type == "lawsuit" }, "no note, the other's type"},
		{"a note, deleted elsewhere since", gone, made, noted, false, func(a Annotation) bool { return a.Deleted }, "still deleted"},
		{"deleting it", gone, noted, gone, true, func(a Annotation) bool { return !a.Deleted && a.Note == "一" && a.Quote.Exact == "發布" }, "whole again"},
		{"deleting it, brought back elsewhere since", edit(gone, 30, func(a *Annotation) { *a = made }), noted, gone, false, func(a Annotation) bool { return !a.Deleted && a.Note == "" }, "as the other brought it back"},
		{"bringing it back", edit(gone, 30, func(a *Annotation) { *a = noted }), gone, edit(gone, 30, func(a *Annotation) { *a = noted }), true, func(a Annotation) bool { return a.Deleted }, "deleted again"},
		{"moving it", moved, made, moved, true, func(a Annotation) bool { return a.Span == made.Span && a.Quote == made.Quote }, "back in its place"},
	} {
		got, ok := Revert(c.current, c.before, c.after, Stamps{}, at(5)) // a clock that is behind
		if ok != c.ok || !c.want(got) {
			t.Errorf("taking back %s: want %s (%v), got %v, %+v", c.name, c.say, c.ok, ok, got)
		}
		// It goes out and wins over every copy that there was.
		joined := Join(Join(got, c.after), c.current)
		if !c.want(joined) {
			t.Errorf("taking back %s: want it to hold in a merge, got %+v", c.name, joined)
		}
	}

	// Steps taken back one after the other: bringing it back stamps every field
	// anew, but it is the same hand.
	back, _ := Revert(gone, noted, gone, Stamps{}, at(40))
	if _, ok := Revert(back, made, noted, Stamps{}, at(50)); ok {
		t.Error("want a note that someone else brought back left alone")
	}
	var mine Stamps
	for f := Field(0); f < Fields; f++ {
		mine[f] = back.Stamp(f)
	}
	if got, ok := Revert(back, made, noted, mine, at(50)); !ok || got.Note != "" {
		t.Errorf("want a note that one brought back oneself taken back, got %+v", got)
	}
}
