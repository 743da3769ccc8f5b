package annotation

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pizhu/app/article"
)

// The generators below make anything the model can hold: texts with every kind
// of rune, numbers of every size, every field left out now and then.

var runes = []rune("批註基準測試訴訟融資，。「」Claude 3 Opus\n\t\"\\/<>&'𠮷😀\u2028\u0000é：%#?")

func text(r *rand.Rand, most int) string {
	n := r.IntN(most + 1)
	var b strings.Builder
	for range n {
		b.WriteRune(runes[r.IntN(len(runes))])
	}
	return b.String()
}

func maybe[T any](r *rand.Rand, v func() T) (none T) {
	if r.IntN(3) == 0 {
		return none
	}
	return v()
}

func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

// when has few values, so that two copies often wrote in the same millisecond.
func when(r *rand.Rand) time.Time {
	if r.IntN(8) == 0 {
		return time.Time{}
	}
	return time.UnixMilli(1_709_510_400_000 + int64(r.IntN(6))).UTC()
}

func randomAnnotation(r *rand.Rand) Annotation {
	a := Annotation{
		ID:       pick(r, []string{"urn:uuid:00000000-0000-4000-8000-00000000000" + string(rune('0'+r.IntN(6))), "https://example.org/" + string(rune('a'+r.IntN(3)))}),
		Article:  pick(r, []string{"a1b2c3", "", "文章/一 二%", "https://example.org/文?q=1#x", "urn:pizhu:article:odd", "urn:pizhu:article:http%3A%2F%2Fx"}),
		Span:     maybe(r, func() article.Span { s := r.IntN(1000); return article.Span{Start: s, End: s + r.IntN(20)} }),
		Quote:    maybe(r, func() Quote { return Quote{text(r, 8), text(r, 32), text(r, 32)} }),
		Type:     maybe(r, func() string { return text(r, 6) }),
		Note:     maybe(r, func() string { return text(r, 40) }),
		Creator:  maybe(r, func() string { return pick(r, []string{"Li Lei", "https://example.org/me", "讀者", text(r, 4)}) }),
		Created:  when(r),
		Modified: when(r),
		Deleted:  r.IntN(5) == 0,
		Facets: Facets{
			Attribution: maybe(r, func() string { return text(r, 6) }),
			Certainty:   maybe(r, func() Certainty { return pick(r, Certainties) }),
			Quantity: maybe(r, func() Quantity {
				return Quantity{pick(r, []float64{0, 1, -2.5, 1e21, 1e-7, 200_000, 0.1}), text(r, 3), text(r, 3)}
			}),
			Verdict: maybe(r, func() Verdict { return pick(r, Verdicts) }),
			Link:    maybe(r, func() string { return "https://example.org/" + pick(r, []string{"", "文", "a?b=c#d"}) }),
		},
		Extra: maybe(r, func() string {
			return pick(r, []string{
				`{"rights":"https://creativecommons.org/publicdomain/zero/1.0/"}`,
				`{"body":[{"id":"http://example.org/video1","type":"Video"}],"label":"x"}`,
				`{"generator":{"id":"http://example.org/client1","type":"Software"}}`,
			})
		}),
	}
	for range r.IntN(3) {
		a.Relations = append(a.Relations, Relation{pick(r, RelationKinds), "urn:uuid:" + string(rune('a'+r.IntN(3)))})
	}
	for f := range a.Stamps {
		if r.IntN(3) == 0 {
			a.Stamps[f] = unixMilli(when(r))
		}
	}
	return a
}

func randomSet(r *rand.Rand) Set {
	set := Set{Label: maybe(r, func() string { return text(r, 6) })}
	for range r.IntN(8) {
		set.Annotations = append(set.Annotations, randomAnnotation(r))
	}
	for range r.IntN(4) {
		set.Types = append(set.Types, Type{
			Name: pick(r, []string{"benchmark", "lawsuit", "我的"}), Labels: Labels{text(r, 3), text(r, 3), text(r, 3)},
			Colour: pick(r, []string{"", "#a1B2c3", "amber"}), Line: pick(r, []string{"", "wavy", "dotted"}), Order: r.IntN(9) - 4,
			Triggers: maybe(r, func() []string { return []string{"起訴", "狀告"} }), Modified: when(r), Deleted: r.IntN(4) == 0,
		})
	}
	for range r.IntN(3) {
		set.Articles = append(set.Articles, Source{
			ID: pick(r, []string{"a1b2c3", "https://example.org/文"}), Title: text(r, 9), Author: text(r, 3), Publisher: text(r, 3),
			URL: pick(r, []string{"", "https://example.org/a"}), Date: pick(r, []string{"", "2024-03-04"}), Variant: pick(r, []string{"", "zh-TW"}),
			Text: maybe(r, func() string { return text(r, 50) }), Layout: maybe(r, func() string { return "P" + text(r, 3) }), Modified: when(r), Deleted: r.IntN(4) == 0,
		})
	}
	for range r.IntN(3) {
		set.Words = append(set.Words, Word{pick(r, []string{"大語言模型", "長上下文"}), when(r), r.IntN(3) == 0})
	}
	return set
}

const rounds = 1000

func TestDecodeEncodeIsIdentity(t *testing.T) {
	for seed := range uint64(rounds) {
		r := rand.New(rand.NewPCG(seed, 1))
		want := Merge(randomSet(r), Set{})
		var buf bytes.Buffer
		if err := Encode(&buf, want); err != nil {
			t.Fatal(err)
		}
		file := buf.String()
		got, problems, err := Decode(&buf)
		if err != nil {
			t.Fatalf("seed %d: want our own file read, got %v\n%s", seed, err, file)
		}
		if len(problems) > 0 {
			t.Fatalf("seed %d: want no problems in our own file, got %v\n%s", seed, problems, file)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d: want what was encoded, %s\nfrom %.2000s", seed, difference(want, got), file)
		}
		for _, a := range want.Annotations {
			if got, problems, err := Decode(strings.NewReader(JSON(a))); err != nil || len(problems) > 0 || !reflect.DeepEqual(got.Annotations[0], a) {
				t.Fatalf("seed %d: want %+v read from its own line as it was, got %+v, problems %v, error %v", seed, a, got, problems, err)
			}
			if got, err := Unmarshal(a.ID, a.Article, Marshal(a)); err != nil || !reflect.DeepEqual(got, a) {
				t.Fatalf("seed %d: want %+v unmarshalled as it was, got %+v, error %v, from %q", seed, a, got, err, Marshal(a))
			}
		}
	}
}

func TestEncodeIsStable(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	set := randomSet(r)
	for len(set.Annotations) < 3 {
		set = randomSet(r)
	}
	var a, b bytes.Buffer
	Encode(&a, set)
	for i := range set.Annotations {
		j := r.IntN(i + 1)
		set.Annotations[i], set.Annotations[j] = set.Annotations[j], set.Annotations[i]
	}
	Encode(&b, set)
	if a.String() != b.String() {
		t.Errorf("want the same bytes for the same annotations in another order, got\n%s\nand\n%s", a.String(), b.String())
	}
}

func TestUnmarshalRefuses(t *testing.T) {
	good := Marshal(tenThousand().Annotations[0])
	fields := strings.Split(good, "\t")
	with := func(i int, s string) string {
		f := append([]string(nil), fields...)
		f[i] = s
		return strings.Join(f, "\t")
	}
	for _, c := range []struct {
		name, in string
		want     error
	}{
		{"nothing", "", ErrRecord},
		{"JSON", `{"id":1}`, ErrRecord},
		{"a newer version", with(0, "2"), ErrNewer},
		{"a version that is none", with(0, "x"), ErrRecord},
		{"a place that is no number", with(1, "?"), ErrRecord},
		{"a time that is no number", with(8, "!"), ErrRecord},
		{"more fields than there are", good + strings.Repeat("\t", 40), ErrRecord},
		{"an escape that is none", with(3, `\x`), ErrRecord},
		{"an escape cut off", with(3, `\`), ErrRecord},
		{"a verdict that is none", with(18, "hm"), ErrRecord},
		{"a link that would run", good + strings.Repeat("\t", 19-strings.Count(good, "\t")) + "javascript:alert(1)", ErrRecord},
		{"a note longer than any", with(7, strings.Repeat("x", MaxNote+1)), ErrRecord},
	} {
		if _, err := Unmarshal("urn:x:1", "a", c.in); !errors.Is(err, c.want) {
			t.Errorf("%s: want %v, got %v", c.name, c.want, err)
		}
	}
	if _, err := Unmarshal("urn:x:1", "a", good); err != nil {
		t.Errorf("want the record read that the others were made from, got %v", err)
	}
}

// FuzzUnmarshal: no text makes it panic, and what it takes is kept as it is.
func FuzzUnmarshal(f *testing.F) {
	r := rand.New(rand.NewPCG(9, 9))
	for range 20 {
		f.Add(Marshal(randomAnnotation(r)))
	}
	f.Add("1\t0\t1\t\\t\\\\")
	f.Fuzz(func(t *testing.T, s string) {
		a, err := Unmarshal("urn:x:1", "a", s)
		if err != nil {
			return
		}
		if again, err := Unmarshal("urn:x:1", "a", Marshal(a)); err != nil || !reflect.DeepEqual(again, a) {
			t.Fatalf("want %+v kept as it is, got %+v, error %v", a, again, err)
		}
	})
}

func TestDecodePauses(t *testing.T) {
	var buf bytes.Buffer
	Encode(&buf, tenThousand())
	file := buf.String()
	var told []float64
	set, _, err := DecodeWith(strings.NewReader(file), func(done float64) error {
		told = append(told, done)
		return nil
	})
	if err != nil || len(set.Annotations) != 10_000 || len(told) < 300 || told[0] != 0 || told[len(told)-1] != 1 || !slices.IsSorted(told) {
		t.Errorf("want hundreds of pauses from the start to the end, got %v, %v", told, err)
	}
	enough := errors.New("enough")
	for _, from := range []float64{0, 0.3, 0.7, 1} {
		n := 0
		set, _, err := DecodeWith(strings.NewReader(file), func(done float64) error {
			if done < from {
				return nil
			}
			n++
			return enough
		})
		if err != enough || n != 1 || len(set.Annotations) > 0 {
			t.Errorf("stopped at %v: want the reading to end there with nothing read, got %d annotations, %d more pauses, error %v", from, len(set.Annotations), n-1, err)
		}
	}
}
