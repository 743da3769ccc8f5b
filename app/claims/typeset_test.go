package claims

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
)

var noon = time.UnixMilli(1_709_550_000_000).UTC()

func names(ts TypeSet) []string {
	var out []string
	for _, t := range ts.Types() {
		out = append(out, t.Name)
	}
	return out
}

func must(t *testing.T) func(TypeSet, error) TypeSet {
	return func(ts TypeSet, err error) TypeSet {
		t.Helper()
		if err != nil {
			t.Fatalf("expected the change to be made: %v", err)
		}
		return ts
	}
}

func TestAnEmptySetIsTheShippedTypes(t *testing.T) {
	if got, want := (TypeSet{}).Types(), Types(); !reflect.DeepEqual(got, want) {
		t.Errorf("a reader who changed nothing has\n%+v, expected\n%+v", got, want)
	}
}

func TestChangingTypes(t *testing.T) {
	do := must(t)
	var ts TypeSet
	ts, name, err := ts.Add("  能源  政策 ", "zh-Hans", "", noon)
	if err != nil {
		t.Fatalf("adding a type: %v", err)
	}
	typ, ok := ts.Find(name)
	if !ok || typ.Labels.Hans != "能源 政策" {
		t.Errorf("the new type is %+v, expected the label with its white space tidied", typ)
	}
	if got := names(ts); got[len(got)-1] != name || len(got) != 13 {
		t.Errorf("the types are %v, expected %s at the end of 13", got, name)
	}
	if typ.Underline == (Underline{}) || typ.Light == (Colours{}) {
		t.Errorf("the new type has no colours or underline: %+v", typ)
	}
	for _, other := range Types() {
		if other.Light == typ.Light && other.Underline == typ.Underline {
			t.Errorf("the new type looks like %s", other.Name)
		}
	}
	again, sameName, err := TypeSet{}.Add("能源 政策", "zh-Hans", "", noon)
	if err != nil || sameName != name {
		t.Errorf("another reader's type of the same label is called %q (%v), expected %q", sameName, err, name)
	}
	if merged := MergeTypes(ts, again); len(merged.Types()) != 13 {
		t.Errorf("the two merged are %d types, expected 13", len(merged.Types()))
	}

	ts = do(ts.Rename(name, "en", "Energy", noon))
	ts = do(ts.Recolour(name, "#336699", noon))
	ts = do(ts.Line(name, Underline{"wavy", 20}, noon))
	ts = do(ts.Triggers(name, []string{" 储能 ", "", "光伏", "储能"}, noon))
	typ, _ = ts.Find(name)
	light, _, _ := Paint("#336699")
	if typ.Labels.English != "Energy" || typ.Light != light || typ.Underline != (Underline{"wavy", 20}) {
		t.Errorf("after renaming and repainting the type is %+v", typ)
	}
	if e, _ := ts.find(name); !slices.Equal(e.Triggers, []string{"储能", "光伏"}) {
		t.Errorf("the triggers are %q, expected each once and none empty", e.Triggers)
	}
	ts = do(ts.Rename(Benchmark, "zh-Hant", "評測", noon))
	if typ, _ := ts.Find(Benchmark); typ.Label("zh-TW") != "評測" || typ.Label("zh-Hans") != "基准测试" {
		t.Errorf("a shipped type renamed in one language is %+v, expected the others as they were", typ.Labels)
	}

	ts = do(ts.Move(name, 0, noon))
	if got := names(ts); got[0] != name || got[1] != Benchmark {
		t.Errorf("moved to the front: %v", got)
	}
	ts = do(ts.Move(name, 3, noon))
	if got := names(ts); got[3] != name {
		t.Errorf("moved to the fourth place: %v", got)
	}
	ts = do(ts.Move(name, 99, noon))
	if got := names(ts); got[len(got)-1] != name {
		t.Errorf("moved beyond the end: %v", got)
	}

	ts = do(ts.MergeInto(name, Price, noon))
	if _, ok := ts.Find(name); ok {
		t.Error("a type merged into another is still there")
	}
	if e, _ := ts.find(Price); !slices.Contains(e.Triggers, "储能") {
		t.Errorf("the triggers of the merged type were lost: %q", e.Triggers)
	}
	ts = do(ts.Delete(Lawsuit, noon))
	if slices.Contains(names(ts), Lawsuit) {
		t.Error("a shipped type was deleted and is still there")
	}
	if typ, ok := ts.Find(Lawsuit); ok || typ.Labels.Hant != "訴訟" {
		t.Errorf("a deleted type is found as %+v, %v, expected its label for the claims that still carry it", typ, ok)
	}
	ts, revived, err := ts.Add("能源 政策", "zh-Hans", "price", noon)
	if err != nil || revived != name {
		t.Errorf("adding a deleted type again gives %q, %v, expected %q back", revived, err, name)
	}
	if !slices.Contains(names(ts), name) {
		t.Error("a type that was added again is not there")
	}
}

func TestTypeChangesThatAreRefused(t *testing.T) {
	var ts TypeSet
	long := strings.Repeat("長", 41)
	for _, c := range []struct {
		name string
		do   func() error
		want error
	}{
		{"blank label", func() error { _, _, err := ts.Add(" \n ", "en", "", noon); return err }, ErrLabel},
		{"long label", func() error { _, _, err := ts.Add(long, "en", "", noon); return err }, ErrLabel},
		{"label of a shipped type", func() error { _, _, err := ts.Add("訴訟", "zh-Hant", "", noon); return err }, ErrTaken},
		{"the same in other case", func() error { _, _, err := ts.Add("LAWSUIT", "en", "", noon); return err }, ErrTaken},
		{"colour that is none", func() error { _, _, err := ts.Add("x", "en", "red; }", noon); return err }, ErrColour},
		{"rename to another's", func() error { _, err := ts.Rename(Price, "en", "Funding", noon); return err }, ErrTaken},
		{"rename nothing", func() error { _, err := ts.Rename("nothing", "en", "x", noon); return err }, ErrNoType},
		{"recolour nothing", func() error { _, err := ts.Recolour("nothing", "#000000", noon); return err }, ErrNoType},
		{"recolour to nothing", func() error { _, err := ts.Recolour(Price, "", noon); return err }, ErrColour},
		{"odd line", func() error { _, err := ts.Line(Price, Underline{"groovy", 20}, noon); return err }, ErrLine},
		{"thick line", func() error { _, err := ts.Line(Price, Underline{"solid", 2000}, noon); return err }, ErrLine},
		{"move nothing", func() error { _, err := ts.Move("nothing", 1, noon); return err }, ErrNoType},
		{"delete nothing", func() error { _, err := ts.Delete("nothing", noon); return err }, ErrNoType},
		{"merge into itself", func() error { _, err := ts.MergeInto(Price, Price, noon); return err }, ErrSame},
		{"merge into nothing", func() error { _, err := ts.MergeInto(Price, "nothing", noon); return err }, ErrNoType},
		{"long trigger", func() error { _, err := ts.Triggers(Price, []string{long}, noon); return err }, ErrTriggers},
	} {
		if err := c.do(); !errors.Is(err, c.want) {
			t.Errorf("%s: the error is %v, expected %v", c.name, err, c.want)
		}
	}
	if _, err := ts.Rename(Price, "en", "Price", noon); err != nil {
		t.Errorf("renaming a type to its own label: %v", err)
	}
	odd := TypeSet{{Name: "odd", Colour: "url(javascript:x)", Line: "}"}}
	if typ, ok := odd.Find("odd"); !ok || typ.Light.Fg == "" || typ.Underline.Style == "" {
		t.Errorf("a type with senseless colours resolves to %+v, expected plain ones", typ)
	}
}

func TestMovingManyTimesKeepsTheOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var ts TypeSet
	want := names(ts)
	for n := range 400 {
		from, to := rng.IntN(len(want)), rng.IntN(len(want))
		name := want[from]
		want = slices.Insert(slices.Delete(slices.Clone(want), from, from+1), to, name)
		var err error
		if ts, err = ts.Move(name, to, noon.Add(time.Duration(n)*time.Second)); err != nil {
			t.Fatal(err)
		}
		if got := names(ts); !slices.Equal(got, want) {
			t.Fatalf("after %d moves the order is %v, expected %v", n+1, got, want)
		}
	}
}

// randomTypes is a set that a reader could have made by some changes.
func randomTypes(rng *rand.Rand, changes int) TypeSet {
	var ts TypeSet
	for range changes {
		now := noon.Add(time.Duration(rng.IntN(6)) * time.Millisecond)
		all := ts.Types()
		name := all[rng.IntN(len(all))].Name
		other := all[rng.IntN(len(all))].Name
		var next TypeSet
		var err error
		switch rng.IntN(7) {
		case 0:
			next, _, err = ts.Add(fmt.Sprintf("類別%d", rng.IntN(4)), "zh-Hant", "", now)
		case 1:
			next, err = ts.Rename(name, "en", fmt.Sprintf("label %d", rng.IntN(5)), now)
		case 2:
			next, err = ts.Recolour(name, Palette()[rng.IntN(12)], now)
		case 3:
			next, err = ts.Move(name, rng.IntN(len(all)), now)
		case 4:
			if len(all) > 2 {
				next, err = ts.Delete(name, now)
			} else {
				continue
			}
		case 5:
			if len(all) > 2 {
				next, err = ts.MergeInto(name, other, now)
			} else {
				continue
			}
		default:
			next, err = ts.Triggers(name, []string{fmt.Sprint("詞", rng.IntN(3))}, now)
		}
		if err == nil {
			ts = next
		}
	}
	return ts
}

func TestMergingTypesInAnyOrderIsTheSame(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for n := range 500 {
		a, b, c := randomTypes(rng, rng.IntN(12)), randomTypes(rng, rng.IntN(12)), randomTypes(rng, rng.IntN(12))
		if x, y := MergeTypes(a, b), MergeTypes(b, a); !reflect.DeepEqual(x, y) {
			t.Fatalf("case %d: a with b is\n%+v, b with a\n%+v", n, x, y)
		}
		if x, y := MergeTypes(MergeTypes(a, b), c), MergeTypes(a, MergeTypes(b, c)); !reflect.DeepEqual(x, y) {
			t.Fatalf("case %d: (a b) c is\n%+v, a (b c)\n%+v", n, x, y)
		}
		ab := MergeTypes(a, b)
		if x := MergeTypes(ab, a); !reflect.DeepEqual(x, ab) {
			t.Fatalf("case %d: joining a once more changed\n%+v to\n%+v", n, ab, x)
		}
		if x := MergeTypes(a, a); !reflect.DeepEqual(x.Types(), a.Types()) {
			t.Fatalf("case %d: a with itself is\n%+v, expected\n%+v", n, x.Types(), a.Types())
		}
	}
}

func TestChangesLeaveTheOldSetAlone(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 100 {
		ts := randomTypes(rng, 8)
		before := fmt.Sprintf("%+v", ts)
		for _, typ := range ts.Types() {
			ts.Rename(typ.Name, "en", "another", noon)
			ts.Move(typ.Name, 2, noon)
			ts.Triggers(typ.Name, []string{"x"}, noon)
			ts.Delete(typ.Name, noon)
		}
		if after := fmt.Sprintf("%+v", ts); after != before {
			t.Fatalf("changes reached the set they were made from:\n%s\n%s", before, after)
		}
	}
}

func TestRetype(t *testing.T) {
	all := []annotation.Annotation{{ID: "1", Type: Price}, {ID: "2", Type: Funding}, {ID: "3", Type: Price, Deleted: true}, {ID: "4", Type: Price}}
	got := Retype(all, Price, Funding)
	if len(got) != 2 || got[0].ID != "1" || got[1].ID != "4" || got[0].Type != Funding || got[1].Type != Funding {
		t.Errorf("retyped %+v, expected 1 and 4 as %s", got, Funding)
	}
	if all[0].Type != Price {
		t.Error("the annotations given were changed, expected copies")
	}
	if n := len(InUse(all, Price)); n != 2 {
		t.Errorf("%d claims are of the type, expected 2: the deleted one does not count", n)
	}
}

func TestUnderlineRoundTrip(t *testing.T) {
	for _, typ := range Types() {
		if got, ok := ParseUnderline(typ.Underline.String()); !ok || got != typ.Underline {
			t.Errorf("%v reads back as %v, %v", typ.Underline, got, ok)
		}
	}
	if u, ok := ParseUnderline("wavy"); !ok || u != (Underline{"wavy", 20}) {
		t.Errorf("a style alone reads as %v, %v, expected the usual thickness", u, ok)
	}
	for _, s := range []string{"", "solid-", "solid-x", "solid-020", "solid--5", "curly-20", "solid-99", "solid-20-1"} {
		if u, ok := ParseUnderline(s); ok {
			t.Errorf("%q reads as %v, expected it to be refused", s, u)
		}
	}
}
