package store

import (
	"net/url"

	"pizhu/app/annotation"
)

// maxSteps is how far undo goes back; each step holds two states of what it
// changed.
const maxSteps = 1000

// step is what one command changed.
type step []edit

// edit is one thing that changed.
type edit interface {
	keys() []string
	// revert takes it back in memory and returns the edit that this was; ok is
	// false where another tab's work would go with it.
	revert(s *Store) (back edit, ok bool)
}

func (st step) keys() (out []string) {
	for _, e := range st {
		out = append(out, e.keys()...)
	}
	return out
}

// visible is the edits that can be undone.
func (st step) visible() step {
	var out step
	for _, e := range st {
		if _, ok := e.(silent); !ok {
			out = append(out, e)
		}
	}
	return out
}

// silent is the key of something to write that is nothing to undo.
type silent string

func (k silent) keys() []string             { return []string{string(k)} }
func (k silent) revert(*Store) (edit, bool) { return nil, false }

type annotationEdit struct{ before, after annotation.Annotation }

func (e annotationEdit) keys() []string {
	keys := []string{annotationKey(e.after.Article, e.after.ID)}
	if e.before.ID != "" && e.before.Article != e.after.Article {
		keys = append(keys, annotationKey(e.before.Article, e.before.ID))
	}
	return keys
}

func (e annotationEdit) revert(s *Store) (edit, bool) {
	old := s.byID[e.after.ID]
	if old == nil {
		return nil, false
	}
	current := *old
	reverted, ok := annotation.Revert(current, e.before, e.after, s.mine[e.after.ID], s.Now())
	if !ok {
		return nil, false
	}
	s.replace(reverted)
	return s.wrote(current, reverted), true
}

type typeEdit struct{ before, after annotation.Type }

func (e typeEdit) keys() []string { return []string{typeKey(e.after.Name)} }

func (e typeEdit) revert(s *Store) (edit, bool) {
	current := s.types[e.after.Name]
	if !current.Modified.Equal(e.after.Modified) {
		return nil, false
	}
	next := e.before
	if next.Name == "" {
		next = current
		next.Deleted = true
	}
	next.Modified = s.after(current.Modified)
	s.types[next.Name] = next
	return typeEdit{current, next}, true
}

type wordEdit struct{ before, after annotation.Word }

func (e wordEdit) keys() []string { return []string{wordKey(e.after.Text)} }

func (e wordEdit) revert(s *Store) (edit, bool) {
	current := s.words[e.after.Text]
	if !current.Modified.Equal(e.after.Modified) {
		return nil, false
	}
	next := current
	next.Deleted = e.before.Text == "" || e.before.Deleted
	next.Modified = s.after(current.Modified)
	s.words[next.Text] = next
	return wordEdit{current, next}, true
}

func typeKey(name string) string { return prefix(Version, kindType) + url.PathEscape(name) }
func wordKey(text string) string { return prefix(Version, kindWord) + url.PathEscape(text) }

// CanUndo reports whether there is a change to take back.
func (s *Store) CanUndo() bool { return len(s.done) > 0 }

// CanRedo reports whether there is a change to make again.
func (s *Store) CanRedo() bool { return len(s.undone) > 0 }

// Undo takes back this tab's last change, and returns what that changed. What
// another tab has written since stays. A change of which nothing is left to
// take back is passed over; ok is false when the list is empty. What cannot be
// saved is listed by Unsaved.
func (s *Store) Undo() (change Change, ok bool) { return s.turn(&s.done, &s.undone) }

// Redo makes the last change that was taken back again.
func (s *Store) Redo() (change Change, ok bool) { return s.turn(&s.undone, &s.done) }

func (s *Store) turn(from, to *[]step) (change Change, ok bool) {
	for len(*from) > 0 {
		last := (*from)[len(*from)-1]
		*from = (*from)[:len(*from)-1]
		var back step
		for i := len(last) - 1; i >= 0; i-- {
			e, ok := last[i].revert(s)
			if !ok {
				continue
			}
			back = append(back, e)
			if a, ok := e.(annotationEdit); ok {
				change = append(change, a.after)
			}
		}
		if len(back) > 0 {
			*to = append(*to, back)
			s.write(back.keys())
			return change, true
		}
	}
	return nil, false
}

func joinTypes(a, b annotation.Type) annotation.Type {
	if a.Name == "" {
		return b
	}
	return annotation.Merge(annotation.Set{Types: []annotation.Type{a}}, annotation.Set{Types: []annotation.Type{b}}).Types[0]
}

func joinWords(a, b annotation.Word) annotation.Word {
	if a.Text == "" {
		return b
	}
	return annotation.Merge(annotation.Set{Words: []annotation.Word{a}}, annotation.Set{Words: []annotation.Word{b}}).Words[0]
}

func (s *Store) joinType(t annotation.Type) step {
	before := s.types[t.Name]
	after := joinTypes(before, t)
	if before.Name != "" && annotation.MarshalType(before) == annotation.MarshalType(after) {
		return nil
	}
	s.types[t.Name] = after
	return step{typeEdit{before, after}}
}

func (s *Store) joinWord(w annotation.Word) step {
	before := s.words[w.Text]
	after := joinWords(before, w)
	if after == before {
		return nil
	}
	s.words[w.Text] = after
	return step{wordEdit{before, after}}
}
