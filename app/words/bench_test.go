package words_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"pizhu/app/article"
	"pizhu/app/lexicon"
	"pizhu/app/words"
)

// benchText is the Simplified article of the corpus, 2,700 runes of it, and about
// 1 MB of its paragraphs.
func benchText(b testing.TB) (one, mega string) {
	files, _ := filepath.Glob("../../corpus/*.txt")
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		if strings.Contains(string(data), "variant: zh-Hans") {
			one = string(data)
		}
	}
	if one == "" {
		b.Fatal("the corpus has no Simplified article")
	}
	return one, strings.Repeat(one, 1_000_000/len(one)+1)
}

var kept []article.Span

func BenchmarkFirst(b *testing.B) {
	one, _ := benchText(b)
	lex := lexicon.Embedded()
	b.ReportMetric(float64(utf8.RuneCountInString(one)), "runes")
	b.ReportAllocs()
	for b.Loop() {
		kept = words.New(lex, one).Words(one)
	}
}

func BenchmarkNew1MB(b *testing.B) {
	_, mega := benchText(b)
	lex := lexicon.Embedded()
	b.SetBytes(int64(len(mega)))
	b.ReportAllocs()
	for b.Loop() {
		words.New(lex, mega)
	}
}

func benchWords(b *testing.B, text string) {
	s := words.New(lexicon.Embedded(), text)
	lines := strings.Split(text, "\n")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		for _, line := range lines {
			kept = s.Words(line)
		}
	}
}

func BenchmarkWords100KB(b *testing.B) {
	_, mega := benchText(b)
	benchWords(b, mega[:strings.LastIndex(mega[:100_000], "\n")])
}

func BenchmarkWords1MB(b *testing.B) {
	_, mega := benchText(b)
	benchWords(b, mega)
}

func BenchmarkWordsOfOneLine1MB(b *testing.B) {
	_, mega := benchText(b)
	benchWords(b, strings.ReplaceAll(mega, "\n", ""))
}

// BenchmarkHeap reports what a Segmenter of the article keeps, one that is done and
// one that goes on learning.
func BenchmarkHeap(b *testing.B) {
	one, _ := benchText(b)
	lex := lexicon.Embedded()
	words.New(lex, one)
	for _, kind := range []struct {
		name string
		make func() *words.Segmenter
	}{
		{"done", func() *words.Segmenter { return words.New(lex, one) }},
		{"learner", func() *words.Segmenter {
			s := words.NewLearner(lex, nil)
			s.Learn(one)
			return s
		}},
	} {
		b.Run(kind.name, func(b *testing.B) {
			var before, after runtime.MemStats
			for b.Loop() {
				runtime.GC()
				runtime.ReadMemStats(&before)
				s := kind.make()
				runtime.GC()
				runtime.ReadMemStats(&after)
				runtime.KeepAlive(s)
			}
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc), "kept-B")
		})
	}
}

// BenchmarkBlocks1MB is what a page does: 1 MB of blocks, learned some at a time, each
// split by itself.
func BenchmarkBlocks1MB(b *testing.B) {
	_, mega := benchText(b)
	lex := lexicon.Embedded()
	lines := strings.Split(mega, "\n")
	b.SetBytes(int64(len(mega)))
	b.ReportAllocs()
	for b.Loop() {
		s := words.NewLearner(lex, nil)
		for i, line := range lines {
			if i%256 == 0 {
				s.Learn(strings.Join(lines[i:min(i+256, len(lines))], "\n"))
			}
			kept = s.Words(line)
		}
	}
}
