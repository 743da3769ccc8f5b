package words

import (
	"strings"
	"sync"
	"unicode"

	"pizhu/app/article"
)

// What readers see as one is put together in two steps. Numbers that a dictionary
// must not see in parts (12.8 万, 2024 年 3 月 4 日) are cut out before gse splits
// what lies between them; units, names and titles are put together from its
// pieces, so that a unit counts only where gse sees a word end (2.0 时代 is no
// hour).

// kind is what a piece has been recognised as.
type kind uint8

const (
	plain    kind = iota
	number        // digits, with or without separators and a magnitude: 100, 12.8 万
	quantity      // a number with a unit, a date, a time: nothing more is added but parts of a date
	year          // 2024 年
	month         // 7 月
	numeral       // a number in Chinese numerals
)

type piece struct {
	article.Span
	kind kind
}

// numbers are the spans of runes that are numbers beyond doubt: with separators,
// a magnitude or a per-cent sign, or full dates. A bare 100 is left to gse, since
// it may begin an entry (1号店).
func numbers(rs []rune) []piece {
	var out []piece
	for i := 0; i < len(rs); i++ {
		if !digit(rs[i]) {
			if end := chineseDate(rs, i); end > i {
				out = append(out, piece{article.Span{Start: i, End: end}, quantity})
				i = end - 1
			}
			continue
		}
		if i > 0 && alnum(rs[i-1]) || i > 1 && nameJoiner(rs[i-1]) && alnum(rs[i-2]) {
			for i+1 < len(rs) && alnum(rs[i+1]) { // GPT-4, A100: part of a name
				i++
			}
			continue
		}
		p, hard := scanNumber(rs, i)
		if hard {
			out = append(out, p)
		}
		i = p.End - 1
	}
	return out
}

// chineseDate is the end of 二〇二四年 or 二〇二四年三月十二日 at i; i if none begins
// there. gse would see 四年 in it.
func chineseDate(rs []rune, i int) int {
	if i+4 >= len(rs) || rs[i+4] != '年' || i > 0 && numeralRune(rs[i-1]) {
		return i
	}
	for _, r := range rs[i : i+4] {
		if !numeralRune(r) || magnitudes(r) || r == '两' {
			return i
		}
	}
	end := i + 5
	for _, unit := range []rune{'月', '日'} {
		k := end
		for k < len(rs) && k < end+3 && numeralRune(rs[k]) {
			k++
		}
		if k == end || k == len(rs) || rs[k] != unit {
			break
		}
		end = k + 1
	}
	return end
}

// scanNumber reads the number at rs[i], a digit, and reports whether it needs no
// word boundary of gse's to end where it ends.
func scanNumber(rs []rune, i int) (p piece, hard bool) {
	end := digits(rs, i)
	n := end - i
	p = piece{article.Span{Start: i, End: end}, number}
	at := func(j int) rune {
		if j < len(rs) {
			return rs[j]
		}
		return 0
	}
	if n == 4 {
		// 2024-03-04, 2024/3/4, 2024.3.4
		if c := at(end); c == '-' || c == '/' || c == '.' {
			if m := digits(rs, end+1); 0 < m-end-1 && m-end-1 <= 2 && at(m) == c {
				if d := digits(rs, m+1); 0 < d-m-1 && d-m-1 <= 2 && !alnum(at(d)) {
					return piece{article.Span{Start: i, End: d}, quantity}, true
				}
			}
		}
	}
	if c := at(end); n <= 2 && (c == ':' || c == '：') {
		if m := digits(rs, end+1); m-end-1 == 2 && !alnum(at(m)) {
			if s := digits(rs, m+1); at(m) == c && s-m-1 == 2 {
				m = s
			}
			return piece{article.Span{Start: i, End: m}, quantity}, true
		}
	}
	for {
		c := at(end)
		m := digits(rs, end+1)
		decimal := (c == '.' || c == '．') && m > end+1
		thousands := c == ',' && m == end+4 && n <= 3
		if !decimal && !thousands {
			break
		}
		end, hard = m, true
	}
	p.End = end
	if alnum(at(end)) {
		return p, false // 7B, 1.5x: a name, or a unit in Latin letters
	}
	k := skipSpace(rs, end)
	switch c := at(k); {
	case c == '%' || c == '％' || c == '‰' || c == '℃':
		return piece{article.Span{Start: i, End: k + 1}, quantity}, true
	case c == '年' && n == 4 && !hard:
		switch at(k + 1) {
		case '级', '制': // a school year, a system
			return p, false
		case '度', '代', '初', '底', '末', '间':
			return piece{article.Span{Start: i, End: k + 2}, quantity}, true
		}
		return date(rs, piece{article.Span{Start: i, End: k + 1}, year}), true
	case c == '月' && n <= 2 && !hard:
		d := date(rs, piece{article.Span{Start: i, End: k + 1}, month})
		return d, d.kind == quantity // a bare 7 月 may be 7 月份
	}
	if m := magnitude(rs, k); m > k {
		return piece{article.Span{Start: i, End: m}, number}, true
	}
	return p, hard
}

// date adds a month and a day to a year, or a day to a month.
func date(rs []rune, p piece) piece {
	k := skipSpace(rs, p.End)
	m := digits(rs, k)
	if m == k || m > k+2 {
		return p
	}
	u := skipSpace(rs, m)
	if u == len(rs) {
		return p
	}
	switch {
	case p.kind == year && rs[u] == '月':
		p.End, p.kind = u+1, month
		if u+1 < len(rs) {
			switch rs[u+1] {
			case '份', '初', '底', '末':
				p.End, p.kind = u+2, quantity
				return p
			}
		}
		return date(rs, p)
	case p.kind == month && (rs[u] == '日' || rs[u] == '号'):
		p.End, p.kind = u+1, quantity
	}
	return p
}

// magnitude is the end of 万, 亿, 千万, 多亿 … at k; k if there is none.
func magnitude(rs []rune, k int) int {
	m := k
	if m < len(rs) && (rs[m] == '多' || rs[m] == '余') {
		m++
	}
	first := m
	for m < len(rs) && m < first+3 && magnitudes(rs[m]) {
		m++
	}
	if m == first {
		return k
	}
	if m < len(rs) {
		switch rs[m] {
		case '米', '克', '瓦', '卡', '赫', '焦', '伏', '帕':
			if rs[m-1] == '千' || rs[m-1] == '兆' {
				m-- // 3 千米 is a unit, not three thousand
			}
		case '多', '余':
			return m + 1
		}
	}
	if m == first {
		return k
	}
	return m
}

func magnitudes(r rune) bool {
	switch r {
	case '十', '百', '千', '万', '亿', '兆':
		return true
	}
	return false
}

// units may follow a number, with or without a space, where gse sees a word end.
// Only what is read with the number is here; counters such as 个 家 款 stay words.
var units = sync.OnceValue(func() map[string]bool {
	return set(`年 年度 年代 年底 年初 年末 年间 月 月份 月底 月初 日 号 时 点 点钟 点半 小时 分 分钟 秒 秒钟 毫秒 微秒 纳秒 周 周年 周岁 岁 天 世纪 季度
元 块 块钱 角 美元 美金 欧元 英镑 日元 日圆 韩元 港元 港币 新台币 台币 人民币 元人民币 卢比 卢布 瑞郎 法郎 新元 新加坡元 澳元 加元 加拿大元 泰铢 比索 里亚尔 迪拉姆
倍 成 个百分点 百分点 基点 个基点
米 千米 公里 厘米 毫米 微米 纳米 英寸 英尺 英里 海里 平方米 平方公里 平方千米 立方米 公顷 亩 平方英尺
克 千克 公斤 吨 毫克 微克 斤 磅 盎司 万吨 亿吨 升 毫升 加仑 桶
瓦 千瓦 兆瓦 吉瓦 太瓦 千瓦时 度 摄氏度 华氏度 伏 赫兹 千赫 兆赫 比特 字节 兆字节 像素 寸
美分 便士 人次 卷`)
})

// counters after a number say that it counts what follows, so that it is no
// version of the name before it: Meta 3 款模型.
var counters = sync.OnceValue(func() map[string]bool {
	return set(`个 家 款 种 项 名 位 次 人 条 台 部 篇 件 张 只 支 座 栋 辆 架 艘 所 本 册 门 份 批 组 套 场 届 轮 期 段 句 字 章 页 行 列 层 级 档 类 路 口 片 颗 枚 对 双 团 股 笔 万 亿 多 余 大 方 者 分之`)
})

func set(words string) map[string]bool {
	m := make(map[string]bool)
	start := -1
	for i, r := range words + " " {
		switch space := r == ' ' || r == '\n'; {
		case space && start >= 0:
			m[words[start:i]] = true
			start = -1
		case !space && start < 0:
			start = i
		}
	}
	return m
}

// editions may follow a Latin name or its version: GPT-4 Turbo, Gemini 1.5 Pro.
var editions = sync.OnceValue(func() map[string]bool {
	return set(`Turbo Pro Ultra Max Mini Plus Opus Sonnet Haiku Flash Nano Lite Large Medium Small Air SE Preview Instruct Chat Vision Beta Alpha XL Ti Super Thinking Codex Coder Experimental Base Edition Omni Next Fold Flip Note Reasoning`)
})

// measures are counters that gse's dictionary glues to numerals, 十二名 and 第一部
// among its 13,000 words for numbers; the guidelines of PKU, MSR, AS and CityU, and
// of the Universal Dependencies, all part the two. Counters that also make words of
// other kinds with a numeral (一道 一手 一面 一点) are left out, and so is time: 三年 is
// a number with its unit, and read as one.
const measures = `个家名位种项条次部件篇张只支座栋辆架艘所本册份批组套场届轮段句层颗枚股笔款台幅棵艇匹头间幢扇堵盏串束堆筐箱瓶杯碗盒罐袋倍国`

var measureRunes = sync.OnceValue(func() *runeSet { return runesOf(measures) })

// counted is where a piece such as 十二名 parts; 0 if it does not.
func counted(rs []rune) int {
	n := len(rs)
	if n < 2 || !measureRunes().has(rs[n-1]) {
		return 0
	}
	i := 0
	if rs[0] == '第' {
		i++
	}
	if i == n-1 {
		return 0
	}
	for _, r := range rs[i : n-1] {
		if !numeralRune(r) && r != '几' && r != '数' {
			return 0
		}
	}
	if rs[n-1] == '国' && (n > 2 || rs[0] != '两') || rs[n-1] == '头' && rs[0] != '第' {
		return 0 // 三国 is a time and a book, 一头 an adverb
	}
	if n == 2 && (rs[0] == '百' || rs[0] == '千' || rs[0] == '万') {
		return 0 // 百家, 万家, 千层
	}
	return n - 1
}

// grouper puts pieces together. All positions are runes.
type grouper struct {
	rs  []rune
	in  []piece
	out []article.Span
}

func group(rs []rune, in []piece) []article.Span {
	in = people(rs, clusters(rs, in))
	g := grouper{rs: rs, in: in, out: make([]article.Span, 0, len(in))}
	for i := 0; i < len(in); {
		i = g.step(i)
	}
	return g.out
}

// step puts out the word that begins with piece i and returns the next piece.
func (g *grouper) step(i int) int {
	p := g.in[i]
	r := g.rs[p.Start]
	switch {
	case p.kind != plain:
		return g.number(i, i)
	case digit(r):
		if j := g.joined(i); j > i+1 && !g.isRange(i) {
			return g.latin(i)
		}
		return g.number(i, i)
	case latin(r):
		return g.latin(i)
	case r == ' ' || r == '\t' || r == '\u00a0' || r == '\u3000' || r == '\n' || r == '\r':
		// White space is one span a run, but a line feed is its own, so that no
		// span crosses lines.
		j := i + 1
		if r != '\n' && r != '\r' {
			for j < len(g.in) && g.rs[g.in[j].Start] != '\n' && g.rs[g.in[j].Start] != '\r' && unicode.IsSpace(g.rs[g.in[j].Start]) {
				j++
			}
		}
		return g.emit(i, j)
	case r == '$' || r == '¥' || r == '￥' || r == '€' || r == '£':
		if i+1 < len(g.in) && g.in[i+1].kind == number || i+1 < len(g.in) && g.isDigits(i+1) {
			return g.number(i, i+1)
		}
	case (numeralRune(r) || r == '第' || r == '几' || r == '数') && p.kind == plain && counted(g.rs[p.Start:p.End]) > 0:
		n := counted(g.rs[p.Start:p.End])
		g.out = append(g.out, article.Span{Start: p.Start, End: p.Start + n}, article.Span{Start: p.Start + n, End: p.End})
		return i + 1
	case r == '第' && p.Len() == 1:
		if j := g.skip(i + 1); j < len(g.in) && g.isDigits(j) {
			return g.emit(i, j+1)
		}
	case r == '《':
		return g.title(i)
	case r == '百' && i+1 < len(g.in) && g.isNumeral(i+1) && g.text(i, i+1) == "百分之":
		return g.emit(i, i+2)
	case numeralRune(r) && g.isNumeral(i):
		return g.numeral(i)
	case r == '…' || r == '—' || r == '─' || r == '–' || r == '-' || r == '=' || r == '*' || r == '_' || r == '.' || r == '。' || r == '~' || r == '～' || r == '!' || r == '！' || r == '?' || r == '？':
		j := i + 1
		for j < len(g.in) && g.in[j].Len() == 1 && g.rs[g.in[j].Start] == r {
			j++
		}
		return g.emit(i, j)
	}
	return g.emit(i, i+1)
}

func (g *grouper) emit(i, j int) int {
	g.out = append(g.out, article.Span{Start: g.in[i].Start, End: g.in[j-1].End})
	return j
}

// skip is the piece after i, or after the single space at i.
func (g *grouper) skip(i int) int {
	if i < len(g.in) && g.in[i].Len() == 1 && (g.rs[g.in[i].Start] == ' ' || g.rs[g.in[i].Start] == '\u00a0') {
		return i + 1
	}
	return i
}

func (g *grouper) isDigits(i int) bool {
	if g.in[i].kind == number {
		return true
	}
	for _, r := range g.rs[g.in[i].Start:g.in[i].End] {
		if !digit(r) {
			return false
		}
	}
	return true
}

func (g *grouper) text(i, j int) string {
	return string(g.rs[g.in[i].Start:g.in[j-1].End])
}

// unit returns the piece after the unit that begins with piece i, or i if none does.
func (g *grouper) unit(i int) int {
	found := i
	for j := i + 1; j <= len(g.in) && j <= i+3 && g.in[j-1].End-g.in[i].Start <= 5; j++ {
		if units()[g.text(i, j)] {
			found = j
		}
	}
	return found
}

// isRange reports whether piece i is the first of two numbers joined as in 3-5.
func (g *grouper) isRange(i int) bool {
	if i+2 >= len(g.in) || g.in[i+1].Len() != 1 || !g.isDigits(i) || !g.isDigits(i+2) {
		return false
	}
	switch g.rs[g.in[i+1].Start] {
	case '-', '–', '~', '～':
		return true
	}
	return false
}

// number puts out a word that begins at piece i with its number at piece j.
func (g *grouper) number(i, j int) int {
	k := g.in[j].kind
	end := j + 1
	if g.isRange(j) {
		end, k = j+3, number
	}
	if k == plain && !g.isDigits(j) {
		return g.latin(i) // 7B, 3D
	}
	for {
		u := g.skip(end)
		switch k {
		case plain, number:
			m := g.unit(u)
			if m == u {
				return g.emit(i, end)
			}
			end, k = m, quantity
			switch t := g.text(u, m); {
			case t == "年" && g.in[j].kind == plain:
				k = year
			case t == "月":
				k = month
			}
		case year, month:
			// The day or the month may be a plain number whose unit gse has seen.
			if u >= len(g.in) || g.in[u].kind == plain && !g.isDigits(u) || g.in[u].kind == number || g.in[u].kind == numeral {
				return g.emit(i, end)
			}
			if g.in[u].kind == quantity || g.in[u].kind == year {
				return g.emit(i, end)
			}
			if k == year && g.in[u].kind == month {
				end, k = u+1, month
				continue
			}
			v := g.skip(u + 1)
			if v >= len(g.in) {
				return g.emit(i, end)
			}
			switch t := g.text(v, v+1); {
			case k == year && (t == "月" || t == "月份"):
				end, k = v+1, month
			case k == month && (t == "日" || t == "号"):
				return g.emit(i, v+1)
			default:
				return g.emit(i, end)
			}
		default:
			return g.emit(i, end)
		}
	}
}

// numeral puts out a number in Chinese numerals: 三百五十, 二〇二四年, 百分之三十.
func (g *grouper) numeral(i int) int {
	j := i + 1
	for j < len(g.in) && g.isNumeral(j) {
		j++
	}
	if j < len(g.in) && g.in[j].kind == plain && numeralRune(g.rs[g.in[j].Start]) {
		if p := g.in[j]; counted(g.rs[p.Start:p.End]) > 0 { // 三百|二十名
			n := p.Start + counted(g.rs[p.Start:p.End])
			g.out = append(g.out, article.Span{Start: g.in[i].Start, End: n}, article.Span{Start: n, End: p.End})
			return j + 1
		}
	}
	runes := g.rs[g.in[i].Start:g.in[j-1].End]
	if j < len(g.in) {
		next := g.text(j, j+1)
		switch {
		case next == "年" && (len(runes) == 2 || len(runes) == 4) && allDigits(runes):
			j++
		case next == "月" && len(runes) <= 2 || (next == "日" || next == "号") && len(runes) <= 3:
			if len(runes) > 1 {
				j++
			}
		case len(runes) > 1 && units()[next] && currency()[next]:
			j++
		}
	}
	return g.emit(i, j)
}

var currency = sync.OnceValue(func() map[string]bool {
	return set(`元 美元 美金 欧元 英镑 日元 韩元 港元 港币 新台币 人民币`)
})

func (g *grouper) isNumeral(i int) bool {
	if g.in[i].kind != plain {
		return false
	}
	rs := g.rs[g.in[i].Start:g.in[i].End]
	for _, r := range rs {
		if !numeralRune(r) {
			return false
		}
	}
	return true
}

func numeralRune(r rune) bool {
	switch r {
	case '〇', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万', '亿', '两', '○':
		return true
	}
	return false
}

func allDigits(rs []rune) bool {
	for _, r := range rs {
		if magnitudes(r) || r == '两' {
			return false
		}
	}
	return true
}

// maxTitle is how long a title may be to count as one word; longer ones are
// selected by their words.
const maxTitle = 16

// title puts out 《 and, where 》 is near, what is between as one word. The marks
// stay outside: punctuation at the edges of a selection is dropped anyway.
func (g *grouper) title(i int) int {
	start := g.in[i].End
	for j := i + 1; j < len(g.in) && g.in[j].Start-start <= maxTitle; j++ {
		switch g.rs[g.in[j].Start] {
		case '》':
			g.emit(i, i+1)
			if j > i+1 {
				g.emit(i+1, j)
			}
			return j
		case '《', '\n', '\r':
			return g.emit(i, i+1)
		}
	}
	return g.emit(i, i+1)
}

// maxNames is how many words with a capital letter make one name: Ruth Bader
// Ginsburg. A company is a name of its own: Google does not swallow Gemini.
const maxNames = 3

// orgs are the companies of names.txt in Latin letters.
var orgs = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool)
	for rest := namesFile; rest != ""; {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		if word, ok := strings.CutSuffix(line, "\tnt"); ok {
			m[word] = true
		}
	}
	return m
})

// latin puts out a name in Latin letters with what belongs to it: joined parts
// (GPT-4, Abacus.AI, R&D), a version after a space (Claude 3, Gemini 1.5), and an
// edition (Turbo, 1.5 Pro, 3 70B).
func (g *grouper) latin(i int) int {
	end := g.joined(i)
	if isHan(g.rs[g.in[end-1].End-1]) { // an entry such as A股
		return g.emit(i, end)
	}
	if u := g.skip(end); end == i+1 && g.in[i].Len() == 1 && u < len(g.in) && g.rs[g.in[u].Start] == '轮' && g.in[u].Len() == 1 {
		return g.emit(i, u+1) // A 轮
	}
	if !unicode.IsUpper(g.rs[g.in[i].Start]) && !g.hasUpper(i, end) {
		return g.emit(i, end)
	}
	names, versioned := 1, false
	if orgs()[g.text(i, end)] {
		names = maxNames
	}
	for end < len(g.in) {
		u := g.skip(end)
		if u == end || u >= len(g.in) {
			break
		}
		switch {
		case !versioned && g.version(u):
			end, versioned = g.joined(u), true
		case latin(g.rs[g.in[u].Start]) && editions()[g.text(u, g.joined(u))]:
			end = g.joined(u)
		case versioned && g.size(u):
			end = u + 1
		case !versioned && names < maxNames && g.titleCase(u) && g.titleCaseBefore(end):
			end = g.joined(u)
			names++
		default:
			return g.emit(i, end)
		}
	}
	return g.emit(i, end)
}

// joined is the end of the Latin name or number that begins at piece i: pieces
// joined by signs without a space.
func (g *grouper) joined(i int) int {
	j := i + 1
	for j+1 < len(g.in) && g.in[j].Len() == 1 && nameJoiner(g.rs[g.in[j].Start]) && alnum(g.rs[g.in[j+1].Start]) && g.alnumPiece(j+1) {
		j += 2
	}
	return j
}

func (g *grouper) alnumPiece(i int) bool {
	if k := g.in[i].kind; k != plain {
		return false
	}
	for _, r := range g.rs[g.in[i].Start:g.in[i].End] {
		if !alnum(r) {
			return false
		}
	}
	return true
}

func (g *grouper) hasUpper(i, j int) bool {
	for _, r := range g.rs[g.in[i].Start:g.in[j-1].End] {
		if 'A' <= r && r <= 'Z' {
			return true
		}
	}
	return false
}

// version reports whether piece i is a number that can be a version: up to four
// digits or a decimal, neither followed by a unit nor by a counter.
func (g *grouper) version(i int) bool {
	p := g.in[i]
	if p.kind != plain && p.kind != number || !digit(g.rs[p.Start]) || p.Len() > 4 || !versionRunes(g.rs[p.Start:p.End]) {
		return false
	}
	u := g.skip(i + 1)
	if u >= len(g.in) {
		return true
	}
	next := string(g.rs[g.in[u].Start:min(g.in[u].End, g.in[u].Start+6)])
	if g.unit(u) > u || counters()[next] {
		return false
	}
	return !(g.rs[g.in[u].Start] == '%' || u == i+1 && latin(g.rs[g.in[u].Start]))
}

func versionRunes(rs []rune) bool {
	for _, r := range rs {
		if !digit(r) && r != '.' {
			return false
		}
	}
	return true
}

// size reports whether piece i is a number of parameters: 70B, 8x7B, 405B.
func (g *grouper) size(i int) bool {
	rs := g.rs[g.in[i].Start:g.in[i].End]
	if len(rs) < 2 || len(rs) > 6 || !digit(rs[0]) {
		return false
	}
	switch rs[len(rs)-1] {
	case 'B', 'b', 'M', 'T', 'K':
		return true
	}
	return false
}

// titleCase reports whether piece i alone is a word such as Sam or Altman. Words
// in capitals or with capitals inside (CEO, OpenAI) stand alone: they are names of
// their own more often than parts of one.
func (g *grouper) titleCase(i int) bool {
	rs := g.rs[g.in[i].Start:g.in[i].End]
	if len(rs) < 2 || !('A' <= rs[0] && rs[0] <= 'Z') || g.joined(i) != i+1 {
		return false
	}
	for _, r := range rs[1:] {
		if !unicode.IsLower(r) {
			return false
		}
	}
	return true
}

func (g *grouper) titleCaseBefore(end int) bool {
	return g.titleCase(end - 1)
}

func digit(r rune) bool { return '0' <= r && r <= '9' }

// latin reports whether gse takes r into a run of letters: letters of two bytes or
// less, which are Latin, Greek, Cyrillic, Hebrew, Arabic.
func latin(r rune) bool {
	if r < 0x80 {
		return 'a' <= r|0x20 && r|0x20 <= 'z'
	}
	return r < 0x800 && unicode.IsLetter(r)
}

func alnum(r rune) bool { return digit(r) || latin(r) }

// nameJoiner reports whether r between two Latin words joins them.
func nameJoiner(r rune) bool {
	switch r {
	case '-', '.', '_', '&', '\'', '’', '/', '@', '+', '·', '\u2010', '\u2011':
		return true
	}
	return false
}

func digits(rs []rune, i int) int {
	for i < len(rs) && digit(rs[i]) {
		i++
	}
	return i
}

func skipSpace(rs []rune, i int) int {
	if i < len(rs) && (rs[i] == ' ' || rs[i] == '\u00a0') {
		return i + 1
	}
	return i
}
