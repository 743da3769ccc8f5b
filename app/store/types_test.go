package store

import (
	"testing"

	"pizhu/app/annotation"
	"pizhu/app/article"
)

// A type that ships is as it was once its first change is taken back, and only
// what was changed is kept.
func TestAssumedTypes(t *testing.T) {
	backend := &Memory{}
	s := Open(backend)
	ships := annotation.Type{Name: "lawsuit", Labels: annotation.Labels{Hant: "訴訟"}, Order: 1}
	s.Assume(ships)
	if keys, _ := backend.Keys(); len(keys) != 0 {
		t.Fatalf("expected what is assumed not to be written, there is %q", keys)
	}
	a := annotation.New("x", "甲乙丙", article.Span{Start: 0, End: 2}, "lawsuit", "", s.Now())
	if err := s.Put(a); err != nil {
		t.Fatal(err)
	}
	gone := ships
	gone.Deleted = true
	a.Type = ""
	if err := s.PutBoth([]annotation.Type{gone}, a); err != nil {
		t.Fatal(err)
	}
	if len(s.Types()) != 0 || len(s.AllTypes()) != 1 || s.Annotations("x")[0].Type != "" {
		t.Errorf("expected the type to be deleted and its annotation to be without one, got %v %v", s.AllTypes(), s.Annotations("x"))
	}
	again := Open(backend)
	again.Assume(ships)
	if len(again.Types()) != 0 {
		t.Errorf("expected a deleted type that ships to stay deleted, got %v", again.Types())
	}
	if _, ok := s.Undo(); !ok || len(s.Types()) != 1 || s.Types()[0].Labels != ships.Labels || s.Annotations("x")[0].Type != "lawsuit" {
		t.Errorf("expected one undo to bring both back, got %v %v", s.Types(), s.Annotations("x"))
	}
}
