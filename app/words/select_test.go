package words_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pizhu/app/article"
	"pizhu/app/lexicon"
	"pizhu/app/words"
)

// marked reads a text in which ‹ and › stand around a span.
func marked(t *testing.T, s string) (string, article.Span) {
	t.Helper()
	before, rest, ok := strings.Cut(s, "‹")
	inside, after, ok2 := strings.Cut(rest, "›")
	if !ok || !ok2 {
		t.Fatalf("%q has no ‹span›", s)
	}
	start := utf8.RuneCountInString(before)
	return before + inside + after, article.Span{Start: start, End: start + utf8.RuneCountInString(inside)}
}

func mark(text string, s article.Span) string {
	rs := []rune(text)
	return string(rs[:s.Start]) + "‹" + string(rs[s.Start:s.End]) + "›" + string(rs[s.End:])
}

func wordsOf(text string) []article.Span {
	return words.New(lexicon.Embedded(), text).Words(text)
}

func TestSnap(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"half a word at both ends", "谷歌推出‹了多模›态大模型", "谷歌推出‹了多模态›大模型"},
		{"one rune", "英‹伟›达的芯片", "‹英伟达›的芯片"},
		{"whole words stay", "‹英伟达›的芯片", "‹英伟达›的芯片"},
		{"punctuation at the ends is dropped", "他说‹，大模型很贵。›真的", "他说，‹大模型很贵›。真的"},
		{"quotes are dropped", "‹「开源、闭源」›两手抓", "「‹开源、闭源›」两手抓"},
		{"white space is dropped", "用‹ Claude 3 ›写", "用 ‹Claude 3› 写"},
		{"part of a name with a version", "用 Cla‹ude› 3 写", "用 ‹Claude 3› 写"},
		{"part of a number with a unit", "融资 3.‹5› 亿美元", "融资 ‹3.5 亿美元›"},
		{"a per-cent sign stays with its number", "占‹65%›。", "占‹65%›。"},
		{"names next to each other", "‹OpenAI›与谷歌", "‹OpenAI›与谷歌"},
		{"punctuation alone is nothing", "好‹，。›的", "好‹›，。的"},
		{"white space alone is nothing", "好‹  ›的", "好‹›  的"},
		{"nothing", "大‹›模型", "大‹›模型"},
		{"half an emoji", "真👨‹\u200d›👩好", "真‹👨\u200d👩›好"},
		{"an emoji", "‹真👍🏽›！", "‹真👍🏽›！"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text, sel := marked(t, tt.in)
			got := words.Snap(text, wordsOf(text), sel)
			if mark(text, got) != tt.want {
				t.Errorf("%s settles as %s, expected %s", tt.in, mark(text, got), tt.want)
			}
			if again := words.Snap(text, wordsOf(text), got); again != got {
				t.Errorf("settled once more, %v becomes %v", got, again)
			}
		})
	}
}

func TestTrim(t *testing.T) {
	tests := []struct{ in, want string }{
		{"‹，大模› 型", "，‹大模› 型"},
		{"‹ 「大模型」。\n›", " 「‹大模型›」。\n"},
		{"占‹ 65% ›的", "占 ‹65%› 的"},
		{"‹$3 亿。›", "‹$3 亿›。"},
		{"学‹ C++、›好", "学 ‹C++›、好"},
		{"‹……›", "‹›……"},
		{"‹\x00好\u200b›", "\x00‹好›\u200b"},
		{"‹❤\ufe0f！›", "‹❤\ufe0f›！"},
	}
	for _, tt := range tests {
		text, sel := marked(t, tt.in)
		if got := words.Trim(text, sel); mark(text, got) != tt.want {
			t.Errorf("%q is trimmed to %q, expected %q", tt.in, mark(text, got), tt.want)
		}
	}
}

func TestSpansOutsideTheTextAreBroughtInside(t *testing.T) {
	text := "英伟达的芯片"
	ws := wordsOf(text)
	for _, sel := range []article.Span{{Start: -5, End: 100}, {Start: 100, End: 200}, {Start: 4, End: 1}, {Start: -2, End: -1}} {
		for name, got := range map[string]article.Span{
			"Snap": words.Snap(text, ws, sel), "Trim": words.Trim(text, sel),
			"ExtendEnd": words.ExtendEnd(text, ws, sel, 1), "ExtendStart": words.ExtendStart(text, ws, sel, -1),
		} {
			if got.Start < 0 || got.End < got.Start || got.End > 6 {
				t.Errorf("%s of %v is %v, outside the text", name, sel, got)
			}
		}
	}
	if got := words.Snap(text, ws, article.Span{Start: -5, End: 100}); got != (article.Span{Start: 0, End: 6}) {
		t.Errorf("all and more settles as %v, expected the whole text", got)
	}
	words.Snap("", nil, article.Span{Start: 0, End: 3})
	if _, ok := words.WordAt("", nil, 3); ok {
		t.Error("an empty text has no word")
	}
}

func TestWordAt(t *testing.T) {
	text := "英伟达，和 Claude 3。"
	ws := wordsOf(text)
	tests := []struct {
		pos  int
		want string
		ok   bool
	}{
		{0, "英伟达", true}, {2, "英伟达", true}, {3, "英伟达", true}, {4, "和", true}, {5, "和", true},
		{9, "Claude 3", true}, {14, "Claude 3", true}, {15, "。", false}, {99, "。", false}, {-1, "英伟达", true},
	}
	for _, tt := range tests {
		got, ok := words.WordAt(text, ws, tt.pos)
		if s := string([]rune(text)[got.Start:got.End]); s != tt.want || ok != tt.ok {
			t.Errorf("at %d is %q (%v), expected %q (%v)", tt.pos, s, ok, tt.want, tt.ok)
		}
	}
}

func TestWalkingPassesEveryWordOnceAndBack(t *testing.T) {
	for _, text := range append(strings.Split(sample, "\n"), "……", " 好 ", "「。」") {
		ws := wordsOf(text)
		rs := []rune(text)
		var want, forth, back []article.Span
		for _, w := range ws {
			if words.IsWord(rs, w) {
				want = append(want, w)
			}
		}
		for w, ok := words.Next(text, ws, article.Span{}); ok; w, ok = words.Next(text, ws, w) {
			forth = append(forth, w)
		}
		for w, ok := words.Prev(text, ws, article.Span{Start: len(rs), End: len(rs)}); ok; w, ok = words.Prev(text, ws, w) {
			back = append(back, w)
		}
		slices.Reverse(back)
		if !slices.Equal(forth, want) || !slices.Equal(back, want) {
			t.Errorf("%q: forth %v, back %v, expected both %v", text, forth, back, want)
		}
	}
}

func TestExtend(t *testing.T) {
	tests := []struct {
		name, in   string
		start, end int
		want       string
	}{
		{"a word more", "‹英伟达›，高级科学家", 0, 1, "‹英伟达，高级›科学家"},
		{"two words more", "‹英伟达›，高级科学家", 0, 2, "‹英伟达，高级科学家›"},
		{"beyond the end", "‹英伟达›，高级科学家。", 0, 9, "‹英伟达，高级科学家›。"},
		{"a word less", "‹英伟达，高级›科学家", 0, -1, "‹英伟达›，高级科学家"},
		{"never less than a word", "‹英伟达›，高级", 0, -3, "‹英伟达›，高级"},
		{"half a word is completed", "‹英伟›达的芯片", 0, 1, "‹英伟达›的芯片"},
		{"a word before", "英伟达，‹高级›科学家", -1, 0, "‹英伟达，高级›科学家"},
		{"a word less before", "‹英伟达，高级›科学家", 1, 0, "英伟达，‹高级›科学家"},
		{"never less than a word before", "英伟达，‹高级›科学家", 3, 0, "英伟达，‹高级›科学家"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text, sel := marked(t, tt.in)
			ws := wordsOf(text)
			if tt.start != 0 {
				sel = words.ExtendStart(text, ws, sel, tt.start)
			} else {
				sel = words.ExtendEnd(text, ws, sel, tt.end)
			}
			if got := mark(text, sel); got != tt.want {
				t.Errorf("got %s, expected %s", got, tt.want)
			}
		})
	}
}

func TestCharactersAsReadersSeeThem(t *testing.T) {
	text := "好👨\u200d👩🇨🇳🇹🇼e\u0301\r\n"
	want := []int{0, 1, 4, 6, 8, 10, 12}
	var forth, back []int
	for p := 0; ; {
		forth = append(forth, p)
		next := words.NextChar(text, p)
		if next == p {
			break
		}
		p = next
	}
	for p := 12; ; {
		back = append(back, p)
		prev := words.PrevChar(text, p)
		if prev == p {
			break
		}
		p = prev
	}
	slices.Reverse(back)
	if !slices.Equal(forth, want) || !slices.Equal(back, want) {
		t.Errorf("forth %v, back %v, expected %v", forth, back, want)
	}
}

func TestSentences(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"plain", "好。坏！谁？走", []string{"好。", "坏！", "谁？", "走"}},
		{"closing quotes", "他说：「走吧。」于是走了。", []string{"他说：「走吧。」", "于是走了。"}},
		{"straight quotes", `他说："走吧。" "好。"他答。`, []string{`他说："走吧。"`, `"好。"`, "他答。"}},
		{"marks in a row", "什么？！真的……是。", []string{"什么？！", "真的……", "是。"}},
		{"lines", "标题\n\n 正文。 \r\n完", []string{"标题", "正文。", "完"}},
		{"full stops", "Gemini 1.5 is out. See node.js and J. Fan. End", []string{"Gemini 1.5 is out.", "See node.js and J. Fan.", "End"}},
		{"nothing", " \n ", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := cut(tt.text, words.Sentences(tt.text)); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, expected %q", got, tt.want)
			}
		})
	}
	text := "好。 坏！\n走"
	for pos, want := range map[int]string{-1: "好。", 0: "好。", 1: "好。", 2: "坏！", 3: "坏！", 6: "走", 99: "走"} {
		s := words.SentenceAt(text, pos)
		if got := string([]rune(text)[s.Start:s.End]); got != want {
			t.Errorf("the sentence at %d is %q, expected %q", pos, got, want)
		}
	}
	if s := words.SentenceAt("", 0); !s.Empty() {
		t.Errorf("an empty text has the sentence %v", s)
	}
}

func FuzzSelect(f *testing.F) {
	f.Add(sample, 3, 17)
	f.Add("好\r\n👨\u200d👩", -1, 5)
	lex := lexicon.Embedded()
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		ws := words.New(lex, text).Words(text)
		n := utf8.RuneCountInString(text)
		sel := article.Span{Start: start, End: end}
		inside := func(what string, s article.Span) {
			if s.Start < 0 || s.End < s.Start || s.End > n {
				t.Errorf("%s of %v is %v, outside %d runes", what, sel, s, n)
			}
		}
		snapped := words.Snap(text, ws, sel)
		inside("Snap", snapped)
		if again := words.Snap(text, ws, snapped); !snapped.Empty() && again != snapped {
			t.Errorf("Snap of %v is %v, of that %v", sel, snapped, again)
		}
		inside("Trim", words.Trim(text, sel))
		inside("ExtendEnd", words.ExtendEnd(text, ws, sel, 2))
		inside("ExtendEnd", words.ExtendEnd(text, ws, sel, -2))
		inside("ExtendStart", words.ExtendStart(text, ws, sel, 2))
		inside("ExtendStart", words.ExtendStart(text, ws, sel, -2))
		inside("SentenceAt", words.SentenceAt(text, start))
		w, _ := words.WordAt(text, ws, start)
		inside("WordAt", w)
		if p := words.NextChar(text, start); p < 0 || p > n {
			t.Errorf("NextChar of %d is %d", start, p)
		}
		if p := words.PrevChar(text, end); p < 0 || p > n {
			t.Errorf("PrevChar of %d is %d", end, p)
		}
	})
}
