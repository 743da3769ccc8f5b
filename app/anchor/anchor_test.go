package anchor

import (
	"strings"
	"testing"

	"pizhu/app/annotation"
	"pizhu/app/article"
)

// before is the text that the table's quotes are described in.
const before = "星期一，實驗室公布了新模型。它在數學測驗中得到九十分，比對手高出三分。\n" +
	"對手隔天回應：測驗的題目早已外流，九十分說明不了什麼。\n" +
	"星期三，實驗室又公布了價格。每百萬詞元收費三美元，比去年便宜一半。😀\n" +
	"評論認為，價格戰才剛開始，下一輪要看誰的模型更小。"

// cases runs in both directions: the quote is described in before, and the
// selector finds it in after. want marks the place with brackets; no bracket
// means that the quote is gone.
var cases = []struct {
	name, quote string // «quote» marks the words in their sentence
	want        string
	confidence  Confidence
}{
	{"nothing changed", "公布了«新模型»。",
		strings.Replace(before, "新模型", "[新模型]", 1), Exact},
	{"the second of two", "外流，«九十分»說明",
		strings.Replace(before, "，九十分說", "，[九十分]說", 1), Exact},
	{"a sentence put before", "公布了«新模型»。",
		"這是編輯後加的一句話。" + strings.Replace(before, "新模型", "[新模型]", 1), Moved},
	{"the second of two, after a sentence put before", "外流，«九十分»說明",
		"這是編輯後加的一句話。" + strings.Replace(before, "，九十分說", "，[九十分]說", 1), Moved},
	{"the first of two, and the second is gone", "得到«九十分»，比",
		strings.Replace(strings.Replace(before, "到九十分", "到[九十分]", 1), "，九十分說明不了什麼", "", 1), Moved},
	{"its sentence is gone, the words are elsewhere", "得到«九十分»，比",
		strings.Replace(before, "它在數學測驗中得到九十分，比對手高出三分。", "", 1), None},
	{"its paragraph is gone", "外流，«九十分»說明",
		strings.Replace(before, "對手隔天回應：測驗的題目早已外流，九十分說明不了什麼。\n", "", 1), None},
	{"two runes, their sentence gone", "又公布了«價格»。每",
		strings.Replace(before, "星期三，實驗室又公布了價格。", "", 1), None},
	{"the words around it changed", "收費«三美元»，比",
		strings.Replace(before, "每百萬詞元收費三美元，比去年便宜一半", "每百萬個詞元只收[三美元]，較去年便宜一半", 1), Moved},
	{"its paragraph moved to the front", "下一輪要看«誰的模型更小»。",
		"評論認為，價格戰才剛開始，下一輪要看[誰的模型更小]。\n" + before[:strings.Index(before, "\n評論")], Moved},
	{"flowed anew", "比去年«便宜一半»。",
		strings.Replace(before, "便宜一半", "[便宜\n一半]", 1), Normalised},
	{"in full-width figures", "«每百萬詞元收費三美元»，",
		strings.Replace(before, "每百萬詞元收費三美元", "[每百萬 詞元收費三美元]", 1), Normalised},
	{"one rune of it changed", "早已外流，«九十分說明不了什麼»。",
		strings.Replace(before, "九十分說明不了什麼", "[九十分證明不了什麼]", 1), Fuzzy},
	{"half of it changed", "早已外流，«九十分說明不了什麼»。",
		strings.Replace(before, "九十分說明不了什麼", "這個分數沒有說服力", 1), None},
	{"a short one changed", "收費«三美元»，比",
		strings.Replace(before, "三美元", "四美元", 1), None},
	{"after an emoji", "\n«評論認為»，",
		strings.Replace(before, "😀\n評論認為", "😀😀\n[評論認為]", 1), Moved},
	{"doubled sentence", "«每百萬詞元»收費",
		strings.Replace(before, "每百萬詞元收費三美元，比去年便宜一半。", "[每百萬詞元]收費三美元，比去年便宜一半。每百萬詞元收費三美元，比去年便宜一半。", 1), Moved},
	{"nothing left", "公布了«新模型»。", "", None},
	{"another text", "公布了«新模型»。", "一段毫不相干的文字，裡面也提到新模型，但說的是別的事情。", None},
}

// describe is the selector of the words that quote marks in before.
func describe(t testing.TB, quote string) annotation.Selector {
	t.Helper()
	plain := strings.NewReplacer("«", "", "»", "").Replace(quote)
	at := strings.Index(before, plain)
	if at < 0 || strings.Count(before, plain) != 1 {
		t.Fatalf("want %q once in the text", plain)
	}
	start := len([]rune(before[:at])) + len([]rune(quote[:strings.Index(quote, "«")]))
	words := quote[strings.Index(quote, "«")+len("«") : strings.Index(quote, "»")]
	return annotation.Describe(before, article.Span{Start: start, End: start + len([]rune(words))})
}

// marked is the text without its brackets, and the span between them.
func marked(s string) (text string, span article.Span, ok bool) {
	a, b := strings.Index(s, "["), strings.Index(s, "]")
	if a < 0 {
		return s, article.Span{}, false
	}
	start := len([]rune(s[:a]))
	return s[:a] + s[a+1:b] + s[b+1:], article.Span{Start: start, End: start + len([]rune(s[a+1:b]))}, true
}

func TestFind(t *testing.T) {
	for _, c := range cases {
		sel := describe(t, c.quote)
		text, want, found := marked(c.want)
		got, confidence, ok := Find(text, sel)
		if ok != found || got != want || confidence != c.confidence {
			t.Errorf("%s: want %q at %v (%d), got %q at %v (%d, %v)", c.name,
				part(text, want), want, c.confidence, part(text, got), got, confidence, ok)
		}
		// The other direction: what was found describes itself, and is found.
		if ok {
			if again, confidence, _ := Find(text, annotation.Describe(text, got)); again != got || confidence != Exact {
				t.Errorf("%s: want what was found to be found again, got %v (%d)", c.name, again, confidence)
			}
		}
	}
}

func part(text string, s article.Span) string { return string([]rune(text)[s.Start:s.End]) }

func TestFindWithLessToGoBy(t *testing.T) {
	text := before
	place := describe(t, "公布了«新模型»。").Span
	nowhere := article.Span{Start: -1, End: -1}
	for _, c := range []struct {
		name       string
		sel        annotation.Selector
		want       article.Span
		confidence Confidence
	}{
		{"no quote", annotation.Selector{Span: place}, place, Unchecked},
		{"no quote, and a place outside", annotation.Selector{Span: article.Span{Start: 5, End: 5000}}, article.Span{}, None},
		{"nothing", annotation.Selector{}, article.Span{}, None},
		{"no context, in its place", annotation.Selector{Exact: "新模型", Span: place}, place, Exact},
		{"no context, no place, short", annotation.Selector{Exact: "新模型", Span: nowhere}, article.Span{}, None},
		{"no context, no place, long", annotation.Selector{Exact: "實驗室公布了新模型。它在數學", Span: nowhere}, article.Span{Start: 4, End: 18}, Moved},
		{"no place", annotation.Selector{Exact: "新模型", Prefix: "星期一，實驗室公布了", Suffix: "。它在數學測驗中", Span: nowhere}, place, Moved},
		{"white space alone", annotation.Selector{Exact: " \n", Span: nowhere}, article.Span{}, None},
		{"a reversed place", annotation.Selector{Exact: "新模型", Prefix: "星期一，實驗室公布了", Suffix: "。它在數學測驗中", Span: article.Span{Start: 9, End: 3}}, place, Moved},
	} {
		got, confidence, ok := Find(text, c.sel)
		if got != c.want || confidence != c.confidence || ok != (c.confidence != None) {
			t.Errorf("%s: want %v (%d), got %v (%d, %v)", c.name, c.want, c.confidence, got, confidence, ok)
		}
	}
}

// Among copies that are all alike, each quote stays with its neighbours.
func TestFindAllGoesByOrder(t *testing.T) {
	line := "報告指出，模型的成績超過前一代，價格不變，下個月上線。\n"
	var sels []annotation.Selector
	text := "開頭獨一無二的第一段文字。\n" + strings.Repeat(line, 6) + "結尾也是獨一無二的一段。"
	head := len([]rune("開頭獨一無二的第一段文字。\n"))
	n := len([]rune(line))
	sels = append(sels, annotation.Describe(text, article.Span{Start: 2, End: 6}))
	for i := range 6 {
		sels = append(sels, annotation.Describe(text, article.Span{Start: head + i*n + 5, End: head + i*n + 7}))
	}
	added := "編輯在最前面加了長長的一段說明，長得足以讓位置錯開一整行還要更多一些。\n"
	now := added + text
	found, _ := NewText(now, nil).FindAll(sels, nil)
	for i, f := range found {
		want := sels[i].Span.Start + len([]rune(added))
		if f.Confidence == None || f.Span.Start != want {
			t.Errorf("quote %d: want it at %d, moved along with the others, got %+v", i, want, f)
		}
	}
}

func TestFindInAnotherScript(t *testing.T) {
	// One rune for one, as nearly all of such a conversion is; two for one where
	// a word is exchanged.
	simple := strings.NewReplacer("實", "实", "驗", "验", "數", "数", "學", "学", "測", "测", "詞元", "token", "費", "费",
		"還", "还", "對", "对", "應", "应", "題", "题", "說", "说", "價", "价", "萬", "万", "評", "评", "論", "论", "戰", "战",
		"剛", "刚", "開", "开", "輪", "轮", "誰", "谁", "為", "为", "隔", "隔", "九十分", "九十分")
	simplified := simple.Replace(before)
	sel := describe(t, "它在«數學測驗»中")
	// The article is opened again in Simplified form: another text, so another
	// source, and its pivot is the text itself.
	itself := func(s article.Span) article.Span { return s }
	got, confidence, ok := FindIn(simplified, Pivot{Text: simplified, ToSource: itself, Simplify: simple.Replace}, sel)
	if !ok || part(simplified, got) != "数学测验" || confidence != Normalised {
		t.Errorf("want the Traditional quote in the Simplified text, got %v (%d, %v)", got, confidence, ok)
	}
	if _, _, ok := Find(simplified, sel); ok {
		t.Errorf("want it lost without a pivot")
	}
	// A Simplified quote in the Traditional article: the answer is in its runes.
	back := annotation.Describe(simplified, got)
	shift := func(s article.Span) article.Span { // 詞元 is two runes, token five
		at := len([]rune(simplified[:strings.Index(simplified, "token")]))
		if s.Start > at {
			return article.Span{Start: s.Start - 3, End: s.End - 3}
		}
		return s
	}
	got, confidence, ok = FindIn(before, Pivot{Text: simplified, ToSource: shift, Simplify: simple.Replace}, back)
	if !ok || part(before, got) != "數學測驗" || confidence != Normalised {
		t.Errorf("want the Simplified quote in the Traditional text, got %v (%d, %v)", got, confidence, ok)
	}
	late := strings.Index(simplified, "价格战")
	back = annotation.Describe(simplified, article.Span{Start: len([]rune(simplified[:late])), End: len([]rune(simplified[:late])) + 3})
	if got, _, ok = FindIn(before, Pivot{Text: simplified, ToSource: shift, Simplify: simple.Replace}, back); !ok || part(before, got) != "價格戰" {
		t.Errorf("want the place in runes of the source, got %v (%v)", got, ok)
	}
}

// FuzzFind: no text and no selector makes it panic, what it finds lies in the
// text, and what it calls Exact or Moved has the very words.
func FuzzFind(f *testing.F) {
	for _, c := range cases {
		sel := describe(f, c.quote)
		text, _, _ := marked(c.want)
		f.Add(text, sel.Exact, sel.Prefix, sel.Suffix, sel.Span.Start, sel.Span.End)
	}
	f.Add("a\xffb\u200b", "\xff", "\u2028", "。", 1, 2)
	f.Fuzz(func(t *testing.T, text, exact, prefix, suffix string, start, end int) {
		sel := annotation.Selector{Exact: exact, Prefix: prefix, Suffix: suffix, Span: article.Span{Start: start, End: end}}
		span, confidence, ok := Find(text, sel)
		if !ok {
			if span != (article.Span{}) || confidence != None {
				t.Fatalf("want nothing said of a quote that is gone, got %v (%d)", span, confidence)
			}
			return
		}
		tt := NewText(text, nil)
		if span.Start < 0 || span.Empty() || span.End > tt.length {
			t.Fatalf("want a place in the text of %d runes, got %v", tt.length, span)
		}
		if (confidence == Exact || confidence == Moved) && tt.slice(span) != exact {
			t.Fatalf("want the words %q at %v, got %q", exact, span, tt.slice(span))
		}
	})
}
