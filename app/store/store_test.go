package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pizhu/app/annotation"
	"pizhu/app/article"
)

const text = "昨天發布的模型在多項基準測試中超過了對手，公司同時宣布新一輪融資。"

// clock ticks a millisecond at every look, or stands still.
type clock struct {
	ms    int64
	still bool
}

func (c *clock) now() time.Time {
	if !c.still {
		c.ms++
	}
	return time.UnixMilli(1_709_510_400_000 + c.ms).UTC()
}

func opened(b Backend) *Store {
	s := Open(b)
	s.Now = (&clock{}).now
	return s
}

func make1(start int, typ string) annotation.Annotation {
	return annotation.New("art", text, article.Span{Start: start, End: start + 2}, typ, "", time.UnixMilli(1_709_510_400_000))
}

func mustPut(t *testing.T, s *Store, as ...annotation.Annotation) {
	t.Helper()
	if err := s.Put(as...); err != nil {
		t.Fatalf("want it kept, got %v", err)
	}
}

func notes(as []annotation.Annotation) string {
	var out []string
	for _, a := range as {
		out = append(out, a.Quote.Exact+":"+a.Type+":"+a.Note)
	}
	return strings.Join(out, " ")
}

func TestPutSurvivesReopening(t *testing.T) {
	m := &Memory{}
	s := opened(m)
	a, b := make1(2, "release"), make1(9, "benchmark")
	b.Note = "多項\t\\\n\x00測試😀"
	mustPut(t, s, a, b)
	a.Note = "改"
	mustPut(t, s, a)
	odd := make1(4, "odd")
	odd.Article, odd.ID = "文/章 %", "https://example.org/a/1"
	mustPut(t, s, odd)

	again := opened(m)
	if got, want := again.Annotations("art"), s.Annotations("art"); !reflect.DeepEqual(got, want) || len(got) != 2 {
		t.Errorf("want the two annotations again, got %+v, not %+v", got, want)
	}
	if got := again.Annotations("文/章 %"); len(got) != 1 || got[0].ID != odd.ID {
		t.Errorf("want identities with odd signs again, got %+v", got)
	}
	if got := again.Articles(); !slices.Equal(got, []string{"art", "文/章 %"}) {
		t.Errorf("want both articles listed, got %q", got)
	}
	if r := again.Report(); len(r.SetAside) > 0 || r.Newer > 0 || r.Err != nil {
		t.Errorf("want nothing to report, got %+v", r)
	}
	if len(m.Values) != 3 {
		t.Errorf("want one key an annotation, got %d", len(m.Values))
	}
}

func TestPutOfNothingNewWritesNothing(t *testing.T) {
	m := &Memory{}
	s := opened(m)
	a := make1(2, "release")
	mustPut(t, s, a)
	writes := m.Writes
	mustPut(t, s, a)
	mustPut(t, s, s.Annotations("art")...)
	if m.Writes != writes {
		t.Errorf("want no write for what is kept already, got %d", m.Writes-writes)
	}
	s.Undo()
	if s.CanUndo() {
		t.Errorf("want no step on the list for what changed nothing")
	}
}

func TestDeleteIsRemembered(t *testing.T) {
	m := &Memory{}
	s := opened(m)
	a := make1(2, "release")
	a.Note = "秘密"
	mustPut(t, s, a)
	old := s.Annotations("art")[0]
	if err := s.Delete(a.ID); err != nil {
		t.Fatal(err)
	}
	again := opened(m)
	if got := again.Annotations("art"); len(got) != 0 {
		t.Errorf("want it gone, got %+v", got)
	}
	if _, err := again.Merge(annotation.Set{Annotations: []annotation.Annotation{old}}, nil); err != nil {
		t.Fatal(err)
	}
	if got := again.Annotations("art"); len(got) != 0 {
		t.Errorf("want it still gone after an old export came in, got %+v", got)
	}
	for k, v := range m.Values {
		if strings.Contains(v, "秘密") || strings.Contains(v, "發布") {
			t.Errorf("want no words of what was deleted kept, got %s = %q", k, v)
		}
	}
}

func TestUndoRedo(t *testing.T) {
	m := &Memory{}
	s := opened(m)
	var states []string
	state := func() string { return notes(s.Annotations("art")) }
	a, b := make1(2, "release"), make1(9, "benchmark")
	for _, do := range []func(){
		func() { mustPut(t, s, a, b) }, // a group
		func() { x := a; x.Note = "一"; mustPut(t, s, x) },
		func() { x, _ := s.Get(a.ID); x.Type = "lawsuit"; mustPut(t, s, x) },
		func() { s.Delete(a.ID, b.ID) },
	} {
		states = append(states, state())
		do()
	}
	states = append(states, state())
	for round := range 3 {
		for i := len(states) - 2; i >= 0; i-- {
			if _, ok := s.Undo(); !ok || state() != states[i] {
				t.Fatalf("round %d, undo %d: want %q, got %q (%v)", round, i, states[i], state(), ok)
			}
			if got := notes(opened(m).Annotations("art")); got != states[i] {
				t.Fatalf("round %d, undo %d: want %q kept, got %q", round, i, states[i], got)
			}
		}
		if _, ok := s.Undo(); ok || s.CanUndo() {
			t.Fatalf("want nothing left to undo")
		}
		for i := 1; i < len(states); i++ {
			if _, ok := s.Redo(); !ok || state() != states[i] {
				t.Fatalf("round %d, redo %d: want %q, got %q (%v)", round, i, states[i], state(), ok)
			}
		}
		if _, ok := s.Redo(); ok || s.CanRedo() {
			t.Fatalf("want nothing left to redo")
		}
	}
	s.Undo()
	mustPut(t, s, make1(15, "forecast"))
	if s.CanRedo() {
		t.Errorf("want a new change to end redo")
	}
}

// link makes two stores on one backend hear of each other's writes as two tabs
// do: later, and in order.
type link struct {
	*Memory
	events *[]event
}

type event struct{ key, value string }

func (l link) Set(key, value string) error {
	changed := l.Memory.Values[key] != value
	if err := l.Memory.Set(key, value); err != nil {
		return err
	}
	if changed {
		*l.events = append(*l.events, event{key, value})
	}
	return nil
}

// deliver hands the events over, and those that follow from them, up to a limit
// that only two tabs answering each other for ever would reach.
func deliver(t *testing.T, a, b *Store, toB, toA *[]event) {
	t.Helper()
	for range 10_000 {
		switch {
		case len(*toB) > 0:
			e := (*toB)[0]
			*toB = (*toB)[1:]
			b.Apply(e.key, e.value, true)
		case len(*toA) > 0:
			e := (*toA)[0]
			*toA = (*toA)[1:]
			a.Apply(e.key, e.value, true)
		default:
			return
		}
	}
	t.Fatal("want two tabs to settle, but they answer each other for ever")
}

func TestTwoTabs(t *testing.T) {
	m := &Memory{}
	var toA, toB []event
	a, b := opened(link{m, &toB}), opened(link{m, &toA})
	b.Now = (&clock{ms: 500}).now

	one := make1(2, "release")
	mustPut(t, a, one)
	deliver(t, a, b, &toB, &toA)
	if got := notes(b.Annotations("art")); got != "發布:release:" {
		t.Fatalf("want the other tab to see it, got %q", got)
	}

	// A writes a note, and before B hears of it, B sets the verdict.
	x, _ := a.Get(one.ID)
	x.Note = "一"
	mustPut(t, a, x)
	y, _ := b.Get(one.ID)
	y.Verdict = annotation.Confirmed
	mustPut(t, b, y)
	deliver(t, a, b, &toB, &toA)
	for name, s := range map[string]*Store{"A": a, "B": b, "reopened": opened(m)} {
		got := s.Annotations("art")
		if len(got) != 1 || got[0].Note != "一" || got[0].Verdict != annotation.Confirmed {
			t.Errorf("%s: want A's note and B's verdict, got %+v", name, got)
		}
	}

	// Undo in A takes the note back and leaves B's verdict.
	a.Undo()
	deliver(t, a, b, &toB, &toA)
	if got := b.Annotations("art"); got[0].Note != "" || got[0].Verdict != annotation.Confirmed {
		t.Errorf("want A's undo to take its note alone, got %+v", got)
	}
	// Undo of making it would take B's verdict along, so there is nothing left.
	if c, ok := a.Undo(); ok {
		t.Errorf("want B's work to keep A from undoing, got %+v", c)
	}
	// B deletes; A, which has not heard, writes a note: it stays deleted.
	b.Delete(one.ID)
	z, _ := a.Get(one.ID)
	z.Note = "二"
	a.Put(z)
	deliver(t, a, b, &toB, &toA)
	if len(a.Annotations("art"))+len(b.Annotations("art"))+len(opened(m).Annotations("art")) != 0 {
		t.Errorf("want it deleted everywhere, got %v and %v", a.Annotations("art"), b.Annotations("art"))
	}
	// B takes its deletion back.
	b.Undo()
	deliver(t, a, b, &toB, &toA)
	if got := a.Annotations("art"); len(got) != 1 || got[0].Verdict != annotation.Confirmed {
		t.Errorf("want it back in A, got %+v", got)
	}
}

// Two tabs do anything at all, hearing of each other late; in the end both
// hold, and the storage keeps, the same.
func TestTwoTabsConverge(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		m := &Memory{}
		var toA, toB []event
		tabs := []*Store{opened(link{m, &toB}), opened(link{m, &toA})}
		tabs[1].Now = (&clock{ms: int64(r.IntN(20)) - 10}).now
		pool := []annotation.Annotation{make1(2, "a"), make1(5, "b"), make1(9, "c")}
		for range 40 {
			s := tabs[r.IntN(2)]
			a := pool[r.IntN(len(pool))]
			if known, ok := s.Get(a.ID); ok {
				a = known
			}
			switch r.IntN(8) {
			case 0:
				s.Delete(a.ID)
			case 1:
				s.Undo()
			case 2:
				s.Redo()
			case 3:
				a.Deleted = false
				a.Quote.Exact = "回來"
				s.Put(a)
			case 4:
				a.Note = fmt.Sprint(r.IntN(5))
				s.Put(a)
			case 5:
				a.Type = fmt.Sprint(r.IntN(5))
				s.Put(a)
			case 6:
				if len(toA) > 0 {
					tabs[0].Apply(toA[0].key, toA[0].value, true)
					toA = toA[1:]
				}
			case 7:
				deliver(t, tabs[0], tabs[1], &toB, &toA)
			}
		}
		deliver(t, tabs[0], tabs[1], &toB, &toA)
		a, b, kept := tabs[0].All(), tabs[1].All(), opened(m).All()
		if !reflect.DeepEqual(a, b) || !reflect.DeepEqual(a, kept) {
			t.Fatalf("seed %d: want both tabs and the storage to hold the same, got\n%+v\n%+v\n%+v", seed, a, b, kept)
		}
	}
}

func TestTwoTabsWriteAThousandEach(t *testing.T) {
	m := &Memory{}
	var toA, toB []event
	a, b := opened(link{m, &toB}), opened(link{m, &toA})
	for i := range 1000 {
		mustPut(t, a, make1(i%20, "a"))
		mustPut(t, b, make1(i%20, "b"))
		if i%100 == 7 {
			deliver(t, a, b, &toB, &toA)
		}
	}
	deliver(t, a, b, &toB, &toA)
	for name, s := range map[string]*Store{"A": a, "B": b, "reopened": opened(m)} {
		if n := len(s.Annotations("art")); n != 2000 {
			t.Errorf("%s: want 2000 annotations, got %d", name, n)
		}
	}
}

func TestFailedSaves(t *testing.T) {
	for _, c := range []struct {
		name      string
		fail, fix func(*Memory)
		want      error
	}{
		{"quota", func(m *Memory) { m.Quota = 1 }, func(m *Memory) { m.Quota = 0 }, ErrQuota},
		{"blocked", func(m *Memory) { m.Blocked = true }, func(m *Memory) { m.Blocked = false }, ErrBlocked},
	} {
		m := &Memory{}
		s := opened(m)
		a, b := make1(2, "release"), make1(9, "benchmark")
		mustPut(t, s, a)
		c.fail(m)
		b.Note = "沒有存成"
		err := s.Put(b)
		var save *SaveError
		if !errors.Is(err, c.want) || !errors.As(err, &save) || save.Key != annotationKey("art", b.ID) {
			t.Errorf("%s: want a SaveError of its key, got %v", c.name, err)
		}
		if got := s.Annotations("art"); len(got) != 2 {
			t.Errorf("%s: want both in memory, got %+v", c.name, got)
		}
		if got := s.Unsaved(); len(got) != 1 || got[0].Note != b.Note {
			t.Errorf("%s: want the one that was not kept listed, got %+v", c.name, got)
		}
		if err := s.Retry(); !errors.Is(err, c.want) {
			t.Errorf("%s: want a retry to fail as long as it must, got %v", c.name, err)
		}
		// Work goes on, undo too.
		s.Delete(a.ID)
		s.Undo()
		if got := s.Annotations("art"); len(got) != 2 {
			t.Errorf("%s: want undo to work in memory, got %+v", c.name, got)
		}
		c.fix(m)
		mustPut(t, s, make1(15, "forecast"))
		if got := s.Unsaved(); len(got) != 0 {
			t.Errorf("%s: want the next save to catch up, still unsaved %+v", c.name, got)
		}
		if got := notes(opened(m).Annotations("art")); got != notes(s.Annotations("art")) || len(s.Annotations("art")) != 3 {
			t.Errorf("%s: want all of it kept then, got %q", c.name, got)
		}
	}
}

func TestOpenBlocked(t *testing.T) {
	s := opened(&Memory{Blocked: true})
	if !errors.Is(s.Report().Err, ErrBlocked) {
		t.Errorf("want the report to say that storage is blocked, got %+v", s.Report())
	}
	if err := s.Put(make1(2, "release")); !errors.Is(err, ErrBlocked) {
		t.Errorf("want a save to say so, got %v", err)
	}
	if len(s.Annotations("art")) != 1 || len(s.Unsaved()) != 1 {
		t.Errorf("want the work in memory, got %+v", s.Annotations("art"))
	}
	if _, err := s.Usage(); err == nil {
		t.Errorf("want no figure for the space used")
	}
}

func TestGarbageIsSetAside(t *testing.T) {
	good := make1(2, "release")
	key := annotationKey("art", good.ID)
	for _, c := range []struct{ name, key, value string }{
		{"words", prefix(1, "a") + "art/123", "hello"},
		{"JSON", prefix(1, "a") + "art/123", `{"a":1}`},
		{"a record cut off", prefix(1, "a") + "art/123", "1\t?"},
		{"binary", prefix(1, "a") + "art/123", "\x00\x01"},
		{"no identity", prefix(1, "a") + "art", "1"},
		{"no identity, with its slash", prefix(1, "a") + "art/", "1"},
		{"an identity too many", prefix(1, "a") + "art/b/c", "1"},
		{"a bad escape", prefix(1, "a") + "art/=%zz", "1"},
		{"an escape that was not needed", prefix(1, "a") + "art/=urn:uuid:123", "1"},
		{"a type", prefix(1, "t") + "x", "hello"},
		{"a type without a name", prefix(1, "t") + "x", "{}"},
		{"a word", prefix(1, "w") + "x", "[]"},
	} {
		m := &Memory{Values: map[string]string{key: annotation.Marshal(good), c.key: c.value}}
		s := opened(m)
		if got := s.Annotations("art"); len(got) != 1 || got[0].ID != good.ID {
			t.Errorf("%s: want the good one read, got %+v", c.name, got)
		}
		r := s.Report()
		if len(r.SetAside) != 1 || r.SetAside[0].Key != c.key || r.SetAside[0].Err == nil {
			t.Errorf("%s: want it reported, got %+v", c.name, r)
			continue
		}
		aside := r.SetAside[0].Aside
		if !strings.HasPrefix(aside, "pizhu/quarantine/") || !strings.HasSuffix(aside, "/"+c.key) || m.Values[aside] != c.value {
			t.Errorf("%s: want it whole under another key, got %q = %q", c.name, aside, m.Values[aside])
		}
		if _, ok := m.Values[c.key]; ok {
			t.Errorf("%s: want its old key free", c.name)
		}
		if again := opened(m); len(again.Annotations("art")) != 1 || len(again.Report().SetAside) != 0 {
			t.Errorf("%s: want it left in peace afterwards, got %+v", c.name, again.Report())
		}
	}
}

func TestGarbageThatCannotBeMoved(t *testing.T) {
	key := prefix(1, "a") + "art/123"
	m := &Memory{Values: map[string]string{key: "hello"}, Quota: 1}
	s := opened(m)
	s.Annotations("art")
	if r := s.Report(); len(r.SetAside) != 1 || r.SetAside[0].Aside != "" || m.Values[key] != "hello" {
		t.Errorf("want it left in place and reported, got %+v, %v", r, m.Values)
	}
}

func TestWhatIsNotOursIsLeftAlone(t *testing.T) {
	others := map[string]string{
		"goapp":                "x",
		"pizhu/1/pref":         `{"theme":"dark"}`,
		"pizhu/1/pref/size":    "l",
		"pizhu/odd":            "y",
		"pizhu/2/a/art/1":      "2\tsomething",
		"pizhu/2/z":            "z",
		"pizhu/quarantine/1/x": "q",
	}
	m := &Memory{Values: map[string]string{}}
	for k, v := range others {
		m.Values[k] = v
	}
	s := opened(m)
	mustPut(t, s, make1(2, "release"))
	s.All()
	for k, v := range others {
		if m.Values[k] != v {
			t.Errorf("want %s left as it was, got %q", k, m.Values[k])
		}
	}
	if r := s.Report(); r.Newer != 2 || len(r.SetAside) != 0 {
		t.Errorf("want the newer version's two keys told, and nothing else, got %+v", r)
	}
}

func TestNewerVersionTakesOver(t *testing.T) {
	m := &Memory{}
	s := opened(m)
	a := make1(2, "release")
	mustPut(t, s, a)
	s.Apply("pizhu/2/a/art/1", "whatever", true)
	if !s.Outdated() {
		t.Fatal("want to know that a newer version has written")
	}
	before := m.Writes
	a.Note = "太晚"
	if err := s.Put(a); !errors.Is(err, ErrNewer) || m.Writes != before {
		t.Errorf("want nothing written any more, got %v and %d writes", err, m.Writes-before)
	}
	if got := s.Unsaved(); len(got) != 1 || got[0].Note != "太晚" {
		t.Errorf("want the work in memory, got %+v", got)
	}
}

func TestNewerRecordIsNotOverwritten(t *testing.T) {
	m := &Memory{}
	s := opened(m)
	a := make1(2, "release")
	mustPut(t, s, a)
	key := annotationKey("art", a.ID)
	m.Values[key] = "2\tfrom the future"
	a.Note = "舊"
	if err := s.Put(a); !errors.Is(err, ErrNewer) || m.Values[key] != "2\tfrom the future" {
		t.Errorf("want a newer record left alone, got %v, %q", err, m.Values[key])
	}
	again := opened(m)
	if got := again.Annotations("art"); len(got) != 0 || again.Report().Newer != 1 || m.Values[key] != "2\tfrom the future" {
		t.Errorf("want it left alone on loading too, got %+v, %+v", got, again.Report())
	}
}

func TestMigrations(t *testing.T) {
	// Version 1 kept notes alone, version 2 gave them a time, version 3 other keys.
	steps := map[int]migration{
		1: func(kind, rest, value string) (string, string, string, error) {
			if value == "bad" {
				return "", "", "", errors.New("bad")
			}
			if value == "useless" {
				return "", "", "", nil
			}
			return kind, rest, value + "@0", nil
		},
		2: func(kind, rest, value string) (string, string, string, error) {
			return "note", rest, value, nil
		},
	}
	samples := map[string]string{
		"pizhu/1/n/1": "一", "pizhu/1/n/2": "bad", "pizhu/1/n/3": "useless", "pizhu/1/n/4": "late",
		"pizhu/2/n/5": "五@9", "pizhu/3/note/4": "newer@8", "pizhu/4/x": "later", "other": "o",
	}
	want := map[string]string{
		"pizhu/3/note/1": "一@0", "pizhu/3/note/4": "newer@8", "pizhu/3/note/5": "五@9",
		"pizhu/4/x": "later", "other": "o",
	}
	for cut := range 12 { // the browser may end after any write
		m := &cutOff{Memory: Memory{Values: map[string]string{}}, left: cut}
		for k, v := range samples {
			m.Values[k] = v
		}
		open(m, 3, steps)
		m.left = 1000
		s := open(m, 3, steps)
		for k, v := range want {
			if m.Values[k] != v {
				t.Errorf("cut off after %d writes: want %s = %q, got %q", cut, k, v, m.Values[k])
			}
		}
		for k, v := range m.Values {
			if _, ok := want[k]; ok {
				continue
			}
			if !strings.HasPrefix(k, quarantine) || v != "bad" && v != "late" && v != "一" {
				t.Errorf("cut off after %d writes: want nothing else but what was set aside, got %s = %q", cut, k, v)
			}
		}
		if s.Report().Newer != 1 {
			t.Errorf("want the newer version's key told, got %+v", s.Report())
		}
	}
}

// cutOff is a browser that is killed after some writes.
type cutOff struct {
	Memory
	left int
}

func (c *cutOff) Set(key, value string) error {
	if c.left--; c.left < 0 {
		return ErrBlocked
	}
	return c.Memory.Set(key, value)
}

func (c *cutOff) Remove(key string) error {
	if c.left--; c.left < 0 {
		return ErrBlocked
	}
	return c.Memory.Remove(key)
}

func TestMergeIsOneStep(t *testing.T) {
	m := &Memory{}
	s := opened(m)
	mine := make1(2, "release")
	mustPut(t, s, mine)
	theirs := annotation.Touch(mine, func() annotation.Annotation { x := mine; x.Note = "來自別處"; return x }(), time.UnixMilli(1_709_510_500_000))
	gone := make1(12, "gone")
	gone.Deleted = true
	set := annotation.Set{
		Annotations: []annotation.Annotation{theirs, make1(9, "benchmark"), gone},
		Types:       []annotation.Type{{Name: "mine", Labels: annotation.Labels{En: "Mine"}, Modified: time.UnixMilli(5).UTC()}},
		Words:       []annotation.Word{{Text: "大模型", Modified: time.UnixMilli(5).UTC()}},
	}
	change, err := s.Merge(set, nil)
	if err != nil || len(change) != 2 {
		t.Fatalf("want two annotations changed, got %+v, %v", change, err)
	}
	if got := notes(s.Annotations("art")); got != "發布:release:來自別處 基準:benchmark:" && !strings.Contains(got, "來自別處") {
		t.Errorf("want both, got %q", got)
	}
	if again, err := s.Merge(set, nil); err != nil || len(again) != 0 {
		t.Errorf("want nothing to change the second time, got %+v, %v", again, err)
	}
	all := opened(m).All()
	if len(all.Annotations) != 3 || len(all.Types) != 1 || len(all.Words) != 1 {
		t.Errorf("want it all kept, the tombstone too, got %+v", all)
	}
	if live := Live(all); len(live.Annotations) != 2 {
		t.Errorf("want Live to leave the tombstone out, got %+v", live)
	}
	if _, ok := s.Undo(); !ok || notes(s.Annotations("art")) != "發布:release:" || len(s.Types()) != 0 || len(s.Words()) != 0 {
		t.Errorf("want one undo to take all of it back, got %q, %v, %v", notes(s.Annotations("art")), s.Types(), s.Words())
	}
	s.Redo()
	if got := opened(m); len(got.Annotations("art")) != 2 || len(got.Types()) != 1 || !slices.Equal(got.Words(), []string{"大模型"}) {
		t.Errorf("want one redo to bring all of it again, got %+v", got.All())
	}
}

func TestMergePauses(t *testing.T) {
	m := &bulk{}
	s := opened(m)
	mustPut(t, s, make1(2, "before"))
	set := many()
	before, own := s.All(), make1(5, "meanwhile")
	last, n := 0.0, 0
	change, err := s.Merge(set, func(done float64) error {
		if done <= last || done > 1 {
			t.Errorf("want the share done to grow to 1, got %v after %v", done, last)
		}
		if n++; n == 3 { // the reader goes on working
			mustPut(t, s, own)
		}
		if kept := len(opened(m).All().Annotations); kept < 640*(n-1) {
			t.Fatalf("want what was taken in to be kept by the next pause, %d are after %v", kept, done)
		}
		last = done
		return nil
	})
	if err != nil || last != 1 || n < 10 || len(change) != len(set.Annotations) {
		t.Fatalf("want all changed in dozens of slices, got %d in %d, error %v", len(change), n, err)
	}
	if _, ok := s.Undo(); !ok || len(Live(s.All()).Annotations) != 2 {
		t.Errorf("want one undo to take all of it back and nothing else, %d are left", len(Live(s.All()).Annotations))
	}
	s.Undo()
	if got := Live(s.All()); !reflect.DeepEqual(got, before) {
		t.Errorf("want the next undo to take back what was done meanwhile, got %+v", got)
	}

	// Stopped, it has done what it has done, and that can be taken back.
	s = opened(&bulk{})
	change, err = s.Merge(set, func(done float64) error {
		if done > 0.5 {
			return errors.New("enough")
		}
		return nil
	})
	if kept := len(s.All().Annotations); err != nil || len(change) != kept || kept < 5_000 || kept > 6_000 {
		t.Errorf("want half of it, told and kept, got %d told and %d kept, error %v", len(change), kept, err)
	}
	if s.Undo(); len(Live(s.All()).Annotations) != 0 || s.CanUndo() {
		t.Errorf("want one undo to take the half back")
	}
}

func TestGroup(t *testing.T) {
	m := &Memory{}
	s := opened(m)
	mustPut(t, s, make1(0, "before"))
	s.Group(func() {
		mustPut(t, s, make1(2, "a"))
		s.Merge(annotation.Set{Annotations: []annotation.Annotation{make1(9, "b")}}, nil)
		s.Delete(s.Annotations("art")[0].ID)
	})
	mustPut(t, s, make1(15, "after"))
	s.Undo()
	s.Undo()
	if got := notes(s.Annotations("art")); got != "昨天:before:" || notes(opened(m).Annotations("art")) != got {
		t.Errorf("want one undo to take the group back, got %q", got)
	}
	s.Redo()
	if got := s.Annotations("art"); len(got) != 2 {
		t.Errorf("want one redo to bring the group again, got %q", notes(got))
	}
	s.Group(func() {})
	if !s.CanUndo() || !s.CanRedo() {
		t.Error("want an empty group to change nothing")
	}
}

func TestMoveToAnotherArticle(t *testing.T) {
	m := &Memory{}
	s := opened(m)
	a := make1(2, "release")
	mustPut(t, s, a)
	a.Article = "new"
	mustPut(t, s, a)
	if len(s.Annotations("art")) != 0 || len(s.Annotations("new")) != 1 || len(m.Values) != 1 {
		t.Errorf("want it under the new article alone, got %v", m.Values)
	}
	s.Undo()
	if len(s.Annotations("art")) != 1 || len(opened(m).Annotations("art")) != 1 || len(m.Values) != 1 {
		t.Errorf("want it back under the old one, got %v", m.Values)
	}
}

func TestUsage(t *testing.T) {
	m := &Memory{Values: map[string]string{"other": "not ours", "pizhu/1/pref": "一😀"}}
	got, err := opened(m).Usage()
	if want := len("pizhu/1/pref") + 3; err != nil || got != want {
		t.Errorf("want %d UTF-16 units, got %d, %v", want, got, err)
	}
}

// bulk counts how often it is asked.
type bulk struct {
	Memory
	asked, told int
}

func (b *bulk) SetAll(keys, values []string) (int, error) {
	b.told++
	for i, k := range keys {
		if err := b.Set(k, values[i]); err != nil {
			return i, err
		}
	}
	return len(keys), nil
}

func (b *bulk) GetAll(keys []string) ([]string, error) {
	b.asked++
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = b.Values[k]
	}
	return out, nil
}

func TestBulk(t *testing.T) {
	b := &bulk{}
	s := opened(b)
	for i := range 100 {
		mustPut(t, s, make1(i%20, "a"))
	}
	again := opened(b)
	if n := len(again.Annotations("art")); n != 100 || b.asked != 1 {
		t.Errorf("want 100 annotations read in one call, got %d in %d", n, b.asked)
	}
}

func TestSetAside(t *testing.T) {
	m := &Memory{}
	s := opened(m)
	a, b := make1(2, "a"), make1(9, "b")
	mustPut(t, s, a, b)
	value := m.Values[annotationKey("art", a.ID)]
	if change := s.SetAside(a.ID, "urn:uuid:none"); len(change) != 1 || change[0].ID != a.ID || !change[0].Deleted {
		t.Errorf("want the one that was set aside told as gone, got %v", change)
	}
	if got := s.Annotations("art"); len(got) != 1 || got[0].ID != b.ID {
		t.Errorf("want the other alone left, got %v", got)
	}
	if d := s.Report().SetAside; len(d) != 1 || m.Values[d[0].Aside] != value {
		t.Errorf("want it kept whole elsewhere and told, got %v", d)
	}
	if got := opened(m).Annotations("art"); len(got) != 1 {
		t.Errorf("want it to stay so, got %v", got)
	}
}

// Many at once are written as one by one: what another tab wrote is joined, what
// is unreadable is set aside, what has no room waits.
func TestBulkWritesAsOneByOne(t *testing.T) {
	one, many := &Memory{}, &bulk{}
	var set annotation.Set
	for i := range 40 {
		set.Annotations = append(set.Annotations, make1(i%20, "a"))
	}
	theirs := set.Annotations[7]
	theirs.Note = "別處寫的"
	theirs = annotation.Touch(set.Annotations[7], theirs, time.UnixMilli(1_709_510_500_000))
	moved := set.Annotations[9]
	moved.Article = "art2"
	for _, m := range []*Memory{one, &many.Memory} {
		s := Open(m)
		s.Now = (&clock{still: true}).now
		mustPut(t, s, moved)
	}
	for _, b := range []Backend{one, many} {
		s := Open(b)
		s.Now = (&clock{still: true}).now
		s.Annotations("art") // read before the others write
		b.Set(annotationKey("art", theirs.ID), annotation.Marshal(theirs))
		b.Set(annotationKey("art", set.Annotations[3].ID), "unreadable")
		b.Set(annotationKey("art", set.Annotations[5].ID), annotation.Marshal(set.Annotations[5]))
		set.Types = []annotation.Type{{Name: "own"}}
		if _, err := s.Merge(set, nil); err != nil {
			t.Fatalf("want it merged, got %v", err)
		}
	}
	if !reflect.DeepEqual(one.Values, many.Values) {
		t.Errorf("want the same stored by many as by one:\n%v\n%v", one.Values, many.Values)
	}
	if many.told == 0 || many.Writes > one.Writes {
		t.Errorf("want them written in few calls and no more often, got %d calls, %d writes for %d", many.told, many.Writes, one.Writes)
	}

	// A newer version's record stops it.
	m := &bulk{}
	s := opened(m)
	s.Annotations("art")
	m.Set(annotationKey("art", set.Annotations[2].ID), "2\tfrom the future")
	if _, err := s.Merge(annotation.Set{Annotations: set.Annotations}, nil); !errors.Is(err, ErrNewer) || !s.Outdated() {
		t.Errorf("want nothing more written beside a newer version, got %v", err)
	}
	if v := m.Values[annotationKey("art", set.Annotations[2].ID)]; v != "2\tfrom the future" {
		t.Errorf("want the newer version's record left alone, it is %q", v)
	}
}

func TestBulkAndQuota(t *testing.T) {
	m := &bulk{Memory: Memory{Quota: 2000}}
	s := opened(m)
	var all []annotation.Annotation
	for i := range 100 {
		all = append(all, make1(i%20, "a"))
	}
	err := s.Put(all...)
	if !errors.Is(err, ErrQuota) {
		t.Fatalf("want the quota told, got %v", err)
	}
	if n := len(s.Unsaved()); n == 0 || n+len(m.Values) != 100 {
		t.Fatalf("want what was not written to wait, %d wait and %d are written", n, len(m.Values))
	}
	m.Quota = 0
	if err := s.Retry(); err != nil || len(m.Values) != 100 || len(s.Unsaved()) != 0 {
		t.Errorf("want all written once there is room, got %v, %d", err, len(m.Values))
	}
}

// FuzzOpen: whatever stands in the storage, nothing panics, nothing is lost,
// and a save works afterwards.
func FuzzOpen(f *testing.F) {
	f.Add("pizhu/1/a/art/123", "1\t0\t2\t發布")
	f.Add("pizhu/1/a/art/=%", "hello")
	f.Add("pizhu/1/t/x", `{"pizhu:name":"x"}`)
	f.Add("pizhu/quarantine/1/pizhu/1/a/art/123", "x")
	f.Fuzz(func(t *testing.T, key, value string) {
		m := &Memory{Values: map[string]string{key: value}}
		s := opened(m)
		s.All()
		mustPut(t, s, make1(2, "release"))
		for _, v := range m.Values {
			if v == value {
				return
			}
		}
		t.Errorf("want %q = %q kept somewhere, got %q", key, value, m.Values)
	})
}

func filled(n int) *Memory {
	m := &Memory{Values: map[string]string{}}
	for i := range n {
		a := make1(i%20, "benchmark")
		a.Note = "出處待查"
		m.Values[annotationKey("art", a.ID)] = annotation.Marshal(a)
	}
	return m
}

func BenchmarkLoad10000(b *testing.B) {
	m := filled(10_000)
	units, _ := opened(m).Usage()
	b.ReportAllocs()
	for b.Loop() {
		if n := len(opened(m).Annotations("art")); n != 10_000 {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(units), "UTF-16-units")
}

func BenchmarkPutAmong10000(b *testing.B) {
	s := opened(filled(10_000))
	s.Annotations("art")
	b.ReportAllocs()
	for b.Loop() {
		s.Put(make1(3, "lawsuit"))
	}
}

func BenchmarkMerge10000(b *testing.B) {
	all := opened(filled(10_000)).All()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := opened(&Memory{}).Merge(all, nil); err != nil {
			b.Fatal(err)
		}
	}
}
