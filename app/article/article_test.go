package article

import (
	"errors"
	"strings"
	"testing"
	"testing/quick"
	"unicode/utf8"
)

func blockTexts(a *Article) []string {
	var out []string
	for i := range a.Blocks {
		out = append(out, a.BlockText(i))
	}
	return out
}

func TestParseBlocks(t *testing.T) {
	cases := []struct {
		name, file, data string
		want             []string
		kinds            []Kind
		title            string
	}{
		{"one block a line", "a.txt", "第一段。\n第二段。\n", []string{"第一段。", "第二段。"}, []Kind{0, 0}, "a"},
		{"blank lines and indents are no text", "a.txt", "\n\u3000\u3000第一段。\n\n\t第二段。  \n", []string{"第一段。", "第二段。"}, nil, "a"},
		{"CRLF and CR are one line break", "a.txt", "甲\r\n乙\r丙", []string{"甲", "乙", "丙"}, nil, "a"},
		{"a byte order mark is no text", "a.txt", "\ufeff甲", []string{"甲"}, nil, "a"},
		{"a header names the article", "x.txt", "---\ntitle: 題目\nauthor: 某\nsource: 報\ndate: 2024-03-04\nvariant: zh-TW\n---\n## 小標\n\n正文。", []string{"小標", "正文。"}, []Kind{Heading, Paragraph}, "題目"},
		{"a rule at the start is no header", "x.txt", "---\n甲", []string{"---", "甲"}, nil, "x"},
		{"markdown blocks", "x.md", "# 題\n\n一行\n兩行\n\n- 項\n- 目\n\n> 引\n> 文\n\n```go\nx := 1\n```\n1. 數", []string{"題", "一行兩行", "項", "目", "引文", "x := 1", "1. 數"}, []Kind{Heading, Paragraph, Item, Item, Quote, Code, Item}, "題"},
		{"markdown marks inside a line", "x.md", "**粗**與*斜*、`碼`、[連結](https://a.b/c)、![圖](x.png)、snake_case、2*3*4 \\*星\\*", []string{"粗與斜、碼、連結、圖、snake_case、234 *星*"}, nil, "x"},
		{"underlined headings", "x.md", "題目\n===\n小題\n---\n文", []string{"題目", "小題", "文"}, []Kind{Heading, Heading, Paragraph}, "題目"},
		{"Latin lines join with a space", "x.md", "Claude\nthree", []string{"Claude three"}, nil, "x"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a, err := Parse(c.file, []byte(c.data))
			if err != nil {
				t.Fatalf("expected an article, got the error %v", err)
			}
			if got := blockTexts(a); strings.Join(got, "|") != strings.Join(c.want, "|") {
				t.Errorf("expected the blocks %q, got %q", c.want, got)
			}
			for i, k := range c.kinds {
				if a.Blocks[i].Kind != k {
					t.Errorf("expected block %d (%s) to be of kind %d, got %d", i, a.BlockText(i), k, a.Blocks[i].Kind)
				}
			}
			if a.Title != c.title {
				t.Errorf("expected the title %q, got %q", c.title, a.Title)
			}
		})
	}
}

func TestParseErrors(t *testing.T) {
	cases := []struct {
		name, data string
		problem    Problem
		line       int
	}{
		{"empty file", "", Empty, 0},
		{"nothing but white space", " \n\u3000\n", Empty, 0},
		{"header and no text", "---\ntitle: 題\n---\n\n", Empty, 0},
		{"more than ten megabytes", strings.Repeat("字", MaxBytes/3+1), TooLarge, 0},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Binary, 0},
		{"control characters throughout", strings.Repeat("a\x01\x02", 50), Binary, 0},
		{"bytes of no Chinese encoding", "ok\n\xb5\xff\xfe\x80", NotUTF8, 2},
		{"half a character at the end", "甲\xe7\x94", NotUTF8, 1},
		{"header without a title", "---\nauthor: 某\n---\n文", HeaderTitle, 3},
		{"header that never ends", "---\ntitle: 題\n文 文\n", HeaderLine, 3},
		{"header that ends with the file", "---\ntitle: 題", HeaderOpen, 2},
		{"header with an unknown name", "---\ntitle: 題\nmood: 好\n---\n文", HeaderName, 3},
		{"header with a name twice", "---\ntitle: 題\ntitle: 目\n---\n文", HeaderName, 3},
		{"header with an impossible date", "---\ntitle: 題\ndate: 2024-02-30\n---\n文", HeaderDate, 3},
		{"header with an unknown variant", "---\ntitle: 題\nvariant: zh\n---\n文", HeaderVariant, 3},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse("x.txt", []byte(c.data))
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("expected the problem %s, got %v", c.problem, err)
			}
			if e.Problem != c.problem || e.Line != c.line || e.Name != "x.txt" {
				t.Errorf("expected x.txt, line %d, problem %s; got %v", c.line, c.problem, e)
			}
			if !strings.Contains(err.Error(), "x.txt") {
				t.Errorf("expected the message to name the file, got %q", err)
			}
		})
	}
}

func TestIdentity(t *testing.T) {
	a, _ := Parse("a.txt", []byte("同一段文字。\r\n第二段。"))
	b, _ := Parse("renamed.txt", []byte("同一段文字。\n第二段。"))
	c, _ := Parse("a.txt", []byte("同一段文字！\n第二段。"))
	if a.ID != b.ID {
		t.Errorf("expected the same text to be the same article, got %s and %s", a.ID, b.ID)
	}
	if a.ID == c.ID {
		t.Errorf("expected another text to be another article, got %s for both", a.ID)
	}
}

func TestVariant(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"Traditional", "這個問題還沒有結論，業者說會繼續應對。", "zh-Hant"},
		{"Simplified", "这个问题还没有结论，业者说会继续应对。", "zh-Hans"},
		{"written the same in both", "人工智能大模型", ""},
		{"no Chinese", "Hello world", ""},
	}
	for _, c := range cases {
		if got := guessVariant(c.text); got != c.want {
			t.Errorf("%s: expected %q, got %q", c.name, c.want, got)
		}
	}
}

func TestUTF16(t *testing.T) {
	text := "甲😀乙𠮷丙"
	cases := []struct {
		name string
		unit int
		end  bool
		want int
	}{
		{"start", 0, false, 0},
		{"before the emoji", 1, false, 1},
		{"inside the emoji, as a start: taken whole", 2, false, 1},
		{"inside the emoji, as an end: taken whole", 2, true, 2},
		{"after the emoji", 3, false, 2},
		{"inside the rare character, as an end", 5, true, 4},
		{"end", 7, true, 5},
		{"past the end", 99, true, 5},
		{"before the start", -3, false, 0},
	}
	for _, c := range cases {
		if got := FromUTF16(text, c.unit, c.end); got != c.want {
			t.Errorf("%s: expected unit %d to be rune %d, got %d", c.name, c.unit, c.want, got)
		}
	}
	there := func(s string) bool {
		s = strings.ToValidUTF8(s, "?")
		for i := 0; i <= utf8.RuneCountInString(s); i++ {
			if FromUTF16(s, ToUTF16(s, i), false) != i || FromUTF16(s, ToUTF16(s, i), true) != i {
				return false
			}
		}
		return true
	}
	if err := quick.Check(there, nil); err != nil {
		t.Errorf("expected every rune offset to come back from UTF-16: %v", err)
	}
}

func TestSliceAndBlockAt(t *testing.T) {
	text := strings.Repeat("甲😀b\n", 700)
	a, err := Parse("x.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	runes := []rune(text)
	for _, s := range []Span{{0, 3}, {1, 2}, {510, 516}, {511, 1025}, {2790, 2800}, {-5, 4}, {2799, 9999}, {7, 3}} {
		c := a.Clip(s)
		if got, want := a.Slice(s), string(runes[c.Start:c.End]); got != want {
			t.Errorf("span %v: expected %q, got %q", s, want, got)
		}
	}
	for _, c := range []struct{ rune, block int }{{0, 0}, {3, 0}, {4, 1}, {2799, 699}, {-1, 0}} {
		if got := a.BlockAt(c.rune); got != c.block {
			t.Errorf("expected rune %d in block %d, got %d", c.rune, c.block, got)
		}
	}
	if got := a.Trim(Span{3, 5}); got != (Span{4, 5}) {
		t.Errorf("expected the line break to be trimmed off, got %v", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("x.txt", []byte("---\ntitle: 題\n---\n文"))
	f.Add("x.md", []byte("# 題\n\n**粗** [a](b) `c` ~~d~~ ***e***\n> q\n- i\n```\nx\n"))
	f.Add("x.txt", []byte("\xff\xfe甲"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		a, err := Parse(name, data)
		if err != nil {
			return
		}
		checkBlocks(t, a)
	})
}

// checkBlocks holds what everything else relies on.
func checkBlocks(t *testing.T, a *Article) {
	t.Helper()
	last := 0
	for i, b := range a.Blocks {
		if b.Start < last || b.Empty() || b.End > a.Len() {
			t.Fatalf("expected blocks in order and inside the text, got block %d at %v after %d of %d", i, b.Span, last, a.Len())
		}
		if strings.Contains(a.BlockText(i), "\n") {
			t.Fatalf("expected a block to be one line, got %q", a.BlockText(i))
		}
		last = b.End
	}
}

func BenchmarkParse(b *testing.B) {
	data := []byte(strings.Repeat("這是一段測試文字，夠長了。\n", 25000))
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("x.txt", data); err != nil {
			b.Fatal(err)
		}
	}
}
