package anchor

import (
	"strings"
	"testing"

	"pizhu/app/annotation"
	"pizhu/app/article"
	"pizhu/corpus"
)

// megabyte is the articles that ship, over and over, with a number in each copy
// so that they differ.
func megabyte() string {
	var b strings.Builder
	for i := 0; b.Len() < 1<<20; i++ {
		for _, a := range corpus.Articles() {
			b.WriteString("第")
			b.WriteString(strings.Repeat("〇", i%7+1))
			b.WriteString("篇\n")
			b.WriteString(a.Text)
		}
	}
	return b.String()
}

func selectors(text string, n int) (sels []annotation.Selector) {
	runes := []rune(text)
	for i := range n {
		start := (i*7919 + 41) % (len(runes) - 10)
		sels = append(sels, annotation.Selector{
			Exact:  string(runes[start : start+6]),
			Prefix: string(runes[max(start-32, 0):start]),
			Suffix: string(runes[start+6 : min(start+38, len(runes))]),
			Span:   article.Span{Start: start, End: start + 6},
		})
	}
	return sels
}

func BenchmarkFindAllUnchangedMegabyte(b *testing.B) {
	text := megabyte()
	sels := selectors(text, 10_000)
	b.ReportAllocs()
	for b.Loop() {
		NewText(text, nil).FindAll(sels, nil)
	}
}

func BenchmarkFindAllShiftedMegabyte(b *testing.B) {
	text := megabyte()
	sels := selectors(text, 1000)
	now := "新添的一段。\n" + text
	b.ReportAllocs()
	for b.Loop() {
		NewText(now, nil).FindAll(sels, nil)
	}
}

func BenchmarkFindLostInArticle(b *testing.B) {
	text := corpus.Articles()[0].Text
	sel := annotation.Selector{Exact: "模型", Prefix: "這句話從來不在這篇文章裡，說的是另一個", Suffix: "，在另一個地方，由另一個人訓練出來。", Span: article.Span{Start: 100, End: 102}}
	t := NewText(text, nil)
	b.ReportAllocs()
	for b.Loop() {
		if _, _, ok := t.Find(sel); ok {
			b.Fatal("found")
		}
	}
}
