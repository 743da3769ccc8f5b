//go:build !js

package script

import (
	"fmt"
	"strings"
	"testing"

	"pizhu/app/article"
	"pizhu/app/lexicon"
)

func checker(t testing.TB) *Checker {
	t.Helper()
	c, err := NewChecker(lexicon.Embedded(), segment)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func show(faults []Fault) string {
	var all []string
	for _, f := range faults {
		s := fmt.Sprintf("%s→%s %s", f.Text, f.Suggestion, f.Tier)
		if f.Word != "" {
			s += " " + f.Word
		}
		all = append(all, s)
	}
	return strings.Join(all, "; ")
}

func TestCheck(t *testing.T) {
	c := checker(t)
	for _, tc := range []struct{ name, text, want, corrected string }{
		{"nothing wrong", "這個問題與國際關係有關。", "", "這個問題與國際關係有關。"},
		{"a Simplified character", "這項標准與态度無關，對將來的影響很大。", "准→準 simplified-left 標準; 态→態 simplified-left", "這項標準與態度無關，對將來的影響很大。"},
		{"characters that stayed", "公司内部的竞争開始之後，随着時間過去，它将會結束。", "内→內 simplified-left; 竞→競 simplified-left; 争→爭 simplified-left; 随→隨 simplified-left; 将→將 simplified-left", "公司內部的競爭開始之後，隨着時間過去，它將會結束。"},
		{"a preposition", "由于天氣關係，比賽過于激烈，會議於下週舉行。", "于→於 simplified-left 由於; 于→於 simplified-left 過於", "由於天氣關係，比賽過於激烈，會議於下週舉行。"},
		{"a family name is no preposition", "聽說這場比賽之後，于先生離開了國家隊。", "", "聽說這場比賽之後，于先生離開了國家隊。"},
		{"the character of another word", "記者采訪時，他們正在制作這個節目，並借此機會說話。", "采→採 simplified-left 採訪; 制→製 simplified-left 製作; 借→藉 simplified-left 藉此機會", "記者採訪時，他們正在製作這個節目，並藉此機會說話。"},
		{"converted too far", "這隻是開始，盡管錯誤已被修複。", "隻→只 over-converted 這只是; 盡→儘 over-converted 儘管; 複→復 over-converted 修復", "這只是開始，儘管錯誤已被修復。"},
		{"a foreign name", "紮克伯格在臉書總部發表談話。", "紮→扎 over-converted", "扎克伯格在臉書總部發表談話。"},
		{"a mistake that leads to another", "這個版本經過多次叠代，終於發布。", "叠代→迭代 over-converted 迭代", "這個版本經過多次迭代，終於發布。"},
		{"a queen, not an after", "皇後與太後見面時，國王不在場。", "後→后 over-converted 皇后; 後→后 over-converted 太后", "皇后與太后見面時，國王不在場。"},
		{"an old form", "他們開發的産品很受歡迎。", "産→產 regional", "他們開發的產品很受歡迎。"},
		{"the text's own forms", "裡面的學生說，這裏是教室。", "", "裡面的學生說，這裏是教室。"},
		{"Simplified text is not checked", "这个问题与国际关系有关，隻是开始。", "", "这个问题与国际关系有关，隻是开始。"},
		{"a text in no script", "Hello 隻是", "", "Hello 隻是"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			faults := c.Check(tc.text)
			if got := show(faults); got != tc.want {
				t.Errorf("%s\nis said to have %s\nand should have %s", tc.text, got, tc.want)
			}
			v := Corrected(tc.text, faults)
			if v.Text != tc.corrected {
				t.Errorf("corrected: %s\nshould be: %s", v.Text, tc.corrected)
			}
			checkView(t, v, tc.text)
		})
	}
}

// TestCheckOfGoodText counts alarms over sentences that have no fault.
func TestCheckOfGoodText(t *testing.T) {
	text := strings.Join(fromTaiwan, "\n")
	if faults := checker(t).Check(text); len(faults) > 1 {
		t.Errorf("%d alarms in %d runes without a fault: %s", len(faults), len([]rune(text)), show(faults))
	}
}

// TestCheckOfBadlyConvertedText makes faults: Simplified text through a table that
// takes each character to what a careless converter takes it to.
func TestCheckOfBadlyConvertedText(t *testing.T) {
	careless := strings.NewReplacer("只是", "隻是", "尽管", "盡管", "批准", "批準", "皇后", "皇後", "里程", "裡程", "复杂", "復雜", "面对", "麵對", "系统", "係統", "困难", "睏難", "代表", "代錶")
	simple := "尽管面对困难，这只是开始，系统十分复杂。代表们批准了计划，皇后走完了全部里程。尽管如此，这只是系统的一部分。"
	bad := []rune(careless.Replace(simple))
	good := converter(t, "s2t").Convert(simple).Text
	text := string(bad)
	for _, p := range []string{"这這", "开開", "统統", "杂雜", "们們", "计計", "划劃", "难難", "对對", "个個"} {
		r := []rune(p)
		text = strings.ReplaceAll(text, string(r[0]), string(r[1]))
	}
	faults := checker(t).Check(text)
	if got := Corrected(text, faults).Text; got != good {
		t.Errorf("%s\nis corrected to\n%s, should be\n%s\nfound: %s", text, got, good, show(faults))
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("這隻是開始，盡管錯誤已被修複。")
	f.Add("進\xae複0")
	f.Add("他們\xff叠代\x00随着的産品")
	c := checker(f)
	f.Fuzz(func(t *testing.T, text string) {
		faults := c.Check(text)
		end := 0
		n := len([]rune(text))
		for _, fault := range faults {
			if fault.Span.Start < end || fault.Span.Empty() || fault.Span.End > n {
				t.Fatalf("%q: the fault %+v is out of order or beyond the text", text, fault)
			}
			end = fault.Span.End
		}
		checkView(t, Corrected(text, faults), text)
	})
}

func TestCorrectedLeavesOutWhatCannotBe(t *testing.T) {
	v := Corrected("一二三四", []Fault{
		{Span: article.Span{Start: 1, End: 2}, Suggestion: "貳參"},
		{Span: article.Span{Start: 1, End: 3}, Suggestion: "x"},
		{Span: article.Span{Start: 3, End: 3}, Suggestion: "x"},
		{Span: article.Span{Start: 3, End: 5}, Suggestion: "x"},
	})
	if v.Text != "一貳參三四" {
		t.Errorf("corrected to %s, should be 一貳參三四", v.Text)
	}
	checkView(t, v, "一二三四")
}

func TestDetect(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
		mixed            bool
	}{
		{"nothing", "", "", false},
		{"Latin", "No Chinese here, 2024.", "", false},
		{"what both write alike", "今天天很好", "", false},
		{"Simplified", "这个问题与国际关系有关", "zh-Hans", false},
		{"Traditional of no place", "這個問題與國際關係有關", "zh-Hant", false},
		{"Taiwan", "他在網路上找到一個軟體，裡面有影片。", "zh-TW", false},
		{"Hong Kong", "他在網絡上找到一個軟件，裏面有着很多東西。", "zh-HK", false},
		{"forms of converters", "爲什麼他在網路上看着這個東西？裡面有衆多問題。", "zh-Hant", false},
		{"Traditional with much Simplified", "這個問題與国际关系有關，還沒解決", "zh-Hant", true},
		{"Simplified with a name in Traditional", "这个问题与国际关系有关，據说时间还没到", "zh-Hans", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := Detect(c.text)
			if d.Lang != c.want {
				t.Errorf("%q is taken for %q, should be %q: %+v", c.text, d.Lang, c.want, d)
			}
			if d.Mixed() != c.mixed {
				t.Errorf("%q is mixed: %v, should be %v", c.text, !c.mixed, c.mixed)
			}
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	text := converter(b, "s2tw").Convert(strings.Join(longText(2700), "\n")).Text
	b.Run("new", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			checker(b)
		}
	})
	c := checker(b)
	b.Run("2700runes", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			c.Check(text)
		}
	})
}
