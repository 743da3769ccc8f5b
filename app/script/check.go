package script

import (
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"pizhu/app/article"
	"pizhu/app/lexicon"
)

// Tier is how a place of a Traditional text looks wrong.
type Tier string

// The tiers, the surest first.
const (
	// SimplifiedLeft: a Simplified character, or one that Traditional has for other
	// words alone, was left standing: 随着, 内部, 由于, 制作.
	SimplifiedLeft Tier = "simplified-left"
	// OverConverted: a character was turned into one that this word is not written
	// with: 隻是, 盡管, 紮克伯格, 叠代.
	OverConverted Tier = "over-converted"
	// Regional: a form that neither Taiwan nor Hong Kong uses, or that the rest of
	// the text does not.
	Regional Tier = "regional"
)

// Reason is why a place looks wrong.
type Reason string

// The reasons. A page has a sentence for each.
const (
	NotTraditional Reason = "not-traditional" // the character is Simplified and nothing else
	OtherInWord    Reason = "other-in-word"   // Word is written with another character
	ForeignName    Reason = "foreign-name"    // foreign names are spelled with another character
	KnownMistake   Reason = "known-mistake"   // a mistake that converters make
	OtherForm      Reason = "other-form"      // an old or Japanese form
)

// Fault is a place where a text itself looks wrong.
type Fault struct {
	Span       article.Span // runes of the text
	Tier       Tier
	Text       string // what is there
	Suggestion string // what should be, in the forms that the text uses otherwise
	Reason     Reason
	// Word is the word that Text stands in, as it should be, where one decided; ""
	// where the character decides by itself.
	Word string
}

// Checker looks for faults in Traditional texts.
type Checker struct {
	to, back *Converter
	standard map[rune]rune // forms of Taiwan and Hong Kong to the standard's
	tw, hk   map[rune]rune // the standard's to theirs
	never    map[rune]bool // characters that are Simplified and nothing else
}

// NewChecker is a Checker over the asset "conversion"; words are as for
// NewWithWords, and may be nil, at the cost of false alarms.
func NewChecker(lex *lexicon.Lexicon, words Words) (*Checker, error) {
	to, err := New("t2s", lex)
	if err != nil {
		return nil, fmt.Errorf("check: %w", err)
	}
	back, err := NewWithWords("s2t", lex, words)
	if err != nil {
		return nil, fmt.Errorf("check: %w", err)
	}
	c := &Checker{to: to, back: back, standard: map[rune]rune{}, never: map[rune]bool{}}
	c.tw, c.hk = table(lex, "TWVariants"), table(lex, "HKVariants")
	for _, name := range []string{"TWVariantsRev", "HKVariantsRev"} {
		for from, to := range table(lex, name) {
			c.standard[from] = to
		}
	}
	for _, row := range lex.All("STCharacters") {
		r := []rune(row.Text)
		c.never[r[0]] = true
		for _, v := range row.Values {
			if v == row.Text {
				c.never[r[0]] = false
			}
		}
	}
	return c, nil
}

// table is a dictionary of single characters.
func table(lex *lexicon.Lexicon, name string) map[rune]rune {
	m := map[rune]rune{}
	for _, row := range lex.All(name) {
		from, to := []rune(row.Text), []rune(row.Values[0])
		if len(from) == 1 && len(to) == 1 {
			m[from[0]] = to[0]
		}
	}
	return m
}

// Check is NewChecker and its Check, for one text.
func Check(text string, lex *lexicon.Lexicon, words Words) ([]Fault, error) {
	c, err := NewChecker(lex, words)
	if err != nil {
		return nil, err
	}
	return c.Check(text), nil
}

// mistakes are words that converters get wrong in a way that leads back to
// another wrong one: what stands there, and what should.
var mistakes = []struct{ wrong, right string }{
	{"叠代", "迭代"}, {"疊代", "迭代"}, {"更叠", "更迭"}, {"更疊", "更迭"}, {"聖叠戈", "聖迭戈"}, {"聖疊戈", "聖迭戈"},
	{"穀歌", "谷歌"}, {"矽穀", "矽谷"}, {"硅穀", "硅谷"}, {"髮布", "發布"},
}

// accepted are characters that careful writers use for each other: no fault,
// whatever a dictionary says.
var accepted = sync.OnceValue(func() map[[2]rune]bool {
	m := map[[2]rune]bool{}
	for _, p := range strings.Fields("布佈 占佔 周週 游遊 台臺 檯台 檯臺 回迴 升昇 昇陞 升陞 注註 托託 杯盃 划劃 劃畫 份分 志誌 岩巖 嘆歎 毀燬 欲慾 奸姦 僱雇 煙菸 搜蒐 凶兇 它牠 妳你 局侷 摺折 念唸 家傢 具俱 伙夥 彩綵 鋪舖 針鍼 秘祕 才纔 唇脣 杆桿 幸倖 涌湧 勛勳 庄莊 杰傑 峰峯 群羣 床牀 啓啟 線綫 衆眾 喫吃 污汙 洩泄 跡蹟 跡迹 嚐嘗 彷仿 熔鎔 鏈鍊 煉鍊 絃弦 厘釐 瞭了 坐座 黴霉 逕徑 恤卹 咨諮 咽嚥 嘩譁 僕仆 凈淨 塚冢 泛氾 背揹 姊姐 曬晒 溼濕 豔艷 妝粧 鑑鑒 恆恒 拚拼 粘黏 糰團 餵喂 核覈 巨鉅 哩里 梁樑 鐮鎌 匯滙 並併 復覆 温溫 脉脈 够夠 却卻 册冊 强強") {
		r := []rune(p)
		m[[2]rune{r[0], r[1]}] = true
		m[[2]rune{r[1], r[0]}] = true
	}
	return m
})

// Check is where text looks wrong, in order. Spans do not overlap. A text that is
// not Traditional for the most part has none: it is not badly converted, it is not
// converted.
func (c *Checker) Check(text string) []Fault {
	if d := Detect(text); d.Lang == "" || d.Lang == "zh-Hans" {
		return nil
	}
	var tr trace
	there := c.to.Convert(text)
	back := c.back.convert(there.Text, &tr)
	source, simple, shown := []rune(text), []rune(there.Text), []rune(back.Text)
	// plain has what is no text as U+FFFD, so that offs are those of its runes.
	plain, offs := []byte(string(simple)), make([]int, len(simple)+1)
	for i, r := range simple {
		offs[i+1] = offs[i] + utf8.RuneLen(r)
	}
	decided := make([]*match, len(simple)+1)
	for i := range tr.stages[1].matches {
		m := &tr.stages[1].matches[i]
		for at := m.s0; at < m.s1; at++ {
			decided[at] = m
		}
	}
	var faults []Fault
	style := c.style(text)
	add := func(f Fault) {
		f.Text = string(source[f.Span.Start:f.Span.End])
		f.Suggestion, f.Word = style(f.Suggestion), style(f.Word)
		faults = append(faults, f)
	}
	for i := 0; i < len(source); i++ {
		if n, right := knownMistake(source[i:]); n > 0 {
			add(Fault{Span: article.Span{Start: i, End: i + n}, Tier: OverConverted, Reason: KnownMistake, Suggestion: right, Word: right})
			i += n - 1
			continue
		}
		one := article.Span{Start: i, End: i + 1}
		if want, ok := oldForms[source[i]]; ok {
			add(Fault{Span: one, Tier: Regional, Reason: OtherForm, Suggestion: string(want)})
			continue
		}
		mid := there.FromSource(one)
		out := back.FromSource(mid)
		if mid.Len() != 1 || out.Len() != 1 {
			continue
		}
		have, want := source[i], shown[out.Start]
		if have == want || c.fold(have) == c.fold(want) || accepted()[[2]rune{c.fold(have), c.fold(want)}] {
			continue
		}
		f := Fault{Span: one, Suggestion: string(want), Tier: OverConverted, Reason: OtherInWord}
		if have == simple[mid.Start] {
			f.Tier = SimplifiedLeft
		}
		m := decided[mid.Start]
		switch {
		case c.never[have] && f.Tier == SimplifiedLeft:
			f.Reason = NotTraditional
			if m != nil && m.s1-m.s0 > 1 {
				f.Word = word(back, shown, m)
			}
		case m != nil && m.s1-m.s0 > 1:
			f.Word = word(back, shown, m)
			if doubtful[f.Word] || unsure[[2]rune{have, want}] {
				continue
			}
		case (&context{text: plain, i: offs[mid.Start], size: offs[mid.Start+1] - offs[mid.Start]}).foreign():
			f.Reason = ForeignName
		case have == '于':
			// The preposition stands by itself; the family name before a name, as a rule
			// after what is no character.
			if i == 0 || !han(source[i-1]) {
				continue
			}
		default:
			continue
		}
		add(f)
	}
	return faults
}

// word is what m was converted to.
func word(v View, shown []rune, m *match) string {
	s := v.FromSource(article.Span{Start: int(m.s0), End: int(m.s1)})
	return string(shown[s.Start:s.End])
}

// oldForms are forms that Traditional text of today has in neither place, and
// converters write.
var oldForms = map[rune]rune{'産': '產', '閑': '閒', '麽': '麼'}

// doubtful are words that are written both ways.
var doubtful = map[string]bool{"儘量": true, "編制": true, "創制": true, "制導": true, "制法": true, "念書": true}

// unsure are changes that phrases ask for more often wrongly than not.
var unsure = map[[2]rune]bool{{'系', '係'}: true, {'出', '齣'}: true, {'扎', '紮'}: true, {'后', '後'}: true, {'征', '徵'}: true, {'朴', '樸'}: true, {'只', '隻'}: true, {'覆', '複'}: true, {'困', '睏'}: true, {'雲', '云'}: true}

func knownMistake(text []rune) (n int, right string) {
	for _, p := range mistakes {
		if r, _ := utf8.DecodeRuneInString(p.wrong); r != text[0] {
			continue
		}
		w := []rune(p.wrong)
		if len(w) <= len(text) && string(text[:len(w)]) == p.wrong {
			return len(w), p.right
		}
	}
	return 0, ""
}

func (c *Checker) fold(r rune) rune {
	if to, ok := c.standard[r]; ok {
		return to
	}
	return r
}

// style puts suggestions into the forms that text has: 裡 where it has 裡, 裏 where
// it has that.
func (c *Checker) style(text string) func(string) string {
	lang := Detect(text).Lang
	return func(s string) string {
		return strings.Map(func(r rune) rune {
			forms := []rune{r, c.tw[r], c.hk[r]}
			if lang == "zh-TW" {
				forms = []rune{c.tw[r], r}
			} else if lang == "zh-HK" {
				forms = []rune{c.hk[r], r}
			}
			for _, f := range forms {
				if f != 0 && (lang != "zh-Hant" || strings.ContainsRune(text, f)) {
					return f
				}
			}
			return r
		}, s)
	}
}

// Corrected is text as it would be without faults: a view, in which a reader finds
// back to the source as in any other. Faults must be in order and not overlap, as
// Check has them; of those that do, and those beyond the text, the later is left out.
func Corrected(text string, faults []Fault) View {
	source := []rune(text)
	v := View{source: len(source), from: text}
	var out strings.Builder
	at := 0
	for _, f := range faults {
		if f.Span.Start < at || f.Span.End > len(source) || f.Span.Empty() {
			continue
		}
		out.WriteString(string(source[at:f.Span.Start]))
		v.shown += f.Span.Start - at
		out.WriteString(f.Suggestion)
		n := utf8.RuneCountInString(f.Suggestion)
		if n != f.Span.Len() {
			v.pieces = append(v.pieces, piece{int32(f.Span.Start), int32(f.Span.End), int32(v.shown), int32(v.shown + n)})
		}
		v.shown += n
		at = f.Span.End
	}
	out.WriteString(string(source[at:]))
	v.shown += len(source) - at
	v.Text = out.String()
	return v
}
