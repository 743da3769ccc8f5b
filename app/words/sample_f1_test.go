package words_test

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"pizhu/app/article"
	"pizhu/app/lexicon"
	"pizhu/app/words"
)

// TestSegmentedSample says in which direction the lists, the rare words left out
// and the grouping move the boundaries. The sample is small and ours; it guards
// against a step back, and measures nothing else.
func TestSegmentedSample(t *testing.T) {
	data, err := os.ReadFile("testdata/segmented.txt")
	if err != nil {
		t.Fatal(err)
	}
	var gold [][]string
	var all strings.Builder
	for _, line := range strings.Split(string(data), "\n") {
		if line != "" && line[0] != '#' {
			gold = append(gold, strings.Split(line, "|"))
			all.WriteString(strings.ReplaceAll(line, "|", "") + "\n")
		}
	}
	f1 := func(s *words.Segmenter, log bool) float64 {
		hits, found, wanted := 0, 0, 0
		for _, want := range gold {
			text, at := strings.Join(want, ""), 0
			spans := make(map[article.Span]bool)
			for _, w := range want {
				n := utf8.RuneCountInString(w)
				spans[article.Span{Start: at, End: at + n}] = true
				at += n
			}
			got := s.Words(text)
			right := 0
			for _, w := range got {
				if spans[w] {
					right++
				}
			}
			if log && right < len(spans) {
				t.Logf("%s", strings.Join(cut(text, got), "|"))
			}
			hits, found, wanted = hits+right, found+len(got), wanted+len(spans)
		}
		return 2 * float64(hits) / float64(found+wanted)
	}
	exact := f1(words.NewExact(lexicon.Embedded(), all.String()), false)
	ours := f1(words.New(lexicon.Embedded(), all.String()), testing.Verbose())
	t.Logf("F1 %.3f, gse with its whole dictionary %.3f", ours, exact)
	if ours < exact+0.05 || ours < 0.93 {
		t.Errorf("F1 is %.3f where gse with its whole dictionary has %.3f, expected .05 more and at least .93", ours, exact)
	}
}
