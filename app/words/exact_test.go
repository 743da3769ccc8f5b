package words_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-ego/gse"

	"pizhu/app/article"
	"pizhu/app/lexicon"
	"pizhu/app/words"
)

// whole is gse with its whole Simplified dictionary, which takes 2 s and 130 MB.
func whole(t testing.TB) *gse.Segmenter {
	t.Helper()
	seg, err := gse.NewEmbed("zh_s")
	if err != nil {
		t.Fatalf("gse did not load its own dictionary: %v", err)
	}
	return &seg
}

func gseSpans(seg *gse.Segmenter, text string) []article.Span {
	var spans []article.Span
	start := 0
	for _, s := range seg.Segment([]byte(text)) {
		end := start + utf8.RuneCountInString(text[s.Start():s.End()])
		spans = append(spans, article.Span{Start: start, End: end})
		start = end
	}
	return spans
}

// mixedLines are lines of news and lines that no one would write: dictionary
// words in random order, so that the paths run close to each other, among Latin,
// digits, full-width forms, emoji and ill-formed bytes.
func mixedLines(t testing.TB, seg *gse.Segmenter) []string {
	t.Helper()
	var lines []string
	files, err := filepath.Glob("../../corpus/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no articles in the corpus: %v", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.Split(string(data), "\n")...)
	}
	lines = append(lines, strings.Split(sample, "\n")...)
	rng := rand.New(rand.NewPCG(1, 2))
	tokens := seg.Dict.Tokens
	noise := []string{"GPT-4", " ", "，", "。", "Claude 3", "１９９７年", "3.5亿", "👩‍💻", "é", "e\u0301", "\xff", "Ω", "א", "㐀", "𠮷", "4S店", "T恤", "\t", "%", "C++"}
	for range 3000 {
		var b strings.Builder
		for range 5 + rng.IntN(60) {
			switch rng.IntN(12) {
			case 0:
				b.WriteString(noise[rng.IntN(len(noise))])
			case 1: // half a word, so that what was left out could matter
				w := []rune(tokens[rng.IntN(len(tokens))].Text())
				b.WriteString(string(w[rng.IntN(len(w)):]))
			default:
				w := tokens[rng.IntN(len(tokens))].Text()
				if rng.IntN(8) == 0 {
					w = strings.ToUpper(w)
				}
				b.WriteString(w)
			}
		}
		lines = append(lines, b.String())
	}
	return lines
}

func TestExactSplitsAsGseWithItsWholeDictionary(t *testing.T) {
	seg := whole(t)
	lines := mixedLines(t, seg)
	runes, differ := 0, 0
	check := func(s *words.Segmenter, line string) {
		got, want := s.Words(line), gseSpans(seg, line)
		runes += utf8.RuneCountInString(line)
		if len(got) != len(want) {
			differ++
		} else {
			for i := range got {
				if got[i] != want[i] {
					differ++
					break
				}
			}
		}
		if differ == 1 {
			t.Errorf("%q\n got %v\nwant %v", line, cut(line, got), cut(line, want))
		}
	}
	all := words.NewExact(lexicon.Embedded(), strings.Join(lines, "\n"))
	for i, line := range lines {
		check(all, line)
		if i%10 == 0 {
			check(words.NewExact(lexicon.Embedded(), line), line)
		}
	}
	if differ > 0 {
		t.Errorf("%d of %d lines are not split as by gse whole, expected 0", differ, len(lines))
	}
	t.Logf("%d lines, %d runes: %d differ", len(lines), runes, differ)
}

func cut(text string, spans []article.Span) []string {
	runes := []rune(text)
	out := make([]string, len(spans))
	for i, s := range spans {
		out[i] = string(runes[s.Start:s.End])
	}
	return out
}
