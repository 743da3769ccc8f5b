package words_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pizhu/app/lexicon"
	"pizhu/app/words"
)

func TestKeyTerms(t *testing.T) {
	blocks := []string{
		"数据中心缺的不是芯片，是电。",
		"数据中心的用电量三年翻了一番，变压器要等两年，电网公司说没有办法。变压器成了最缺的东西，OpenAI 也在等。",
		"有人提议在数据中心旁边建核电站，openai 表示愿意。2024 年 3 月 4 日，监管机构说：变压器，还是变压器。",
	}
	s := words.New(lexicon.Embedded(), strings.Join(blocks, "\n"))
	terms := s.KeyTerms(blocks, 3)
	var names []string
	for _, term := range terms {
		names = append(names, term.Text)
		if got := string([]rune(blocks[term.Block])[term.First.Start:term.First.End]); got != term.Text {
			t.Errorf("%s stands first where the text has %s", term.Text, got)
		}
	}
	if want := []string{"变压器", "数据中心", "OpenAI"}; !slices.Equal(names, want) {
		t.Fatalf("terms %v, expected %v", names, want)
	}
	if terms[0].Count != 4 || terms[1].Count != 3 || terms[2].Count != 2 {
		t.Errorf("counts %v, expected 4, 3 and 2 (whatever the case)", terms)
	}
	all := s.KeyTerms(blocks, 1000)
	for i, term := range all {
		if strings.ContainsAny(term.Text, "0123456789") || utf8.RuneCountInString(term.Text) < 2 {
			t.Errorf("%s is a term, expected neither digits nor single characters", term.Text)
		}
		if i > 0 && (all[i-1].Count > 1) == (term.Count > 1) && all[i-1].Score < term.Score {
			t.Errorf("%s comes before %s with a lower score", all[i-1].Text, term.Text)
		}
	}
	for _, stop := range []string{"没有", "的", "东西", "表示", "还是", "有人"} {
		if slices.ContainsFunc(all, func(term words.Term) bool { return term.Text == stop }) {
			t.Errorf("%s is a term", stop)
		}
	}
	if got := s.KeyTerms(nil, 5); len(got) != 0 {
		t.Errorf("no text has the terms %v", got)
	}
	if got := s.KeyTerms(blocks, -1); len(got) != 0 {
		t.Errorf("-1 terms are %v", got)
	}
}

func BenchmarkKeyTerms(b *testing.B) {
	one, _ := benchText(b)
	s := words.New(lexicon.Embedded(), one)
	blocks := strings.Split(one, "\n")
	b.ReportAllocs()
	for b.Loop() {
		s.KeyTerms(blocks, 20)
	}
}
