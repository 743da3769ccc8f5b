package claims

import (
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pizhu/app/annotation"
	"pizhu/app/article"
)

// first is the surest suggestion of a type in text.
func first(text, typ string, o Options) (Suggestion, bool) {
	for _, s := range SuggestWith(text, nil, o) {
		if s.Type == typ {
			return s, true
		}
	}
	return Suggestion{}, false
}

func cut(text string, s article.Span) string { return string([]rune(text)[s.Start:s.End]) }

func TestSpans(t *testing.T) {
	for _, c := range []struct{ name, text, typ, want string }{
		{"one clause", "天气很好，云岭科技起诉了三名前员工，天色已晚。", Lawsuit, "云岭科技起诉了三名前员工"},
		{"what leads over is left out", "比如，云岭科技起诉了三名前员工。", Lawsuit, "云岭科技起诉了三名前员工"},
		{"two words that lead over", "但是，此外海棠汽车发布了新款轿车。", Release, "海棠汽车发布了新款轿车"},
		{"the subject of the clause before is taken in", "云岭科技宣布完成重组，随后裁员三百人。", Personnel, "云岭科技宣布完成重组，随后裁员三百人"},
		{"a comparison is carried on", "该模型在MMLU上得分86.8%，高于GPT-4的86.4%，但价格更贵。", Benchmark, "该模型在MMLU上得分86.8%，高于GPT-4的86.4%"},
		{"a comma in a number is no border", "公司裁员1,500人，占员工总数的一成。", Personnel, "公司裁员1,500人，占员工总数的一成"},
		{"a time is no border", "8:30开庭审理的是一桩专利案。", Lawsuit, "8:30开庭审理的是一桩专利案"},
		{"quotes that close are kept in pairs", "他说：“云岭科技已经起诉我们。”然后离开了。", Lawsuit, "云岭科技已经起诉我们"},
		{"a dash is a border", "这家公司——它昨天收购了对手——没有回应。", Acquisition, "它昨天收购了对手"},
		{"full width letters and digits", "公司完成１．２亿元Ｂ轮融资。", Funding, "公司完成１．２亿元Ｂ轮融资"},
		{"an emoji before it", "😀😀云岭科技起诉了三名前员工。", Lawsuit, "😀😀云岭科技起诉了三名前员工"},
		{"lines are sentences", "第一行没有什么\n云岭科技起诉了前员工\n第三行也没有", Lawsuit, "云岭科技起诉了前员工"},
		{"old line breaks are too", "第一行没有什么\r\n云岭科技起诉了前员工\r\n第三行也没有", Lawsuit, "云岭科技起诉了前员工"},
	} {
		s, ok := first(c.text, c.typ, Options{})
		if !ok {
			t.Errorf("%s: nothing of type %s was suggested in %q", c.name, c.typ, c.text)
			continue
		}
		if got := cut(c.text, s.Span); got != c.want {
			t.Errorf("%s: suggested %q, expected %q", c.name, got, c.want)
		}
	}
}

func TestDoubts(t *testing.T) {
	for _, c := range []struct {
		name, text, typ string
		doubt           Doubt // of the one that is given all the same; "" where it is sure
		sure            bool
	}{
		{"it happened", "云岭科技起诉了前员工。", Lawsuit, "", true},
		{"it did not", "云岭科技没有起诉前员工。", Lawsuit, Negated, false},
		{"it will not", "云岭科技不会起诉前员工。", Lawsuit, Negated, false},
		{"never worked together", "我们从未与该机构有过任何合作。", Partnership, Negated, false},
		{"not through words that carry the negation on", "公司尚未正式起诉前员工。", Lawsuit, Negated, false},
		{"another verb is negated", "女子花钱学艺未走红状告培训公司。", Lawsuit, "", true},
		{"not only is no negation", "公司不仅起诉了前员工，还公开了邮件。", Lawsuit, "", true},
		{"undoubtedly is no negation", "这毫无疑问是今年最大的一笔收购。", Acquisition, "", true},
		{"denied", "公司否认将收购海棠汽车。", Acquisition, Denied, false},
		{"asked with a mark", "云岭科技会起诉前员工？", Lawsuit, Asked, false},
		{"asked with a particle", "云岭科技要起诉前员工吗", Lawsuit, Asked, false},
		{"embedded question", "公司是否收购海棠汽车仍不清楚。", Acquisition, Asked, false},
		{"condition", "如果谈判破裂，公司将起诉对方。", Lawsuit, Conditional, false},
		{"how it is done", "起诉的流程分为三步。", Lawsuit, General, false},
		{"a score that was not reached is still a score", "该模型在MMLU上没有超过86.4%。", Benchmark, "", true},
		{"an opinion may be negative", "分析师并不看好这笔交易。", Opinion, "", true},
		{"a ban is a rule", "新规明确平台不得收集未成年人信息。", Regulation, "", true},
	} {
		sure, isSure := first(c.text, c.typ, Options{})
		if isSure != c.sure {
			t.Errorf("%s: %q suggested %v (%+v), expected %v", c.name, c.text, isSure, sure.Reason, c.sure)
		}
		any, ok := first(c.text, c.typ, Options{Min: .05})
		if !ok {
			t.Errorf("%s: %q gives nothing even at the lowest bar, expected a doubtful suggestion", c.name, c.text)
			continue
		}
		if c.doubt != "" && !slices.Contains(any.Reason.Doubts, c.doubt) {
			t.Errorf("%s: %q has the doubts %v, expected %q among them", c.name, c.text, any.Reason.Doubts, c.doubt)
		}
	}
}

func TestFacets(t *testing.T) {
	for _, c := range []struct {
		name, text, typ string
		want            annotation.Facets
	}{
		{"announced by itself", "亚马逊宣布向Anthropic投资40亿美元。", Funding,
			annotation.Facets{Attribution: "亚马逊", Certainty: annotation.Fact, Quantity: annotation.Quantity{Value: 4e9, Unit: "美元"}}},
		{"reported plan", "据The Information报道，Meta计划在7月份推出新模型Llama 3。", Release,
			annotation.Facets{Attribution: "The Information", Certainty: annotation.Plan}},
		{"rumour", "据传海棠汽车将收购云岭科技。", Acquisition, annotation.Facets{Certainty: annotation.Rumour}},
		{"forecast by somebody", "分析师预计，全球芯片市场到2027年将达到1200亿美元。", Forecast,
			annotation.Facets{Attribution: "分析师", Certainty: annotation.Plan, Quantity: annotation.Quantity{Value: 1.2e11, Unit: "美元"}}},
		{"speaker after the quote", "“这次收购毫无意义”，海棠汽车董事长说。", Acquisition, annotation.Facets{Attribution: "海棠汽车董事长"}},
		{"share compared", "该模型在MMLU上得分86.8%，高于GPT-4的成绩。", Benchmark,
			annotation.Facets{Quantity: annotation.Quantity{Value: 86.8, Unit: "%", Compared: "GPT-4"}}},
		{"unit before the number", "Llama 3的参数量超过1400亿。", Benchmark,
			annotation.Facets{Quantity: annotation.Quantity{Value: 1.4e11, Unit: "参数"}}},
		{"measure word between", "上下文窗口达到100 万个 token。", Benchmark,
			annotation.Facets{Quantity: annotation.Quantity{Value: 1e6, Unit: "token"}}},
		{"decimal times a hundred million", "美团公告以约20.65亿元收购光年之外。", Acquisition,
			annotation.Facets{Certainty: annotation.Fact, Quantity: annotation.Quantity{Value: 2065000000, Unit: "元"}}},
		{"chinese numerals", "公司裁员三百五十人。", Personnel, annotation.Facets{Quantity: annotation.Quantity{Value: 350, Unit: "人"}}},
		{"tenths", "新芯片的能效提升四成。", Benchmark, annotation.Facets{Quantity: annotation.Quantity{Value: 4, Unit: "成"}}},
		{"vague amounts have no value", "公司获得数十亿美元融资。", Funding, annotation.Facets{}},
		{"dollar sign", "The fund 向该公司投资$2.5亿。", Funding, annotation.Facets{Quantity: annotation.Quantity{Value: 2.5e8, Unit: "美元"}}},
		{"change of price", "套餐从12.9元涨到13.9元。", Price, annotation.Facets{Quantity: annotation.Quantity{Value: 13.9, Unit: "元", Compared: "12.9元"}}},
		{"a company's name is no number", "百度宣布收购一家翻译公司。", Acquisition, annotation.Facets{Attribution: "百度", Certainty: annotation.Fact}},
		{"a noun of saying has no speaker", "这次收购引发了如此多的评论。", Acquisition, annotation.Facets{Certainty: annotation.Fact}},
		{"a trillion", "其市值超过1.5万亿元之后，公司宣布融资3亿元。", Funding,
			annotation.Facets{Attribution: "公司", Certainty: annotation.Fact, Quantity: annotation.Quantity{Value: 3e8, Unit: "元"}}},
	} {
		s, ok := first(c.text, c.typ, Options{})
		if !ok {
			t.Errorf("%s: nothing of type %s was suggested in %q", c.name, c.typ, c.text)
			continue
		}
		if s.Facets != c.want {
			t.Errorf("%s: the facets of %q are %+v, expected %+v", c.name, c.text, s.Facets, c.want)
		}
		for what, part := range map[string]struct {
			span  article.Span
			words string
		}{"attribution": {s.Parts.Attribution, s.Facets.Attribution}, "comparison": {s.Parts.Compared, s.Facets.Quantity.Compared}} {
			if got := cut(c.text, part.span); got != part.words {
				t.Errorf("%s: the %s is %q but stands at %q", c.name, what, part.words, got)
			}
		}
	}
}

func TestAReasonIsGiven(t *testing.T) {
	text := "9月5日，蓝鲸智造宣布完成近亿元A轮融资。"
	s, ok := first(text, Funding, Options{})
	if !ok || s.Reason.Rule == "" || !strings.HasPrefix(s.Reason.Rule, Funding+".") {
		t.Fatalf("the reason is %+v, expected a rule of type %s", s.Reason, Funding)
	}
	var words []string
	for _, at := range s.Reason.At {
		words = append(words, cut(text, at))
		if !s.Span.Contains(at) {
			t.Errorf("the trigger at %v lies outside of the suggestion at %v", at, s.Span)
		}
	}
	if got := strings.Join(words, "…"); got != s.Reason.Trigger && strings.Join(words, "") != s.Reason.Trigger {
		t.Errorf("the trigger is given as %q but stands at %q", s.Reason.Trigger, got)
	}
}

func TestSortedBySureness(t *testing.T) {
	text := "云岭科技起诉了前员工。这次收购引来质疑。公司完成2亿元B轮融资，由两家基金领投。他觉得不错。"
	got := Suggest(text, nil)
	if len(got) < 3 {
		t.Fatalf("%d suggestions, expected at least 3", len(got))
	}
	for i := 1; i < len(got); i++ {
		a, b := got[i-1], got[i]
		if a.Confidence < b.Confidence || a.Confidence == b.Confidence && a.Span.Start > b.Span.Start {
			t.Errorf("suggestion %d (%.3f at %d) comes before %d (%.3f at %d), expected the surest first, then the order of the text",
				i-1, a.Confidence, a.Span.Start, i, b.Confidence, b.Span.Start)
		}
	}
}

func TestWordsCatchTriggersInsideLongerWords(t *testing.T) {
	text := "两次上诉人数都在增加。"
	whole, _ := first(text, Lawsuit, Options{Min: .05})
	words := []article.Span{{Start: 0, End: 2}, {Start: 2, End: 5}, {Start: 5, End: 6}, {Start: 6, End: 7}, {Start: 7, End: 8}, {Start: 8, End: 10}}
	for _, s := range SuggestWith(text, words, Options{Min: .05}) {
		if s.Type == Lawsuit && s.Confidence >= whole.Confidence {
			t.Errorf("上诉 inside of 上诉人 has confidence %.2f, expected less than the %.2f without word boundaries", s.Confidence, whole.Confidence)
		}
	}
	// Boundaries that make no sense are ignored, not trusted.
	odd := []article.Span{{Start: -5, End: 2}, {Start: 4, End: 4}, {Start: 9, End: 900}, {Start: 7, End: 3}}
	SuggestWith(text, odd, Options{})
}

func TestLearned(t *testing.T) {
	text := "云岭科技起诉了前员工。"
	before, _ := first(text, Lawsuit, Options{})
	var l Learned
	for range 3 {
		l = l.Reject(before.Reason.Rule)
	}
	after, ok := first(text, Lawsuit, Options{Learned: l, Min: .05})
	if !ok || after.Confidence >= before.Confidence-.2 {
		t.Errorf("after three rejections the confidence is %.2f, expected well under %.2f", after.Confidence, before.Confidence)
	}
	for range 6 {
		l = l.Accept(before.Reason.Rule)
	}
	again, _ := first(text, Lawsuit, Options{Learned: l})
	if again.Confidence <= after.Confidence {
		t.Errorf("acceptances left the confidence at %.2f, expected more than %.2f", again.Confidence, after.Confidence)
	}
	var empty Learned
	one := empty.Accept("a.b")
	if len(empty) != 0 {
		t.Errorf("Accept changed the value it was called on: %v", empty)
	}
	if got := one.Forget("a.b", true); len(got) != 0 {
		t.Errorf("taking the only answer back leaves %v, expected nothing", got)
	}
	if got := empty.Forget("a.b", false); len(got) != 0 {
		t.Errorf("taking back what was never given leaves %v, expected nothing", got)
	}
}

func TestRejectedDoesNotComeBack(t *testing.T) {
	text := "前文。云岭科技起诉了前员工。"
	s, _ := first(text, Lawsuit, Options{})
	skip := func(key string) bool { return key == s.Key }
	if got, ok := first(text, Lawsuit, Options{Skip: skip}); ok {
		t.Errorf("%+v came back after it was rejected", got)
	}
	moved := "前面加了一段。前文。云岭科技起诉了前员工。"
	if got, ok := first(moved, Lawsuit, Options{Skip: skip}); ok {
		t.Errorf("%+v came back after a text was put before it", got)
	}
	if got, ok := first("海棠汽车起诉了前员工。", Lawsuit, Options{Skip: skip}); !ok {
		t.Errorf("another claim of the same type was held back: %+v", got)
	}
}

func TestReadersOwnTypes(t *testing.T) {
	types := []annotation.Type{
		{Name: "energy", Triggers: []string{"储能电站", "  ", ""}},
		{Name: "gone", Triggers: []string{"并网"}, Deleted: true},
		{Name: Lawsuit, Deleted: true},
	}
	text := "全国最大的储能电站昨天并网。云岭科技起诉了前员工。"
	got := map[string]bool{}
	for _, s := range SuggestWith(text, nil, Options{Types: types}) {
		got[s.Type] = true
	}
	if !got["energy"] {
		t.Error("a reader's own trigger proposed nothing")
	}
	if got["gone"] || got[Lawsuit] {
		t.Errorf("deleted types proposed something: %v", got)
	}
}

func TestReadingInSlicesIsTheSame(t *testing.T) {
	var texts []string
	for _, l := range readLabelled(t, "testdata/visible.tsv") {
		texts = append(texts, l.text)
	}
	whole := Suggest(strings.Join(texts, "\n"), nil)
	var parts []Suggestion
	at := 0
	for _, text := range texts {
		for _, s := range Suggest(text, nil) {
			s.Span.Start += at
			s.Span.End += at
			parts = append(parts, s)
		}
		at += utf8.RuneCountInString(text) + 1
	}
	key := func(s Suggestion) [3]any { return [3]any{s.Span, s.Type, s.Confidence} }
	a, b := map[[3]any]int{}, map[[3]any]int{}
	for _, s := range whole {
		a[key(s)]++
	}
	for _, s := range parts {
		b[key(s)]++
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("the text whole gives %d suggestions, sentence by sentence %d, expected the same", len(whole), len(parts))
	}
}

func TestOddInput(t *testing.T) {
	for _, text := range []string{
		"", " ", "\n\n\n", "。。。", "？", "\"", "《", "《》", "据", "据报道", "，，，，", "百", "千", "十", "$", "$$$", "100", "1,", "1.", "据据据据称说", "\xff\xfe起诉\xff",
		strings.Repeat("起诉", 5000), strings.Repeat("不", 3000) + "起诉。", strings.Repeat("a", 10000), strings.Repeat("1,000", 2000), strings.Repeat("《", 3000),
		strings.Repeat("从1元", 600), "\U0010FFFF起诉\U0010FFFF", "起诉\x00起诉",
	} {
		n := len([]rune(text))
		for _, s := range SuggestWith(text, nil, Options{Min: .01}) {
			checkSane(t, text, n, s)
		}
	}
}

func checkSane(t testing.TB, text string, n int, s Suggestion) {
	t.Helper()
	if s.Span.Start < 0 || s.Span.End > n || s.Span.Empty() {
		t.Fatalf("in %q: span %v, expected a part of %d runes", text, s.Span, n)
	}
	if s.Confidence <= 0 || s.Confidence > 1 || s.Type == "" || s.Key == "" || s.Reason.Rule == "" {
		t.Fatalf("in %q: %+v lacks something", text, s)
	}
	for _, part := range append([]article.Span{s.Parts.Attribution, s.Parts.Quantity, s.Parts.Compared}, s.Reason.At...) {
		if part.Start < 0 || part.End > n || part.Start > part.End {
			t.Fatalf("in %q: part %v, expected it inside of %d runes", text, part, n)
		}
	}
}

func FuzzSuggest(f *testing.F) {
	for _, l := range readLabelled(f, "testdata/visible.tsv") {
		f.Add(l.text, int64(0))
	}
	f.Add("据《》报道，$1.5万亿——“《", int64(7))
	f.Fuzz(func(t *testing.T, text string, seed int64) {
		if len(text) > 4096 {
			return
		}
		n := len([]rune(text))
		rng := rand.New(rand.NewSource(seed))
		var words []article.Span
		for at := 0; at < n && seed != 0; {
			end := at + 1 + rng.Intn(4)
			words = append(words, article.Span{Start: at, End: end})
			at = end
		}
		for _, s := range SuggestWith(text, words, Options{Min: .01}) {
			checkSane(t, text, n, s)
		}
	})
}

func BenchmarkSuggest(b *testing.B) {
	var text strings.Builder
	for utf8.RuneCountInString(text.String()) < 2700 {
		for _, l := range readLabelled(b, "testdata/visible.tsv") {
			text.WriteString(l.text)
		}
	}
	article := string([]rune(text.String())[:2700])
	rules()
	b.ReportAllocs()
	for b.Loop() {
		Suggest(article, nil)
	}
}

// BenchmarkRules is what the first suggestion costs more than the later ones.
func BenchmarkRules(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parseRules("rules.txt", rulesText, unpaused); err != nil {
			b.Fatal(err)
		}
	}
}
