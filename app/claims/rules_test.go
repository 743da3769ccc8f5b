package claims

import (
	"strings"
	"testing"
)

func TestShippedRulesParse(t *testing.T) {
	rs, err := parseRules("rules.txt", rulesText, unpaused)
	if err != nil {
		t.Fatalf("expected the rules that ship to parse: %v", err)
	}
	known, has := map[string]bool{}, map[string]int{}
	for _, typ := range Types() {
		known[typ.Name] = true
	}
	for _, r := range rs.rules {
		if !known[r.typ] {
			t.Errorf("rule %s is of type %q, which does not ship", r.id, r.typ)
		}
		has[r.typ]++
	}
	for name := range known {
		if has[name] < 5 {
			t.Errorf("type %s has %d rules, expected at least 5", name, has[name])
		}
	}
}

func TestRulesAreRefusedByLine(t *testing.T) {
	// The lists that the program itself uses, with a word each.
	var lists strings.Builder
	for _, l := range []string{"mask", "negation", "denial", "question", "condition", "generic", "firm", "org", "org-tail", "person", "surname", "bench",
		"plan", "forecast", "rumour", "say", "source-end", "lead", "more", "time", "compare", "compare-amount", "tail", "through"} {
		lists.WriteString("list " + l + " = 字\n")
	}
	head := lists.String()
	for _, c := range []struct{ name, line, want string }{
		{"no type before it", "sue 80 起诉", "expected a type"},
		{"no weight", "type a\nsue 起诉 控告", "weight"},
		{"weight too great", "type a\nsue 100 起诉", "weight"},
		{"nothing but a name", "type a\nsue 80", "expected a name, a weight and a pattern"},
		{"begins with a gap", "type a\nsue 80 ~ 起诉", "begin and end"},
		{"ends with a gap", "type a\nsue 80 起诉 ~", "begin and end"},
		{"first step may be left out", "type a\nsue 80 起诉? 控告", "begin and end"},
		{"gap of nothing", "type a\nsue 80 起诉 ~0 控告", "gap"},
		{"gap without end", "type a\nsue 80 起诉 ~999 控告", "gap"},
		{"unknown list", "type a\nsue 80 &nothing", "no list"},
		{"empty word", "type a\nsue 80 起诉//控告", "empty word"},
		{"condition without a sign", "type a\nsue 80 起诉 | 法院", "condition"},
		{"the same name twice", "type a\nsue 80 起诉\nsue 70 控告", "stands twice"},
		{"unknown doubt", "type a ignores weather\nsue 80 起诉", "negation"},
		{"unknown class of a unit", "unit COLOUR = 红", "class"},
	} {
		_, err := parseRules("r.txt", head+c.line+"\n", unpaused)
		if err == nil {
			t.Errorf("%s: %q was taken, expected an error", c.name, c.line)
			continue
		}
		if !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "r.txt:") {
			t.Errorf("%s: the error is %q, expected the file, the line and %q", c.name, err, c.want)
		}
	}
	if _, err := parseRules("r.txt", head+"type a\nsue 80 起诉 ~20 MONEY? # a comment\n", unpaused); err != nil {
		t.Errorf("a rule with a gap, a class and a comment was refused: %v", err)
	}
	if _, err := parseRules("r.txt", "type a\nsue 80 起诉\n", unpaused); err == nil {
		t.Error("rules without the lists that the program uses were taken, expected an error")
	}
}

// TestMatching reads the language of the rules case by case.
func TestMatching(t *testing.T) {
	base := strings.SplitN(rulesText, "# ================================================================ lawsuits", 2)[0]
	for _, c := range []struct {
		name, rule, text string
		want             bool
	}{
		{"a word", "r 80 甲乙", "前面甲乙后面", true},
		{"one of two", "r 80 丙丁/甲乙", "前面甲乙后面", true},
		{"steps at once", "r 80 甲 乙", "前面甲乙后面", true},
		{"a space between counts as at once", "r 80 甲 乙", "前面甲 乙后面", true},
		{"not at once", "r 80 甲 乙", "前面甲丙乙后面", false},
		{"in the gap", "r 80 甲 ~2 乙", "前面甲丙丁乙后", true},
		{"beyond the gap", "r 80 甲 ~2 乙", "前面甲丙丁戊乙", false},
		{"the other way round", "r 80 甲 ~ 乙", "前面乙甲后面", false},
		{"a gap ends with the clause", "r 80 甲 ~ 乙", "前面甲，乙后面", false},
		{"a crossing gap does not", "r 80 甲 ~~12 乙", "前面甲，乙后面", true},
		{"but with the sentence", "r 80 甲 ~~12 乙", "前面甲。乙后面就是", false},
		{"optional there", "r 80 甲 ~ 乙? ~ 丙", "前面甲乙丙后", true},
		{"optional not there", "r 80 甲 ~ 乙? ~ 丙", "前面甲丁丙后", true},
		{"class at once", "r 80 罚 MONEY", "罚200万元", true},
		{"wrong class", "r 80 罚 MONEY", "罚200万人", false},
		{"number takes money", "r 80 罚 NUMBER", "罚200万元", true},
		{"figure does not", "r 80 罚 FIGURE", "罚200万元", false},
		{"date", "r 80 于 DATE", "于2024年离任", true},
		{"share", "r 80 占 PERCENT", "占百分之五", true},
		{"model", "r 80 发布 MODEL", "发布GPT-4o了", true},
		{"name takes a model", "r 80 发布 NAME", "发布GPT-4o了", true},
		{"a version is no amount", "r 80 MODEL", "他们说Claude 3好", true},
		{"an amount is no version", "r 80 MODEL", "他们给Anthropic 40 亿美元", false},
		{"title", "r 80 看 TITLE", "看《三体》去", true},
		{"somebody", "r 80 WHO 说", "海棠汽车说了什么", true},
		{"somebody by surname", "r 80 PERSON 说", "王某说了什么", true},
		{"somebody with a dot", "r 80 PERSON 说", "穆斯塔法·苏莱曼说了什么", true},
		{"wanted in the clause", "r 80 甲 | +乙", "甲在前面乙在后", true},
		{"wanted, in another clause", "r 80 甲 | +乙", "甲在前面，乙在后面", false},
		{"wanted in the sentence", "r 80 甲 | ++乙", "甲在前面，乙在后面", true},
		{"not wanted in the clause", "r 80 甲 | -乙", "甲在前面乙在后", false},
		{"not wanted, in another clause", "r 80 甲 | -乙", "甲在前面，乙在后面", true},
		{"not wanted in the sentence", "r 80 甲 | --乙", "甲在前面，乙在后面", false},
		{"not wanted but a part of the pattern", "r 80 甲乙 | -乙", "甲乙在前面", true},
		{"not directly before", "r 80 甲 | !<乙", "前乙甲后面", false},
		{"before, not directly", "r 80 甲 | !<乙", "前乙丙甲后面", true},
		{"not directly after", "r 80 甲 | !>乙", "前面甲乙后", false},
		{"a longer word hides it", "r 80 上市", "这家上市公司很大", false},
		{"case and width do not matter", "r 80 ipo", "他们的ＩＰＯ来了", true},
		{"letters do not match inside a word", "r 80 ipo", "他们的ipod来了", false},
	} {
		rs, err := parseRules("t", base+"\ntype test\n"+c.rule+"\n", unpaused)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		got := false
		r := newReading(rs, []rune(c.text), nil)
		r.sentences(func() { r.find(func(finding) { got = true }) })
		if got != c.want {
			t.Errorf("%s: %q on %q gives %v, expected %v", c.name, c.rule, c.text, got, c.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		text  string
		class class
		value float64
		unit  string
	}{
		{"12.8万", classNumber, 128000, ""},
		{"1,400亿元", classMoney, 1.4e11, "元"},
		{"687亿美元", classMoney, 6.87e10, "美元"},
		{"1.5万亿元", classMoney, 1.5e12, "元"},
		{"40 亿 美元", classMoney, 4e9, "美元"},
		{"3000多万元", classMoney, 3e7, "元"},
		{"US$15亿", classMoney, 1.5e9, "美元"},
		{"€3.85亿", classMoney, 3.85e8, "欧元"},
		{"百分之三十五", classPercent, 35, "%"},
		{"５０％", classPercent, 50, "%"},
		{"0.5个百分点", classPercent, .5, "百分点"},
		{"25个基点", classPercent, 25, "基点"},
		{"一千五百人", classPeople, 1500, "人"},
		{"三百余名员工", classPeople, 300, "人"},
		{"4000个岗位", classPeople, 4000, "岗位"},
		{"100 万个 token", classNumber, 1e6, "token"},
		{"700亿个参数", classNumber, 7e10, "参数"},
		{"两万辆", classNumber, 20000, "辆"},
		{"2024年3月", classDate, 0, ""},
	} {
		r := newReading(rules(), []rune("这里有"+c.text+"。"), nil)
		found := false
		r.sentences(func() {
			for _, e := range r.entities {
				if e.class == c.class && (c.class == classDate || e.value == c.value && e.unit == c.unit) {
					found = true
				}
			}
			if !found {
				t.Errorf("%s: read as %+v, expected class %d, value %v, unit %q", c.text, r.entities, c.class, c.value, c.unit)
			}
		})
	}
}

func FuzzParseRules(f *testing.F) {
	f.Add("type a\nsue 80 起诉/控告 ~20 法院? | +WHO --不")
	f.Add("list x = 一 二\nunit MONEY = 元 刀:美元\ntype b ignores negation\nr 1 &x ~~60 MONEY")
	f.Add("type\nr 99 / | -")
	base := strings.SplitN(rulesText, "# ================================================================ lawsuits", 2)[0]
	f.Fuzz(func(t *testing.T, text string) {
		rs, err := parseRules("f", base+"\n"+text, unpaused)
		if err != nil {
			return
		}
		r := newReading(rs, []rune("云岭科技昨天向法院起诉，索赔二百万元。"), nil)
		r.sentences(func() { r.find(func(finding) {}) })
	})
}

func unpaused() {}
