package words

import (
	"math"
	"sort"
	"strings"
	"sync"
	"unicode"

	"pizhu/app/article"
)

// Term is a word that says what a text is about.
type Term struct {
	Text  string  // as it stands where it stands first
	Count int     // how often it occurs, whatever the case of its letters
	Score float64 // bits: how much more often than in the dictionary, times Count
	Block int     // number of the block where it stands first
	First article.Span
}

// KeyTerms are the n terms that a text, given as its Simplified blocks, is most
// about, the best first. s must have been made for the text.
//
// The score is the term's part of the Kullback-Leibler divergence between the text
// and the dictionary: Count · log2(p_text / p_dictionary). It needs nothing beyond
// the frequencies that are there for splitting, where TF-IDF would need another
// 6 MB. Counters, adverbs, verbs and the like, digits and words of one ideograph
// are no terms. What occurs once is one only if too little occurs twice.
func (s *Segmenter) KeyTerms(blocks []string, n int) []Term {
	type found struct {
		Term
		freq float64
	}
	terms := make(map[string]*found)
	total := 0
	var key strings.Builder
	for b, block := range blocks {
		rs := []rune(foldWidth(block))
		source := []rune(block)
		for _, w := range s.Words(block) {
			if IsWord(rs, w) {
				total++
			}
			if !termShape(rs[w.Start:w.End]) {
				continue
			}
			key.Reset()
			for _, r := range rs[w.Start:w.End] {
				key.WriteRune(unicode.ToLower(r))
			}
			if t, ok := terms[key.String()]; ok {
				if t != nil {
					t.Count++
				}
				continue
			}
			freq, tag := s.find(key.String())
			if termStop()[key.String()] || stopTag(tag) {
				terms[key.String()] = nil
				continue
			}
			terms[key.String()] = &found{Term{Text: string(source[w.Start:w.End]), Count: 1, Block: b, First: w}, freq}
		}
	}
	var list []Term
	for _, t := range terms {
		if t == nil {
			continue
		}
		// What no list knows counts as a rare word, not as one in 33 million, or
		// any misspelling would lead.
		p := max(t.freq, unknownFreq) / s.gse.Dict.TotalFreq()
		t.Score = float64(t.Count) * math.Log2(float64(t.Count)/float64(total)/p)
		list = append(list, t.Term)
	}
	sort.Slice(list, func(i, j int) bool {
		a, b := list[i], list[j]
		switch {
		case (a.Count > 1) != (b.Count > 1):
			return a.Count > 1
		case a.Score != b.Score:
			return a.Score > b.Score
		case a.Block != b.Block:
			return a.Block < b.Block
		}
		return a.First.Start < b.First.Start
	})
	return list[:min(max(n, 0), len(list))]
}

const unknownFreq = 50

// find is the frequency and tag of a word; 0 and "" if none of the lists has it.
func (s *Segmenter) find(word string) (float64, string) {
	freq, tag, ok := s.gse.Dict.Find([]byte(word))
	if !ok {
		return 0, ""
	}
	return freq, tag
}

// termShape reports whether a word can be a term by its runes: two ideographs, or
// two letters, and no number at its head.
func termShape(rs []rune) bool {
	if digit(rs[0]) || numeralRune(rs[0]) || rs[0] == '第' {
		return false
	}
	n, inner := 0, false
	for _, r := range rs {
		if isHan(r) || unicode.IsLetter(r) {
			n++
		}
		inner = inner || r > 0xffff
	}
	return n >= 2 && !inner
}

// stopTag reports whether a part of speech makes no terms: all but nouns, names,
// verbal nouns, abbreviations and set phrases.
func stopTag(tag string) bool {
	if tag == "" {
		return false
	}
	switch tag[0] {
	case 'n', 'j', 'l', 'i', 'x':
		return tag == "ng"
	case 'v':
		return tag != "vn"
	}
	return true
}

var termStop = sync.OnceValue(func() map[string]bool {
	return set(`the of and to in for on is are was with by as at from that this it an or be not its new how what when will can has have more than about into out over you your we our they their but all one two
公司 时候 问题 方面 情况 东西 事情 地方 原因 结果 部分 过程 方式 方法 内容 人们 大家 自己 有人 时间 今年 去年 年底 目前 记者 消息 关系 作用 意义 例子 样子 程度 数字 同时 一方面 另一方面 也就是说 事实上 实际上 总的来说 换句话说 来看 来说 之一 以上 以下 以来 左右 之间 之后 之前 其中 其他 上述 媒体 报道 业务 工作 活动 能力 条件 机会 办法 对象 前者 后者 双方 对方 一次性 基本上 某种程度上 相比之下 进展 重点 领域 名单 计划 信息 先后`)
})
