package words_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pizhu/app/article"
	"pizhu/app/lexicon"
	"pizhu/app/words"
)

func split(text string) []string {
	return cut(text, words.New(lexicon.Embedded(), text).Words(text))
}

// TestWordsKeepTogetherWhatReadersSeeAsOne looks for words in sentences: each of
// want must be a word of its own.
func TestWordsKeepTogetherWhatReadersSeeAsOne(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"names with versions", "Claude 3 与 GPT-4 Turbo、Gemini 1.5、Llama 3 相比", []string{"Claude 3", "与", "GPT-4 Turbo", "Gemini 1.5", "Llama 3", "相比"}},
		{"editions and sizes", "试了Gemini 1.5 Pro、Claude 3.5 Sonnet、Llama 3.1 405B和Mistral Large", []string{"Gemini 1.5 Pro", "Claude 3.5 Sonnet", "Llama 3.1 405B", "和", "Mistral Large"}},
		{"a count is no version", "Meta 3 款模型，OpenAI 100 个席位，Google 7 月发布", []string{"Meta", "3", "款", "OpenAI", "100", "Google", "7 月"}},
		{"a version before a word", "Claude 3 家族的成员", []string{"Claude 3", "家族"}},
		{"a company before a product", "Google Gemini 1.5 和 Meta Llama 2", []string{"Google", "Gemini 1.5", "Meta", "Llama 2"}},
		{"people in Latin letters", "谷歌 CEO Sundar Pichai 与 Sam Altman", []string{"CEO", "Sundar Pichai", "Sam Altman"}},
		{"joined letters", "R&D、AT&T、Abacus.AI、node.js、Wi-Fi、A100、GPT4", []string{"R&D", "AT&T", "Abacus.AI", "node.js", "Wi-Fi", "A100", "GPT4"}},
		{"numbers with magnitudes", "100 万、12.8 万、1400 亿、20多万、1,234,567个", []string{"100 万", "12.8 万", "1400 亿", "20多万", "1,234,567", "个"}},
		{"numbers with units", "65%、3.5 亿美元、7 月份、30℃、5公里、3 千米、2.5倍", []string{"65%", "3.5 亿美元", "7 月份", "30℃", "5公里", "3 千米", "2.5倍"}},
		{"a unit ends where a word ends", "2.0时代的3年级学生", []string{"2.0", "时代", "年级"}},
		{"money before", "$3.5亿和￥100", []string{"$3.5亿", "￥100"}},
		{"dates", "2024 年 3 月 4 日、2024年3月、3 月 4 日、2019年度、1990年代、2024-03-04、10:30", []string{"2024 年 3 月 4 日", "2024年3月", "3 月 4 日", "2019年度", "1990年代", "2024-03-04", "10:30"}},
		{"full-width digits and letters", "１９９７年７月１日，ＧＰＴ－４占６５％", []string{"１９９７年７月１日", "６５％"}},
		{"Chinese numerals", "二〇二四年三月十二日，一九九七年，百分之三十，三百五十，两亿美元", []string{"二〇二四年三月十二日", "一九九七年", "百分之三十", "三百五十", "两亿美元"}},
		{"ranges", "3-5 年，10~20 万", []string{"3-5 年", "10~20 万"}},
		{"titles", "《纽约时报》和《生成式人工智能服务管理暂行办法》", []string{"《", "纽约时报", "》", "和", "生成式人工智能服务管理暂行办法"}},
		{"names and terms", "英伟达、扎克伯格、机器之心、开源、闭源、多模态、基准测试、C++", []string{"英伟达", "扎克伯格", "机器之心", "开源", "闭源", "多模态", "基准测试", "C++"}},
		{"a preposition is no part of a name", "谷歌迟滞于微软", []string{"于", "微软"}},
		{"foreign names", "萨姆·奥尔特曼与亚历山大·王", []string{"萨姆·奥尔特曼", "与", "亚历山大·王"}},
		{"Chinese names", "记者樊增祥报道", []string{"记者", "樊增祥", "报道"}},
		{"unknown foreign names", "由阿尔瓦雷茨创办", []string{"由", "阿尔瓦雷茨", "创办"}},
		{"a counter is no part of a number", "十二名员工和三百二十家企业第一次见面，数百辆车", []string{"十二", "名", "三百二十", "家", "第一", "次", "数百", "辆"}},
		{"a time is read with its number", "等了三年，三国演义", []string{"三年", "三国演义"}},
		{"funding rounds", "完成 A 轮和B轮融资", []string{"A 轮", "B轮"}},
		{"dashes and dots", "是——但是……", []string{"——", "……"}},
		{"entries that begin with a digit", "去4S店看1号店", []string{"4S店"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := split(tt.text)
			for _, w := range tt.want {
				if !slices.Contains(got, w) {
					t.Errorf("%q is not one word in %s", w, strings.Join(got, "|"))
				}
			}
		})
	}
}

// TestBadInput checks what holds for any text: the words are in order, without
// gaps, cover the text, and part no character that readers see as one.
func TestBadInput(t *testing.T) {
	family := "👨\u200d👩\u200d👧"
	tests := []struct {
		name, text string
		want       []string // the words, if the case is about them
	}{
		{"nothing", "", []string{}},
		{"a hundred thousand characters without punctuation", strings.Repeat("人工智能大模型的参数量超过预期许多公司都在研究它", 4200), nil},
		{"the same character a hundred thousand times", strings.Repeat("的", 100_000), nil},
		{"unknown characters", strings.Repeat("𠮷𪚥", 5000), nil},
		{"a hundred thousand Latin letters", strings.Repeat("a", 100_000), []string{strings.Repeat("a", 100_000)}},
		{"a hundred thousand digits", strings.Repeat("1", 100_000), []string{strings.Repeat("1", 100_000)}},
		{"digits and separators without end", strings.Repeat("1.", 50_000), nil},
		{"one name after the other", strings.Repeat("Ab ", 30_000), nil},
		{"opening quotes without end", strings.Repeat("《", 50_000), nil},
		{"dots of names without end", strings.Repeat("马·", 30_000), nil},
		{"no Chinese", "The quick brown fox, 42 times.", []string{"The", " ", "quick", " ", "brown", " ", "fox", ",", " ", "42", " ", "times", "."}},
		{"emoji with variation selectors", "好❤\ufe0f了☎\ufe0e", []string{"好", "❤\ufe0f", "了", "☎\ufe0e"}},
		{"emoji joined and with skin", "看" + family + "和👍🏽", []string{"看", family, "和", "👍🏽"}},
		{"flags", "🇨🇳🇹🇼", []string{"🇨🇳", "🇹🇼"}},
		{"combining marks", "caf" + "e\u0301tude与e\u0301", []string{"cafe\u0301tude", "与", "e\u0301"}},
		{"a mark on nothing", "\u0301好", []string{"\u0301", "好"}},
		{"a variation of a Chinese character", "葛\U000e0100飾", []string{"葛\U000e0100", "飾"}},
		{"control characters", "好\x00\x01\x7f的", nil},
		{"line ends", "好\r\n的\n\n", []string{"好", "\r", "\n", "的", "\n", "\n"}},
		{"right to left", "他说שלום עולם和مرحبا", nil},
		{"ill-formed UTF-8", "好\xff\xfe的\xe4\xbd", nil},
		{"surrogates as bytes", "\xed\xa0\x80", nil},
		{"private use, the filler among it", "\U000F6A31\U000F6A32\ue000", nil},
	}
	lex := lexicon.Embedded()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, s := range []*words.Segmenter{words.New(lex, tt.text), words.New(nil, tt.text), words.NewExact(lex, tt.text)} {
				checkCover(t, tt.text, s.Words(tt.text))
				checkCover(t, tt.text, s.Pieces(tt.text))
			}
			if got := split(tt.text); tt.want != nil && !slices.Equal(got, tt.want) {
				t.Errorf("got %.300q\nexpected %.300q", got, tt.want)
			}
		})
	}
}

func checkCover(t *testing.T, text string, spans []article.Span) {
	t.Helper()
	at := 0
	for _, s := range spans {
		if s.Start != at || s.End <= s.Start {
			t.Fatalf("word %v does not follow on rune %d", s, at)
		}
		at = s.End
	}
	if n := utf8.RuneCountInString(text); at != n {
		t.Fatalf("words end at rune %d of %d", at, n)
	}
}

// TestLongLinesAreSplitAsShortOnes holds the windows of a long line against lines.
func TestLongLinesAreSplitAsShortOnes(t *testing.T) {
	sentence := "英国竞争与市场管理局裁定微软的安排构成需要审查的合并但不会实质削弱竞争"
	n := utf8.RuneCountInString(sentence)
	long := strings.Repeat(sentence, 1000)
	s := words.New(lexicon.Embedded(), long)
	want := s.Pieces(sentence + sentence + sentence)
	var middle []article.Span
	for _, w := range want {
		if w.Start >= n && w.End <= 2*n {
			middle = append(middle, article.Span{Start: w.Start - n, End: w.End - n})
		}
	}
	got := s.Pieces(long)
	i := 0
	for copy := range 1000 {
		for i < len(got) && got[i].Start < copy*n {
			i++
		}
		if copy == 0 || copy == 999 {
			continue
		}
		for k, w := range middle {
			if i+k >= len(got) || got[i+k] != (article.Span{Start: w.Start + copy*n, End: w.End + copy*n}) {
				t.Fatalf("copy %d is split otherwise than the same sentence between its like", copy)
			}
		}
	}
}

func TestUserWords(t *testing.T) {
	text := "他们把模型架构和小而美的路线写进 open weights 的白皮书"
	user, problems := words.ParseUser(strings.NewReader("模型架构\n小而美\t50\tn\nopen weights\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	got := cut(text, words.NewWith(lexicon.Embedded(), text, user).Words(text))
	for _, w := range []string{"模型架构", "小而美", "open weights"} {
		if !slices.Contains(got, w) {
			t.Errorf("the reader's word %q is not one in %s", w, strings.Join(got, "|"))
		}
		if slices.Contains(split(text), w) {
			t.Errorf("%q is one word without the reader, so the case shows nothing", w)
		}
	}
}

func TestPartsOfTheTextAreSplitAsTheWhole(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(sample), "\n")
	s := words.New(lexicon.Embedded(), sample)
	var apart []string
	for _, line := range lines {
		apart = append(apart, cut(line, s.Words(line))...)
		apart = append(apart, "\n")
	}
	whole := cut(sample, s.Words(sample))
	if !slices.Equal(whole, apart) {
		t.Errorf("block by block: %q\nas a whole:     %q", apart, whole)
	}
}

func FuzzWords(f *testing.F) {
	for _, s := range []string{sample, "2024-03-04 10:30", "《》", "A 轮", "1,234.5万-6％", "马·马", "e\u0301\u200d\ufe0f", "\xff第 3", "¥", "百分之", "0\u302d"} {
		f.Add(s)
	}
	lex := lexicon.Embedded()
	f.Fuzz(func(t *testing.T, text string) {
		s := words.New(lex, text)
		spans := s.Words(text)
		checkCover(t, text, spans)
		runes := []rune(text)
		for _, w := range spans {
			if r := runes[w.Start]; w.Start > 0 && runes[w.Start-1] != '\n' && runes[w.Start-1] != '\r' && unicode.Is(unicode.Mn, r) {
				t.Errorf("a word begins with the combining mark %U", r)
			}
			if w.Len() > 1 && slices.Contains(runes[w.Start:w.End], '\n') {
				t.Errorf("word %v crosses a line feed", w)
			}
		}
	})
}

// TestLearner holds that what was learned piece by piece is known as if it had come
// at once.
func TestLearner(t *testing.T) {
	one, _ := benchText(t)
	lex := lexicon.Embedded()
	user := []words.Entry{{Word: "推理速度"}, {Word: "价格"}, {Word: "百万"}}
	blocks := append(strings.Split(one, "\n"), strings.Split(sample, "\n")...)
	whole := words.NewWith(lex, strings.Join(blocks, "\n"), user)
	for _, size := range []int{1, 3, 1000} {
		s := words.NewLearner(lex, user)
		var learned []string
		for i := 0; i < len(blocks); i += size {
			some := blocks[i:min(i+size, len(blocks))]
			s.Learn(strings.Join(some, "\n"))
			learned = append(learned, some...)
			so := words.NewWith(lex, strings.Join(learned, "\n"), user)
			for _, block := range some {
				if got, want := cut(block, s.Words(block)), cut(block, so.Words(block)); !slices.Equal(got, want) {
					t.Fatalf("learned %d blocks at a time, block %q is split\n%q, at once\n%q", size, block, got, want)
				}
			}
		}
		for _, block := range blocks {
			if got, want := cut(block, s.Words(block)), cut(block, whole.Words(block)); !slices.Equal(got, want) {
				t.Errorf("learned %d blocks at a time, block %q is split in the end\n%q, at once\n%q", size, block, got, want)
			}
		}
	}
	done := words.New(lex, "大模型")
	done.Learn("发布会")
	if got := len(done.Words("发布会")); got != 3 {
		t.Errorf("a Segmenter that is not there to learn did: 发布会 are %d words, unknown runes would be 3", got)
	}
}
