package store

import "pizhu/app/annotation"

// Outcome is what a merge does to one annotation.
type Outcome string

// What a merge can do.
const (
	New    Outcome = "new"    // it is not here yet
	Same   Outcome = "same"   // it is here as it is
	Theirs Outcome = "theirs" // it has changed there, and is taken
	Ours   Outcome = "ours"   // it has changed here, and stays
	Both   Outcome = "both"   // it has changed on both sides, and is joined field by field
	Gone   Outcome = "gone"   // it was deleted here, and stays so
	Drops  Outcome = "drops"  // it was deleted there, and goes
)

// Planned is what Merge would do to one annotation; Before and After are this
// side's, zero where there is none.
type Planned struct {
	Outcome       Outcome
	Before, After annotation.Annotation
}

// Preview is what Merge would do with set, annotation by annotation, in the
// set's order. Nothing changes. Tombstones of what was never here are left out.
func (s *Store) Preview(set annotation.Set) []Planned {
	var out []Planned
	for _, a := range set.Annotations {
		a = a.Normal()
		s.load(a.Article)
		old := s.byID[a.ID]
		if old == nil {
			if !a.Deleted {
				out = append(out, Planned{Outcome: New, After: a})
			}
			continue
		}
		p := Planned{Before: *old, After: annotation.Join(*old, a)}
		switch {
		case same(p.Before, p.After) && p.Before.Deleted && !a.Deleted:
			p.Outcome = Gone
		case same(p.Before, a):
			p.Outcome = Same
		case same(p.Before, p.After):
			p.Outcome = Ours
		case p.After.Deleted && !p.Before.Deleted:
			p.Outcome = Drops
		case same(p.After, a):
			p.Outcome = Theirs
		default:
			p.Outcome = Both
		}
		out = append(out, p)
	}
	return out
}
