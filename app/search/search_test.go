package search_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pizhu/app/article"
	"pizhu/app/search"
)

// show marks hits in their blocks.
func show(blocks []string, hits []search.Hit) []string {
	var out []string
	for _, h := range hits {
		rs := []rune(blocks[h.Block])
		out = append(out, string(rs[:h.Span.Start])+"‹"+string(rs[h.Span.Start:h.Span.End])+"›"+string(rs[h.Span.End:]))
	}
	return out
}

func TestFind(t *testing.T) {
	tests := []struct {
		name, block, query string
		want               []string
	}{
		{"a word", "马斯克的诉讼", "诉讼", []string{"马斯克的‹诉讼›"}},
		{"nothing", "马斯克的诉讼", "", nil},
		{"white space", "马斯克的 诉讼", "  ", nil},
		{"not there", "马斯克的诉讼", "融资", nil},
		{"every place", "大模型与大模型", "大模型", []string{"‹大模型›与大模型", "大模型与‹大模型›"}},
		{"places do not overlap", "哈哈哈哈哈", "哈哈", []string{"‹哈哈›哈哈哈", "哈哈‹哈哈›哈"}},
		{"case", "OpenAI 与 openai", "OPENai", []string{"‹OpenAI› 与 openai", "OpenAI 与 ‹openai›"}},
		{"width of letters", "ＧＰＴ－４", "gpt-4", []string{"‹ＧＰＴ－４›"}},
		{"width of digits, the other way", "共 12.8 万", "１２．８万", []string{"共 ‹12.8 万›"}},
		{"space next to Chinese", "共 100 万个 tokens", "100万个tokens", []string{"共 ‹100 万个 tokens›"}},
		{"space in the query", "共100万", "共 100 万", []string{"‹共100万›"}},
		{"space between Latin words counts", "Claude 3 与 Claude3", "claude 3", []string{"‹Claude 3› 与 Claude3"}},
		{"one space is as good as three", "Sam   Altman", "sam altman", []string{"‹Sam   Altman›"}},
		{"full-width space", "Sam　Altman", "sam altman", []string{"‹Sam　Altman›"}},
		{"spaces at the ends of the query", "大模型", " 模型 ", []string{"大‹模型›"}},
		{"quotation marks", "他说「开源」", "“开源”", []string{"他说‹「开源」›"}},
		{"what cannot be seen", "大\u200b模\u00ad型❤\ufe0f", "大模型❤", []string{"‹大\u200b模\u00ad型❤›\ufe0f"}},
		{"behind emoji", "👩\u200d💻👍🏽写代码", "代码", []string{"👩\u200d💻👍🏽写‹代码›"}},
		{"accents", "CAFÉ", "café", []string{"‹CAFÉ›"}},
		{"half a character is none", "一", string("一"[1:]), nil},
		{"a line feed in the query is white space", "大模型", "大\n模型", []string{"‹大模型›"}},
		{"punctuation", "好，真的", "好,", []string{"‹好，›真的"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			x := search.New()
			x.Add("a", []string{tt.block})
			hits := x.Find(tt.query)
			if got := show([]string{tt.block}, hits); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, expected %q", got, tt.want)
			}
			if _, n := x.Count(tt.query); n != len(hits) {
				t.Errorf("Count says %d, Find has %d", n, len(hits))
			}
		})
	}
}

func TestManyArticles(t *testing.T) {
	x := search.New()
	x.Add("b", []string{"诉讼", "没有", "又是诉讼，还是诉讼"})
	x.Add("a", []string{"诉", "讼"})
	x.Add("c", []string{"", "诉讼"})
	want := []search.Hit{
		{Article: "b", Block: 0, Span: article.Span{Start: 0, End: 2}}, {Article: "b", Block: 2, Span: article.Span{Start: 2, End: 4}},
		{Article: "b", Block: 2, Span: article.Span{Start: 7, End: 9}}, {Article: "c", Block: 1, Span: article.Span{Start: 0, End: 2}},
	}
	if got := x.Find("诉讼"); !slices.Equal(got, want) {
		t.Errorf("got %v, expected %v: in the order of Add, and never across blocks", got, want)
	}
	if got := x.FindIn("b", "诉讼"); !slices.Equal(got, want[:3]) {
		t.Errorf("in b alone: %v, expected %v", got, want[:3])
	}
	if got := x.FindBlock("b", 2, "诉讼"); !slices.Equal(got, want[1:3]) {
		t.Errorf("in the last block of b: %v, expected %v", got, want[1:3])
	}
	if got := x.FindBlock("c", 1, "诉讼"); !slices.Equal(got, want[3:]) {
		t.Errorf("in the last block of c: %v, expected %v", got, want[3:])
	}
	for _, block := range []int{-1, 1, 3} {
		if got := x.FindBlock("b", block, "诉讼"); len(got) != 0 {
			t.Errorf("in block %d of b: %v, expected none", block, got)
		}
	}
	if got := x.FindIn("d", "诉讼"); got != nil {
		t.Errorf("an unknown text has hits: %v", got)
	}
	if got := x.FindFirst("诉讼", 2); !slices.Equal(got, want[:2]) {
		t.Errorf("the first two are %v, expected %v", got, want[:2])
	}
	if got := x.FindFirst("诉讼", -1); len(got) != 0 {
		t.Errorf("the first -1 are %v", got)
	}
	if by, n := x.Count("诉讼"); n != 4 || by["b"] != 3 || by["c"] != 1 || len(by) != 2 {
		t.Errorf("counts are %v and %d, expected b 3, c 1, all 4", by, n)
	}
	x.Add("b", []string{"改了"})
	if got := x.Find("诉讼"); len(got) != 1 || got[0].Article != "c" {
		t.Errorf("after b was replaced: %v, expected c alone", got)
	}
	if got := x.Find("改"); len(got) != 1 || got[0].Article != "b" {
		t.Errorf("the new text of b is not found: %v", got)
	}
	x.Remove("c")
	x.Remove("nothing")
	if got := x.Find("诉讼"); len(got) != 0 {
		t.Errorf("after c was removed: %v", got)
	}
}

func TestAddKeepsItsBlocks(t *testing.T) {
	blocks := []string{"诉讼"}
	x := search.New()
	x.Add("a", blocks)
	blocks[0] = ""
	if got := x.Snippet(x.Find("诉讼")[0], 5).Match; got != "诉讼" {
		t.Errorf("the match is %q after the caller changed its slice", got)
	}
}

func TestSnippet(t *testing.T) {
	block := "第一句话在这里。英国监管机构裁定，安排需要审查，但合并可以放行。"
	x := search.New()
	x.Add("a", []string{block})
	h := x.Find("审查")[0]
	tests := []struct {
		name string
		n    int
		want search.Snippet
	}{
		{"all", 100, search.Snippet{Before: "第一句话在这里。英国监管机构裁定，安排需要", Match: "审查", After: "，但合并可以放行。"}},
		{"cut where a clause begins", 8, search.Snippet{Before: "安排需要", Match: "审查", After: "，但合并可以放行", CutBefore: true, CutAfter: true}},
		{"cut anywhere", 3, search.Snippet{Before: "排需要", Match: "审查", After: "，但合", CutBefore: true, CutAfter: true}},
		{"nothing around", 0, search.Snippet{Match: "审查", CutBefore: true, CutAfter: true}},
	}
	for _, tt := range tests {
		if got := x.Snippet(h, tt.n); got != tt.want {
			t.Errorf("%s: got %+v, expected %+v", tt.name, got, tt.want)
		}
	}
	for _, h := range []search.Hit{{}, {Article: "a", Block: 7}, {Article: "a", Block: -1}, {Article: "a", Span: article.Span{Start: 99, End: 100}}, {Article: "a", Span: article.Span{Start: 5, End: 2}}, {Article: "a", Span: article.Span{Start: -1, End: 2}}} {
		if got := x.Snippet(h, 5); got != (search.Snippet{}) {
			t.Errorf("a hit that lies nowhere (%v) has the snippet %+v", h, got)
		}
	}
}

// FuzzFind checks hits against their definition: the text of each folds to the
// query, and whatever stands before the first hit does not contain it.
func FuzzFind(f *testing.F) {
	f.Add("马斯克 的ＧＰＴ－４ 诉讼", "gpt-4诉", "好")
	f.Add("A b\u00adc", "a bc", "\xff")
	f.Add("哈哈哈", "哈哈", "哈\n哈")
	f.Add("İ\u0130ß", "i", "ẞ")
	f.Fuzz(func(t *testing.T, a, query, b string) {
		x := search.New()
		blocks := []string{a, b}
		x.Add("x", blocks)
		folded := search.Fold(query)
		if search.Fold(folded) != folded {
			t.Errorf("%q folds to %q, and that to %q", query, folded, search.Fold(folded))
		}
		last := search.Hit{Block: -1}
		hits := x.Find(query)
		for _, h := range hits {
			rs := []rune(blocks[h.Block])
			if h.Span.Start < 0 || h.Span.End > len(rs) || h.Span.Empty() {
				t.Fatalf("hit %v is outside block %q", h, blocks[h.Block])
			}
			if h.Block < last.Block || h.Block == last.Block && h.Span.Start < last.Span.End {
				t.Errorf("hit %v does not follow on %v", h, last)
			}
			if got := search.Fold(string(rs[h.Span.Start:h.Span.End])); got != folded {
				t.Errorf("hit %q folds to %q, expected %q", string(rs[h.Span.Start:h.Span.End]), got, folded)
			}
			last = h
		}
		if _, n := x.Count(query); n != len(hits) {
			t.Errorf("Count says %d, Find has %d", n, len(hits))
		}
		if folded != "" {
			n := strings.Count(search.Fold(a), folded) + strings.Count(search.Fold(b), folded)
			if n != len(hits) {
				t.Errorf("%d hits, the folded text has %d", len(hits), n)
			}
		}
		if len(hits) > 0 {
			if s := x.Snippet(hits[0], 3); search.Fold(s.Match) != folded || utf8.RuneCountInString(s.Before) > 3 || utf8.RuneCountInString(s.After) > 3 {
				t.Errorf("snippet %+v", s)
			}
		}
	})
}

func mega(b *testing.B) []string {
	files, err := filepath.Glob("../../corpus/*.txt")
	if err != nil || len(files) == 0 {
		b.Fatalf("no articles in the corpus: %v", err)
	}
	var blocks []string
	size := 0
	for size < 1_000_000 {
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			size += len(data)
			blocks = append(blocks, strings.Split(string(data), "\n")...)
		}
	}
	return blocks
}

func BenchmarkAdd1MB(b *testing.B) {
	blocks := mega(b)
	b.ReportAllocs()
	for b.Loop() {
		search.New().Add("a", blocks)
	}
}

func BenchmarkFind1MB(b *testing.B) {
	x := search.New()
	x.Add("a", mega(b))
	for _, q := range []struct{ name, query string }{
		{"OneRune", "的"}, {"Word", "模型"}, {"Phrase", "首席执行官"}, {"Latin", "o"}, {"LatinWord", "openai"}, {"Absent", "从来没有的话"},
	} {
		b.Run(q.name, func(b *testing.B) {
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n = len(x.Find(q.query))
			}
			b.ReportMetric(float64(n), "hits")
		})
	}
}
