package store

// Logged is a write as a log has it that reaches the disk sooner than the
// storage itself: browsers keep what localStorage is told in memory for seconds,
// at times for minutes, and lose it when they are killed. Value is "" where the
// key was removed.
type Logged struct{ Key, Value string }

// Replay takes in what a log has and the storage has not, and writes it there.
// Each is joined with what is stored, so that the newer of the two stays, field
// by field, whichever has it, and replaying twice is replaying once. It returns
// what changed here, which is nothing to undo. The error is as Put's.
func (s *Store) Replay(log []Logged) (change Change, err error) {
	var keys, removed []string
	for _, l := range log {
		version, kind, rest, ok := split(l.Key)
		if !ok || version != Version {
			continue // a newer version has its own way to read its own
		}
		articleID, id, ok := annotationNames(rest)
		ok = ok && kind == kindAnnotation
		if ok {
			s.load(articleID)
		}
		switch {
		case l.Value == "" && ok:
			removed = append(removed, l.Key)
			s.loadCopies(id)
		case l.Value != "" && (ok || kind == kindType || kind == kindWord):
			change = append(change, s.Apply(l.Key, l.Value, true)...)
			keys = append(keys, l.Key)
		}
	}
	// A key goes only where its annotation is known to have moved to another.
	for _, key := range removed {
		_, _, rest, _ := split(key)
		articleID, id, _ := annotationNames(rest)
		if a := s.byID[id]; a != nil && a.Article != articleID {
			keys = append(keys, key)
		}
	}
	return change, s.write(keys)
}

// loadCopies reads what is kept under an annotation's identity, in whichever
// article.
func (s *Store) loadCopies(id string) {
	for articleID, sh := range s.shelves {
		for _, key := range sh.unread {
			if key == annotationKey(articleID, id) {
				s.load(articleID)
				break
			}
		}
	}
}
