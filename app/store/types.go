package store

import (
	"cmp"
	"slices"
	"strings"

	"pizhu/app/annotation"
)

// Assume says which claim types there are where the reader has changed nothing:
// those that ship. They are kept in memory alone, until one is changed; taking
// that change back then finds the type as it was. What is kept already stays.
func (s *Store) Assume(types ...annotation.Type) {
	for _, t := range types {
		if _, kept := s.types[t.Name]; !kept {
			s.types[t.Name] = t
		}
	}
}

// AllTypes is Types with those that were deleted, which have to be known so that
// a type that ships does not come back.
func (s *Store) AllTypes() []annotation.Type {
	out := make([]annotation.Type, 0, len(s.types))
	for _, t := range s.types {
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b annotation.Type) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), strings.Compare(a.Name, b.Name))
	})
	return out
}

// PutBoth is PutTypes and Put as one change to undo: a type is deleted together
// with what becomes of its annotations. The error is as Put's.
func (s *Store) PutBoth(types []annotation.Type, changed ...annotation.Annotation) error {
	return s.did(append(s.putTypes(types), s.put(changed)...))
}
