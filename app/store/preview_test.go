package store

import (
	"testing"
	"time"

	"pizhu/app/annotation"
)

func TestPreview(t *testing.T) {
	edit := func(a annotation.Annotation, ms int64, change func(*annotation.Annotation)) annotation.Annotation {
		b := a
		change(&b)
		return annotation.Touch(a, b, time.UnixMilli(1_709_510_400_000+ms))
	}
	note := func(a *annotation.Annotation) { a.Note = "記" }
	verdict := func(a *annotation.Annotation) { a.Verdict = annotation.False }
	remove := func(a *annotation.Annotation) { a.Deleted = true }
	base := make1(2, "release")
	for _, c := range []struct {
		name         string
		ours, theirs annotation.Annotation
		want         Outcome
	}{
		{"the same", base, base, Same},
		{"changed there", base, edit(base, 10, note), Theirs},
		{"changed here", edit(base, 10, note), base, Ours},
		{"changed on both sides", edit(base, 10, note), edit(base, 20, verdict), Both},
		{"deleted here", edit(base, 10, remove), base, Gone},
		{"deleted here, changed there", edit(base, 10, remove), edit(base, 5, note), Gone},
		{"deleted there", base, edit(base, 10, remove), Drops},
		{"deleted on both sides", edit(base, 10, remove), edit(base, 10, remove), Same},
	} {
		m := &Memory{Values: map[string]string{annotationKey("art", base.ID): annotation.Marshal(c.ours)}}
		s := opened(m)
		writes := m.Writes
		got := s.Preview(annotation.Set{Annotations: []annotation.Annotation{c.theirs}})
		if len(got) != 1 || got[0].Outcome != c.want || m.Writes != writes {
			t.Errorf("%s: want %s and nothing written, got %+v", c.name, c.want, got)
			continue
		}
		s.Merge(annotation.Set{Annotations: []annotation.Annotation{c.theirs}}, nil)
		if now, _ := s.Get(base.ID); !same(now, got[0].After) {
			t.Errorf("%s: want the merge to do what was foreseen, got %+v, not %+v", c.name, now, got[0].After)
		}
	}
	s := opened(&Memory{})
	gone := edit(base, 1, remove)
	if got := s.Preview(annotation.Set{Annotations: []annotation.Annotation{make1(9, "x"), gone}}); len(got) != 1 || got[0].Outcome != New {
		t.Errorf("want one new, and nothing said of what never was here, got %+v", got)
	}
}
