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

// BenchmarkHeap reports what a Segmenter of the article keeps.
func BenchmarkHeap(b *testing.B) {
	one, _ := benchText(b)
	lex := lexicon.Embedded()
	words.New(lex, one)
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		s := words.New(lex, one)
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(s)
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc), "kept-B")
}
