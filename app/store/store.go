// Package store keeps the reader's annotations, claim types and words, and is
// the only one to write them.
//
// Every change is written in the same turn, one key an annotation, so that a
// save costs the same however many there are and two tabs never write over each
// other's work. What cannot be written stays in memory and is told. Undo is a
// list of this tab's own changes. A Store is for one goroutine, as the page is.
package store

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"pizhu/app/annotation"
)

// Store is open storage.
type Store struct {
	// Now is the clock; time.Now unless a test sets another.
	Now func() time.Time

	backend Backend
	byID    map[string]*annotation.Annotation // what was read, tombstones too
	shelves map[string]*shelf                 // by article
	types   map[string]annotation.Type
	words   map[string]annotation.Word

	undone, done []step
	grouped      bool                         // changes are one step until Group ends
	inGroup      bool                         // the last step of done is the group's
	mine         map[string]annotation.Stamps // when this tab last wrote each field
	unsaved      []string                     // keys to write, the oldest first
	waiting      map[string]bool              // what is in unsaved
	report       Report
	outdated     bool
}

// shelf is the annotations of one article. They are read when first asked for:
// a page shows one article, and a diligent reader has thousands.
type shelf struct {
	unread []string // keys
	ids    []string
}

// Change is annotations as they are after something happened to them; those
// with Deleted set are gone.
type Change []annotation.Annotation

// Report is what was found on opening and reading.
type Report struct {
	SetAside []Damage // what could not be read
	Newer    int      // keys that a newer version wrote, left alone
	Err      error    // the storage could not be read at all; everything is in memory
}

// Damage is a value that could not be read.
type Damage struct {
	Key   string // where it was
	Aside string // where it is now; "" where it could not be moved, and was left
	Err   error  // why it could not be read
}

// Open finds what is kept. It never fails: where the storage cannot be read,
// Report says so, and the store works in memory.
func Open(backend Backend) *Store { return open(backend, Version, migrations) }

func open(backend Backend, version int, steps map[int]migration) *Store {
	s := &Store{
		Now: time.Now, backend: backend,
		byID: map[string]*annotation.Annotation{}, shelves: map[string]*shelf{},
		types: map[string]annotation.Type{}, words: map[string]annotation.Word{},
		waiting: map[string]bool{}, mine: map[string]annotation.Stamps{},
	}
	keys, err := backend.Keys()
	if err != nil {
		s.report.Err = err
		return s
	}
	keys = s.migrate(keys, version, steps)
	for _, key := range keys {
		v, kind, rest, ok := split(key)
		switch {
		case !ok:
		case v > version:
			s.report.Newer++
		case v == version:
			s.index(key, kind, rest)
		}
	}
	return s
}

func (s *Store) index(key, kind, rest string) {
	switch kind {
	case kindAnnotation:
		if articleID, _, ok := annotationNames(rest); ok {
			sh := s.shelf(articleID)
			sh.unread = append(sh.unread, key)
			return
		}
		value, _, _ := s.backend.Get(key)
		s.setAside(key, value, errors.New("a key that names no annotation"))
	case kindType:
		s.entry(key, func(value string) error {
			t, err := annotation.UnmarshalType(value)
			if err == nil {
				s.types[t.Name] = t
			}
			return err
		})
	case kindWord:
		s.entry(key, func(value string) error {
			w, err := annotation.UnmarshalWord(value)
			if err == nil {
				s.words[w.Text] = w
			}
			return err
		})
	}
}

func (s *Store) entry(key string, take func(value string) error) {
	value, ok, err := s.backend.Get(key)
	if err != nil {
		s.report.Err = err
		return
	}
	if ok {
		if err := take(value); err != nil {
			s.setAside(key, value, err)
		}
	}
}

func (s *Store) shelf(articleID string) *shelf {
	sh := s.shelves[articleID]
	if sh == nil {
		sh = &shelf{}
		s.shelves[articleID] = sh
	}
	return sh
}

// Load reads what is kept of an article, which is otherwise read when it is
// first asked for.
func (s *Store) Load(articleID string) { s.load(articleID) }

// load reads what is kept of an article.
func (s *Store) load(articleID string) *shelf {
	sh := s.shelf(articleID)
	if len(sh.unread) == 0 {
		return sh
	}
	keys := sh.unread
	values, err := s.values(keys)
	if err != nil {
		s.report.Err = err // and try again when next asked
		return sh
	}
	sh.unread = nil
	for i, key := range keys {
		if values[i] == "" {
			continue // gone since
		}
		a, err := parse(key, values[i])
		switch {
		case err == nil:
			s.hold(a)
		case errors.Is(err, annotation.ErrNewer):
			s.report.Newer++
		default:
			s.setAside(key, values[i], err)
		}
	}
	return sh
}

func (s *Store) values(keys []string) ([]string, error) {
	if bulk, ok := s.backend.(Bulk); ok {
		values, err := bulk.GetAll(keys)
		if err == nil && len(values) != len(keys) {
			err = fmt.Errorf("%d values for %d keys", len(values), len(keys))
		}
		return values, err
	}
	values := make([]string, len(keys))
	for i, key := range keys {
		var err error
		if values[i], _, err = s.backend.Get(key); err != nil {
			return nil, err
		}
	}
	return values, nil
}

func parse(key, value string) (annotation.Annotation, error) {
	_, _, rest, _ := split(key)
	articleID, id, ok := annotationNames(rest)
	if !ok {
		return annotation.Annotation{}, errors.New("a key that names no annotation")
	}
	return annotation.Unmarshal(id, articleID, value)
}

// setAside moves what cannot be read out of the way, whole. It is never
// deleted: where it cannot be moved it stays.
func (s *Store) setAside(key, value string, why error) {
	d := Damage{Key: key, Err: why}
	aside := fmt.Sprintf("%s%d/%s", quarantine, s.Now().UnixMilli(), key)
	if s.backend.Set(aside, value) == nil {
		d.Aside = aside
		if err := s.backend.Remove(key); err != nil {
			d.Err = errors.Join(why, err)
		}
	}
	s.report.SetAside = append(s.report.SetAside, d)
}

// SetAside moves annotations that cannot be used out of the way, whole, as what
// cannot be read is. It returns what changed here.
func (s *Store) SetAside(ids ...string) (change Change) {
	for _, id := range ids {
		a := s.byID[id]
		if a == nil {
			continue
		}
		key := annotationKey(a.Article, id)
		if value, ok, err := s.backend.Get(key); err == nil && ok {
			s.setAside(key, value, errors.New("not usable"))
		}
		sh := s.shelf(a.Article)
		sh.ids = slices.DeleteFunc(sh.ids, func(other string) bool { return other == id })
		delete(s.byID, id)
		gone := *a
		gone.Deleted = true
		change = append(change, gone)
	}
	return change
}

// hold takes a into memory, joined with what is there already.
func (s *Store) hold(a annotation.Annotation) annotation.Annotation {
	old := s.byID[a.ID]
	if old == nil {
		s.byID[a.ID] = &a
		sh := s.shelf(a.Article)
		sh.ids = append(sh.ids, a.ID)
		return a
	}
	joined := annotation.Join(*old, a)
	s.replace(joined)
	return joined
}

// replace puts a where an older state of it was.
func (s *Store) replace(a annotation.Annotation) {
	old := s.byID[a.ID]
	if old == nil {
		s.hold(a)
		return
	}
	if old.Article != a.Article {
		from, to := s.shelf(old.Article), s.shelf(a.Article)
		from.ids = slices.DeleteFunc(from.ids, func(id string) bool { return id == a.ID })
		to.ids = append(to.ids, a.ID)
	}
	*old = a
}

// Annotations is what there is on an article, by place, the longer first where
// two begin together.
func (s *Store) Annotations(articleID string) []annotation.Annotation {
	sh := s.load(articleID)
	out := make([]annotation.Annotation, 0, len(sh.ids))
	for _, id := range sh.ids {
		if a := s.byID[id]; !a.Deleted {
			out = append(out, *a)
		}
	}
	slices.SortFunc(out, func(a, b annotation.Annotation) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(b.Span.End, a.Span.End), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// Get is one annotation, tombstones included, of the articles read so far.
func (s *Store) Get(id string) (annotation.Annotation, bool) {
	a := s.byID[id]
	if a == nil {
		return annotation.Annotation{}, false
	}
	return *a, true
}

// Articles is the identities of the articles that anything is kept of, in
// order.
func (s *Store) Articles() []string {
	var out []string
	for id, sh := range s.shelves {
		if len(sh.unread)+len(sh.ids) > 0 {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// All is everything that is kept. Tombstones are in it, for Merge to remember
// what was deleted; Live leaves them out.
func (s *Store) All() annotation.Set {
	var set annotation.Set
	for _, id := range s.Articles() {
		sh := s.load(id)
		for _, id := range sh.ids {
			set.Annotations = append(set.Annotations, *s.byID[id])
		}
	}
	for _, t := range s.types {
		set.Types = append(set.Types, t)
	}
	for _, w := range s.words {
		set.Words = append(set.Words, w)
	}
	return annotation.Merge(set, annotation.Set{})
}

// Live is set without what was deleted, as an export for others should be.
func Live(set annotation.Set) annotation.Set {
	set.Annotations = slices.DeleteFunc(slices.Clone(set.Annotations), func(a annotation.Annotation) bool { return a.Deleted })
	set.Types = slices.DeleteFunc(slices.Clone(set.Types), func(t annotation.Type) bool { return t.Deleted })
	set.Articles = slices.DeleteFunc(slices.Clone(set.Articles), func(a annotation.Source) bool { return a.Deleted })
	set.Words = slices.DeleteFunc(slices.Clone(set.Words), func(w annotation.Word) bool { return w.Deleted })
	return set
}

// Report is what was found so far that a reader should know.
func (s *Store) Report() Report { return s.report }

// Outdated reports whether a newer version of the program has written to the
// storage. This one then only reads; a reload brings the newer one.
func (s *Store) Outdated() bool { return s.outdated }

// Put keeps annotations, new ones and changed ones, as one change to undo. What
// of each differs from what was there is stamped with the time; a and b with
// Deleted set are deleted. The error is a *SaveError; what it is about is in
// memory, and Unsaved lists it.
func (s *Store) Put(changed ...annotation.Annotation) error { return s.did(s.put(changed)) }

func (s *Store) put(changed []annotation.Annotation) (st step) {
	for _, a := range changed {
		s.load(a.Article)
		var before annotation.Annotation
		if old := s.byID[a.ID]; old != nil {
			before = *old
		}
		after := annotation.Touch(before, a, s.Now())
		if before.ID != "" && same(before, after) {
			continue
		}
		s.replace(after)
		st = append(st, s.wrote(before, after))
	}
	return st
}

func same(a, b annotation.Annotation) bool {
	return a.ID == b.ID && a.Article == b.Article && annotation.Marshal(a) == annotation.Marshal(b)
}

// Delete is Put of the annotations with these identities, deleted. Tombstones
// stay, so that neither another tab nor a merge brings them back.
func (s *Store) Delete(ids ...string) error {
	var gone []annotation.Annotation
	for _, id := range ids {
		if a := s.byID[id]; a != nil && !a.Deleted {
			b := *a
			b.Deleted = true
			gone = append(gone, b)
		}
	}
	return s.Put(gone...)
}

// Merge takes in a set from elsewhere, field by field where both have an
// annotation, as one change to undo. It returns what changed here. The error is
// as Put's.
//
// pause, if there is one, is called with the share that is done, from 0 to 1,
// whenever some hundreds of annotations have been taken in and written. In it the
// store can be used as ever. Its error ends the merge with what is in by then.
func (s *Store) Merge(set annotation.Set, pause func(done float64) error) (Change, error) {
	var all step
	var ids []string
	var stopped, err error
	n := len(set.Annotations)
	for from := 0; from < n && stopped == nil; from += mergeSlice {
		to := min(from+mergeSlice, n)
		st := s.mergeAnnotations(set.Annotations[from:to])
		if len(st) > 0 {
			err = s.write(st.keys())
		}
		for _, e := range st {
			if e, ok := e.(annotationEdit); ok {
				ids = append(ids, e.after.ID)
			}
		}
		all = append(all, st...)
		if pause != nil {
			stopped = pause(float64(to) / float64(n))
		}
	}
	var st step
	if stopped == nil {
		for _, t := range set.Types {
			st = append(st, s.joinType(t)...)
		}
		for _, w := range set.Words {
			st = append(st, s.joinWord(w)...)
		}
	}
	if len(st) > 0 {
		err = s.write(st.keys())
	}
	s.remember(append(all, st...))
	var change Change
	for _, id := range ids {
		if a := s.byID[id]; a != nil { // as it is by now
			change = append(change, *a)
		}
	}
	return change, err
}

// mergeSlice is how many annotations are merged between two pauses, which takes
// a browser twenty milliseconds.
const mergeSlice = 640

func (s *Store) mergeAnnotations(list []annotation.Annotation) (st step) {
	for _, a := range list {
		a = a.Normal()
		s.load(a.Article)
		var before annotation.Annotation
		if old := s.byID[a.ID]; old != nil {
			before = *old
		} else if a.Deleted {
			s.hold(a) // remembered, but nothing to see or undo
			st = append(st, silent(annotationKey(a.Article, a.ID)))
			continue
		}
		after := s.hold(a)
		if before.ID != "" && same(before, after) {
			continue
		}
		st = append(st, s.wrote(before, after))
	}
	return st
}

// wrote remembers which fields of an annotation this tab changed, and when.
func (s *Store) wrote(before, after annotation.Annotation) annotationEdit {
	mine := s.mine[after.ID]
	for f := annotation.Field(0); f < annotation.Fields; f++ {
		if ms := after.Stamp(f); before.ID == "" || ms != before.Stamp(f) {
			mine[f] = ms
		}
	}
	s.mine[after.ID] = mine
	return annotationEdit{before, after}
}

// Group makes all changes that do makes one step to undo.
func (s *Store) Group(do func()) {
	s.grouped, s.inGroup = true, false
	defer func() { s.grouped, s.inGroup = false, false }()
	do()
}

// lastOf takes the group's step off the list, to be added to.
func (s *Store) lastOf() step {
	if !s.inGroup {
		return nil
	}
	last := s.done[len(s.done)-1]
	s.done = s.done[:len(s.done)-1]
	return last
}

// did writes a step and puts it on the list to undo.
func (s *Store) did(st step) error {
	if len(st) == 0 {
		return nil
	}
	s.remember(st)
	return s.write(st.keys())
}

// remember puts a step on the list to undo.
func (s *Store) remember(st step) {
	if seen := st.visible(); len(seen) > 0 {
		if s.grouped {
			seen = append(s.lastOf(), seen...)
			s.inGroup = true
		}
		s.done = append(s.done, seen)
		if len(s.done) > maxSteps {
			s.done = slices.Delete(s.done, 0, len(s.done)-maxSteps)
		}
		s.undone = nil
	}
}

// write saves what is in memory under keys, and what could not be saved before.
func (s *Store) write(keys []string) error {
	for _, key := range keys {
		if !s.waiting[key] {
			s.waiting[key] = true
			s.unsaved = append(s.unsaved, key)
		}
	}
	return s.Retry()
}

// Retry tries to save what could not be saved. The error is a *SaveError of the
// first that still cannot.
func (s *Store) Retry() error {
	bulk, _ := s.backend.(Bulk)
	for len(s.unsaved) > 0 {
		n, err := 0, error(nil)
		if bulk != nil && len(s.unsaved) > 1 {
			n, err = s.saveMany(bulk)
		}
		if n == 0 && err == nil {
			if err = s.save(s.unsaved[0]); err == nil {
				n = 1
			}
		}
		for _, key := range s.unsaved[:n] {
			delete(s.waiting, key)
		}
		s.unsaved = s.unsaved[n:]
		if err != nil {
			return &SaveError{Key: s.unsaved[0], Err: err}
		}
	}
	s.unsaved = nil
	return nil
}

// saveMany writes the annotations that unsaved begins with, in one call, and
// gives how many of unsaved are done.
func (s *Store) saveMany(bulk Bulk) (int, error) {
	if s.outdated {
		return 0, ErrNewer
	}
	var keys []string
	var all []*annotation.Annotation
	for _, key := range s.unsaved {
		_, kind, rest, _ := split(key)
		articleID, id, ok := annotationNames(rest)
		a := s.byID[id]
		if !ok || kind != kindAnnotation || a == nil || a.Article != articleID {
			break // of another kind, or moved to another article
		}
		keys, all = append(keys, key), append(all, a)
	}
	if len(keys) < 2 {
		return 0, nil
	}
	kept, err := bulk.GetAll(keys)
	if err != nil {
		return 0, err
	}
	var changed, values []string
	var places []int // of those in keys
	for i, key := range keys {
		value, write, stop := s.settle(all[i], key, kept[i], kept[i] != "")
		if stop != nil {
			keys, err = keys[:i], stop
			break
		}
		if write {
			changed, values, places = append(changed, key), append(values, value), append(places, i)
		}
	}
	if len(changed) > 0 {
		n, failed := bulk.SetAll(changed, values)
		if failed != nil && n < len(changed) {
			return places[n], failed
		}
	}
	return len(keys), err
}

// save writes what is in memory under key, joined with what another tab may
// have written there since.
func (s *Store) save(key string) error {
	if s.outdated {
		return ErrNewer
	}
	_, kind, rest, _ := split(key)
	switch kind {
	case kindType:
		for _, t := range s.types {
			if typeKey(t.Name) == key {
				return s.backend.Set(key, annotation.MarshalType(t))
			}
		}
		return nil
	case kindWord:
		for _, w := range s.words {
			if wordKey(w.Text) == key {
				return s.backend.Set(key, annotation.MarshalWord(w))
			}
		}
		return nil
	}
	articleID, id, ok := annotationNames(rest)
	a := s.byID[id]
	if !ok || a == nil {
		return nil
	}
	if a.Article != articleID { // moved to another article
		if err := s.save(annotationKey(a.Article, id)); err != nil {
			return err // the old key goes once the new one is there
		}
		return s.backend.Remove(key)
	}
	kept, ok, err := s.backend.Get(key)
	if err != nil {
		return err
	}
	value, write, err := s.settle(a, key, kept, ok)
	if err != nil || !write {
		return err
	}
	return s.backend.Set(key, value)
}

// settle is what is to be stored of an annotation under its key, joined with what
// another tab has left there; write is false where that says the same.
func (s *Store) settle(a *annotation.Annotation, key, kept string, ok bool) (value string, write bool, err error) {
	value = annotation.Marshal(*a)
	if ok && kept != value {
		theirs, err := annotation.Unmarshal(a.ID, a.Article, kept)
		switch {
		case err == nil:
			joined := annotation.Join(*a, theirs)
			s.replace(joined)
			value = annotation.Marshal(joined)
		case errors.Is(err, annotation.ErrNewer):
			s.outdated = true
			return "", false, ErrNewer
		default:
			s.setAside(key, kept, err)
		}
	}
	return value, !ok || kept != value, nil
}

// Unsaved is the annotations that are in memory alone.
func (s *Store) Unsaved() []annotation.Annotation {
	var out []annotation.Annotation
	for _, key := range s.unsaved {
		_, kind, rest, _ := split(key)
		if kind != kindAnnotation {
			continue
		}
		if _, id, ok := annotationNames(rest); ok && s.byID[id] != nil {
			out = append(out, *s.byID[id])
		}
	}
	return out
}

// Apply takes in what another tab wrote: key and value as the storage event
// gives them, ok false where the key was removed. It returns what changed here.
// A key that vanished changes nothing: deleting leaves a tombstone, and a reader
// who empties the storage while a page is open has the work in memory still.
func (s *Store) Apply(key, value string, ok bool) Change {
	version, kind, rest, ours := split(key)
	switch {
	case !ours || !ok:
		return nil
	case version > Version:
		s.outdated = true
		return nil
	case version < Version:
		return nil // an older tab, which the page has told to stop
	}
	switch kind {
	case kindType:
		if t, err := annotation.UnmarshalType(value); err == nil {
			s.types[t.Name] = joinTypes(s.types[t.Name], t)
		}
		return nil
	case kindWord:
		if w, err := annotation.UnmarshalWord(value); err == nil {
			s.words[w.Text] = joinWords(s.words[w.Text], w)
		}
		return nil
	case kindAnnotation:
	default:
		return nil
	}
	articleID, id, ok := annotationNames(rest)
	if !ok {
		return nil
	}
	theirs, err := annotation.Unmarshal(id, articleID, value)
	if err != nil {
		s.outdated = s.outdated || errors.Is(err, annotation.ErrNewer)
		return nil // what else cannot be read is set aside when it is next loaded
	}
	sh := s.shelf(articleID)
	sh.unread = slices.DeleteFunc(sh.unread, func(k string) bool { return k == key })
	var before annotation.Annotation
	if old := s.byID[id]; old != nil {
		before = *old
	}
	after := s.hold(theirs)
	if !same(after, theirs) {
		// Both wrote before they heard of each other. The join is the same in
		// both tabs, so writing it settles.
		s.write([]string{annotationKey(after.Article, id)})
	}
	if before.ID != "" && same(before, after) {
		return nil
	}
	return Change{after}
}

// Types is the reader's claim types in order, those deleted left out.
func (s *Store) Types() []annotation.Type {
	var out []annotation.Type
	for _, t := range s.types {
		if !t.Deleted {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b annotation.Type) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), strings.Compare(a.Name, b.Name))
	})
	return out
}

// PutTypes keeps claim types, as one change to undo. The error is as Put's.
func (s *Store) PutTypes(types ...annotation.Type) error { return s.did(s.putTypes(types)) }

func (s *Store) putTypes(types []annotation.Type) (st step) {
	for _, t := range types {
		before := s.types[t.Name]
		t.Modified = s.after(before.Modified)
		s.types[t.Name] = t
		st = append(st, typeEdit{before, t})
	}
	return st
}

// Words is the reader's own words in order, those deleted left out.
func (s *Store) Words() []string {
	var out []string
	for _, w := range s.words {
		if !w.Deleted {
			out = append(out, w.Text)
		}
	}
	slices.Sort(out)
	return out
}

// WordRecords is the reader's own words as an export has them, those deleted
// left out.
func (s *Store) WordRecords() []annotation.Word {
	var out []annotation.Word
	for _, text := range s.Words() {
		out = append(out, s.words[text])
	}
	return out
}

// PutWord keeps a word, or with deleted forgets it, as one change to undo. The
// error is as Put's.
func (s *Store) PutWord(text string, deleted bool) error {
	before := s.words[text]
	w := annotation.Word{Text: text, Modified: s.after(before.Modified), Deleted: deleted}
	s.words[text] = w
	return s.did(step{wordEdit{before, w}})
}

// after is now, or a millisecond after t where this clock is behind.
func (s *Store) after(t time.Time) time.Time {
	now := annotation.Milliseconds(s.Now())
	if !now.After(t) {
		now = t.Add(time.Millisecond)
	}
	return now
}

// Usage is how many UTF-16 units the program's keys and values take, which is
// what a browser's quota of about five million counts.
func (s *Store) Usage() (units int, err error) {
	keys, err := s.backend.Keys()
	if err != nil {
		return 0, err
	}
	keys = slices.DeleteFunc(keys, func(key string) bool { return !strings.HasPrefix(key, root) })
	values, err := s.values(keys)
	if err != nil {
		return 0, err
	}
	for i := range keys {
		units += utf16Units(keys[i]) + utf16Units(values[i])
	}
	return units, nil
}

func utf16Units(s string) (n int) {
	for _, r := range s {
		if n++; r > 0xffff {
			n++
		}
	}
	return n
}
