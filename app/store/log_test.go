package store

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"

	"pizhu/app/annotation"
)

// lazy is a browser's localStorage: what it is told is in memory, and reaches
// the disk some time later. The log beside it is quicker.
type lazy struct {
	Memory
	disk map[string]string
	log  []Logged
}

func (l *lazy) Set(key, value string) error {
	if err := l.Memory.Set(key, value); err != nil {
		return err
	}
	l.log = append(l.log, Logged{key, value})
	return nil
}

func (l *lazy) Remove(key string) error {
	l.log = append(l.log, Logged{Key: key})
	return l.Memory.Remove(key)
}

func (l *lazy) flush() { l.disk = maps.Clone(l.Values) }

// killed is the storage as the next start finds it.
func (l *lazy) killed() *lazy {
	return &lazy{Memory: Memory{Values: maps.Clone(l.disk)}, disk: maps.Clone(l.disk)}
}

// otherwise is the last write to each key of which the storage knows otherwise,
// which is what the browser's side of the log gives.
func (l *lazy) otherwise(log []Logged) (out []Logged) {
	for i, e := range log {
		last := true
		for _, later := range log[i+1:] {
			last = last && later.Key != e.Key
		}
		if last && l.Values[e.Key] != e.Value {
			out = append(out, e)
		}
	}
	return out
}

func everything(s *Store) string {
	var out []string
	for _, a := range s.All().Annotations {
		out = append(out, a.Article+" "+a.ID+" "+annotation.Marshal(a))
	}
	for _, t := range s.AllTypes() {
		out = append(out, annotation.MarshalType(t))
	}
	return strings.Join(append(out, s.Words()...), "\n")
}

func TestReplayBringsBackWhatTheDiskLacks(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		l := &lazy{}
		s := opened(l)
		flushed, killedAt := r.IntN(60), r.IntN(60)
		var before string // of the moment of the kill
		var logged int
		for i := range 60 {
			if i == flushed {
				l.flush()
			}
			all := s.Annotations("art")
			switch k := r.IntN(10); {
			case k < 5 || len(all) == 0:
				mustPut(t, s, make1(r.IntN(30), "release"))
			case k < 6:
				s.Delete(all[r.IntN(len(all))].ID)
			case k < 7:
				a := all[r.IntN(len(all))]
				a.Article = "art2"
				mustPut(t, s, a)
			case k < 8:
				s.PutWord(fmt.Sprint("詞", r.IntN(5)), r.IntN(2) == 0)
			case k < 9:
				s.Undo()
			default:
				a := all[r.IntN(len(all))]
				a.Note += "記"
				mustPut(t, s, a)
			}
			if i == killedAt {
				before, logged = everything(s), len(l.log)
			}
		}
		if flushed > killedAt {
			l.disk = nil // it had not come to that
		}
		next, log := l.killed(), l.log[:logged]
		s = opened(next)
		if _, err := s.Replay(next.otherwise(log)); err != nil {
			t.Fatalf("seed %d: want the log replayed, got %v", seed, err)
		}
		if got := everything(s); got != before {
			t.Fatalf("seed %d, flushed at %d, killed at %d: want after the replay\n%s\ngot\n%s", seed, flushed, killedAt, before, got)
		}
		if got := everything(opened(next)); got != before {
			t.Fatalf("seed %d: want it stored so too\n%s\ngot\n%s", seed, before, got)
		}
		for key := range next.Values {
			_, kind, rest, _ := split(key)
			if articleID, id, ok := annotationNames(rest); ok && kind == kindAnnotation {
				if a, _ := s.Get(id); a.Article != articleID {
					t.Fatalf("seed %d: want no key left behind by an annotation that moved, %s is", seed, key)
				}
			}
		}
		writes := next.Writes
		if change, _ := s.Replay(next.otherwise(log)); len(change) != 0 || next.Writes != writes {
			t.Fatalf("seed %d: want a second replay to change nothing, it changed %d and wrote %d times", seed, len(change), next.Writes-writes)
		}
		if s.CanUndo() {
			t.Fatalf("seed %d: want nothing of a replay to undo", seed)
		}
	}
}

func TestReplayIsNoStepBack(t *testing.T) {
	m := &Memory{}
	s := opened(m)
	a := make1(2, "release")
	mustPut(t, s, a)
	old := maps.Clone(m.Values)
	a.Note = "後來寫的"
	mustPut(t, s, a)
	s.Delete(make1(4, "funding").ID)
	b := make1(9, "lawsuit")
	mustPut(t, s, b)
	key := annotationKey("art", b.ID)
	undeleted := m.Values[key]
	s.Delete(b.ID)

	s = opened(m)
	log := []Logged{{key, undeleted}}
	for k, v := range old {
		log = append(log, Logged{k, v})
	}
	change, err := s.Replay(log)
	if err != nil || len(change) != 0 {
		t.Errorf("want nothing changed by a log that is older than the storage, got %v, %v", change, err)
	}
	if got := notes(s.Annotations("art")); got != "發布:release:後來寫的" {
		t.Errorf("want the later note, and what was deleted gone; got %q", got)
	}
}

func TestReplayTakesNothingElse(t *testing.T) {
	a := make1(2, "release")
	key := annotationKey("art", a.ID)
	m := &Memory{Values: map[string]string{key: annotation.Marshal(a), "pizhu/1/pref": "{}", "other": "x"}}
	before := maps.Clone(m.Values)
	s := opened(m)
	_, err := s.Replay([]Logged{
		{"pizhu/2/a/art/1", "2\tnewer"}, {"pizhu/1/pref", `{"Theme":"dark"}`}, {"other", "y"}, {"", "z"},
		{annotationKey("art", "urn:uuid:2"), "no record"}, {"pizhu/1/a/art", "1"}, {"pizhu/1/t/x", "{"},
		{key, ""}, {"pizhu/1/pref", ""}, {"other", ""},
	})
	if err != nil || !maps.Equal(m.Values, before) {
		t.Errorf("want all left as it was, got %v, %v", m.Values, err)
	}
	if s.Outdated() {
		t.Error("want a newer version's log to be passed over")
	}
}
