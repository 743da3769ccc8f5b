package claims

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"

	"pizhu/app/article"
)

// labelled is a sentence of the test set with the types it reports, and the
// types on which readers differ.
type labelled struct {
	text     string
	types    map[string]bool
	optional map[string]bool
}

func readLabelled(t testing.TB, name string) []labelled {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatalf("expected the labelled sentences at %s: %v", name, err)
	}
	defer f.Close()
	known := map[string]bool{}
	for _, typ := range Types() {
		known[typ.Name] = true
	}
	var out []labelled
	sc := bufio.NewScanner(f)
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		labels, text, ok := strings.Cut(line, "\t")
		if !ok {
			t.Fatalf("%s:%d: expected types, a tab and a sentence, got %q", name, n, line)
		}
		l := labelled{text, map[string]bool{}, map[string]bool{}}
		for _, label := range strings.Split(labels, ",") {
			if optional, ok := strings.CutPrefix(label, "?"); ok {
				l.optional[optional] = true
				label = optional
			} else if label != "-" {
				l.types[label] = true
			}
			if label != "-" && !known[label] {
				t.Fatalf("%s:%d: no type is called %q", name, n, label)
			}
		}
		out = append(out, l)
	}
	if err := sc.Err(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out
}

type score struct{ right, wrong, missed int }

func (s score) precision() float64 { return ratio(s.right, s.right+s.wrong) }
func (s score) recall() float64    { return ratio(s.right, s.right+s.missed) }
func (s score) f1() float64        { return ratio(2*s.right, 2*s.right+s.wrong+s.missed) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// measure counts, by type, the sentences for which that type was rightly
// suggested, wrongly suggested and missed.
func measure(t testing.TB, sentences []labelled, words func(string) []article.Span, explain bool) (map[string]*score, score) {
	by := map[string]*score{}
	for _, typ := range Types() {
		by[typ.Name] = &score{}
	}
	var all score
	for _, l := range sentences {
		got := map[string]Suggestion{}
		for _, s := range Suggest(l.text, words(l.text)) {
			if _, known := got[s.Type]; !known {
				got[s.Type] = s
			}
		}
		for typ := range by {
			s, suggested := got[typ]
			switch {
			case suggested && l.types[typ]:
				by[typ].right++
				all.right++
			case suggested && !l.optional[typ]:
				by[typ].wrong++
				all.wrong++
				if explain {
					t.Logf("wrong  %-12s %.2f %s %q: %s", typ, s.Confidence, s.Reason.Rule, s.Reason.Trigger, l.text)
				}
			case !suggested && l.types[typ]:
				by[typ].missed++
				all.missed++
				if explain {
					t.Logf("missed %-12s %s", typ, l.text)
				}
			}
		}
	}
	return by, all
}

func table(title string, by map[string]*score, all score) string {
	var names []string
	for name := range by {
		names = append(names, name)
	}
	sort.Strings(names)
	var b strings.Builder
	fmt.Fprintf(&b, "\n%-24s %9s %9s %9s   right wrong missed\n", title, "precision", "recall", "F1")
	for _, name := range names {
		s := by[name]
		fmt.Fprintf(&b, "%-24s %9.3f %9.3f %9.3f   %5d %5d %6d\n", name, s.precision(), s.recall(), s.f1(), s.right, s.wrong, s.missed)
	}
	fmt.Fprintf(&b, "%-24s %9.3f %9.3f %9.3f   %5d %5d %6d\n", "all", all.precision(), all.recall(), all.f1(), all.right, all.wrong, all.missed)
	return b.String()
}

func noWords(string) []article.Span { return nil }

// TestQuality holds the figures that were measured: two thirds of the labelled
// sentences were in sight while the rules were written, one third was not.
// PIZHU_EXPLAIN=visible prints every sentence in sight that came out wrong.
func TestQuality(t *testing.T) {
	for _, c := range []struct {
		file  string
		least float64 // F1 over all types
	}{{"visible", .85}, {"heldout", .85}, {"later", .85}} {
		sentences := readLabelled(t, "testdata/"+c.file+".tsv")
		by, all := measure(t, sentences, noWords, os.Getenv("PIZHU_EXPLAIN") == c.file)
		t.Log(table(fmt.Sprintf("%s (%d sentences)", c.file, len(sentences)), by, all))
		if all.f1() < c.least {
			t.Errorf("F1 on %s is %.3f, expected at least %.2f", c.file, all.f1(), c.least)
		}
	}
}
