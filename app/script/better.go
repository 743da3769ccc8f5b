package script

import (
	"strings"
	"unicode/utf8"
)

// What follows is where a Converter made by NewWithWords departs from OpenCC. Each
// rule is here because it takes away more wrong characters than it brings, counted
// on Traditional text that went to Simplified and back (see TestBackFromSimplified).

// betterGroups are dictionaries of our own that go before, and together with,
// another.
var betterGroups = map[string][]string{
	"STPhrases":         {"STAcross", "STOwn"},
	"TWVariantsPhrases": {"TWOwn"},
}

// rewrites are forms that OpenCC's phrases have and the press has not: 了解 is
// written twelve times as often as 瞭解, 盡量 thirty times as often as 儘量, 燒毀
// always and 燒燬 never.
var rewrites = []string{
	"瞭解", "了解", "瞭然", "了然", "燬", "毀", "傢俱", "家具", "幷", "并", "彙集", "匯集", "彙報", "匯報",
	"絃", "弦", "鉅", "巨", "迴歸", "回歸",
	"矇昧", "蒙昧", "矇混", "蒙混", "矇蔽", "蒙蔽", "矇騙", "蒙騙", "矇住", "蒙住", "矇眼", "蒙眼", "矇在", "蒙在",
	"慼慼", "戚戚", "休慼", "休戚", "廕", "蔭", "衚衕", "胡同", "餬口", "糊口", "伕", "夫",
	"儘快", "盡快", "儘量", "盡量", "儘早", "盡早", "儘可能", "盡可能", "儘有可能", "盡有可能", "儘可", "盡可",
	"剋制", "克制", "巖", "岩", "孃", "娘", "麪糰", "麪團", "揹", "背", "柺杖", "拐杖", "柺子", "拐子", "鐵柺", "鐵拐", "譭", "毀",
	"捱罵", "挨罵", "捱打", "挨打", "捱揍", "挨揍", "發黴", "發霉", "喧譁", "喧嘩",
	"內鬨", "內鬨", "鬨", "哄", "悽", "淒", "釦", "扣", "閤家", "合家", "閤眼", "合眼", "矇頭", "蒙頭", "硃紅", "朱紅",
	"黴味", "霉味", "黴氣", "霉氣", "黴運", "霉運", "黴頭", "霉頭", "黴爛", "霉爛", "黴雨", "霉雨",
	"氣衝衝", "氣沖沖", "怒衝衝", "怒沖沖", "雅緻", "雅致", "景緻", "景致", "別緻", "別致", "摺合", "折合", "對摺", "對折",
}

// regional are those of Taiwan and of Hong Kong beyond: 宣布 is written two hundred
// times as often as 宣佈 in the one, three times in the other. OpenCC's standard
// keeps them apart.
var regional = []string{"佈", "布"}

var rewrite, rewriteRegional = strings.NewReplacer(rewrites...), strings.NewReplacer(append(regional, rewrites...)...)

// manner is what a configuration rewrites; nil if it does as OpenCC does.
func manner(name string, better bool) *strings.Replacer {
	switch {
	case !better:
		return nil
	case name == "s2t":
		return rewrite
	}
	return rewriteRegional
}

// context is a place in the text of a stage.
type context struct {
	text  []byte
	i     int // byte of the character, or of the first of a phrase
	size  int
	at    int // its rune
	edges edgeSet
}

// before is the nth character before, after the nth after; 0 beyond the ends.
func (c *context) before(n int) rune {
	i, r := c.i, rune(0)
	for ; n > 0; n-- {
		if i == 0 {
			return 0
		}
		var size int
		r, size = utf8.DecodeLastRune(c.text[:i])
		i -= size
	}
	return r
}

func (c *context) after(n int) rune {
	i, r := c.i+c.size, rune(0)
	for ; n > 0; n-- {
		if i == len(c.text) {
			return 0
		}
		var size int
		r, size = utf8.DecodeRune(c.text[i:])
		i += size
	}
	return r
}

// ahead reports whether one of set stands among the next n characters, before any
// punctuation.
func (c *context) ahead(n int, set string) bool {
	for i := c.i + c.size; n > 0 && i < len(c.text); n-- {
		r, size := utf8.DecodeRune(c.text[i:])
		if !han(r) && !digit(r) {
			return false
		}
		if in(r, set) {
			return true
		}
		i += size
	}
	return false
}

// listed reports whether the character ends one of the names of two characters in a
// list: 信义里、白米里.
func (c *context) listed(r rune) bool {
	return c.after(1) == '、' && c.after(4) == r && in(c.before(3), "、：") || c.before(3) == '、' && c.before(4) == r
}

// inWord reports whether the character is in a word of several; not known to be,
// without words.
func (c *context) inWord() bool {
	return c.edges != nil && !(c.edges.has(c.at) && c.edges.has(c.at+1))
}

// single reports whether the character is a word by itself, or may be one where
// words are not known.
func (c *context) single() bool {
	return c.edges == nil || c.edges.has(c.at) && c.edges.has(c.at+1)
}

// wordEnd reports whether a word of several ends with the character.
func (c *context) wordEnd() bool {
	return c.edges != nil && !c.edges.has(c.at) && c.edges.has(c.at+1)
}

// wordStart reports whether a word of several begins with the character.
func (c *context) wordStart() bool {
	return c.edges != nil && c.edges.has(c.at) && !c.edges.has(c.at+1)
}

// foreign reports whether the character stands in a foreign name: beside two
// characters that are used to spell them, or one and the dot between names.
func (c *context) foreign() bool {
	n := 0
	for k := 1; k <= 3 && spells(c.before(k)); k++ {
		n++
	}
	for k := 1; k <= 3 && spells(c.after(k)); k++ {
		n++
	}
	return n >= 2
}

func spells(r rune) bool { return strings.ContainsRune(spelling, r) }

// spelling are characters of foreign names that seldom stand beside a noun.
const spelling = "·斯克尔爾埃昂亚亞娅婭根希诺諾奥奧德茨兹茲卡瓦夫维維特拉莱萊塔巴马馬蒂科贝貝弗丹恩格米曼姆哈阿乌烏伊茜蕾琳耶约約凯凱费費罗羅洛佩皮普萨薩森什苏蘇坎肯伯布鲁魯戈基吉迪笛杰娜妮丽麗莉莎沙默摩穆努纳納尼内奈宁寧艾安隆伦倫兰蘭利歇谢謝韦韋威温溫沃霍赫胡华華察切彻徹车泽澤赛賽西顿頓图圖托提坦泰瑟撒桑朗劳勞雷列卢盧路吕呂马玛瑪麦麥迈邁梅门蒙明缪繆密乔喬琼瓊汤湯廷喀加嘉盖蓋高古瓜圭居柯库庫夸奎腊拜班邦保堡鲍鮑比彼毕畢宾賓波博勃皮噶忽脱脫芬札扎"

func numeral(r rune) bool {
	return '0' <= r && r <= '9' || '０' <= r && r <= '９' || r != 0 && strings.ContainsRune("一二三四五六七八九十百千万萬亿億两兩几幾数數廿卅", r)
}

func closing(r rune) bool { return strings.ContainsRune("」』”’》〉)）", r) }

func han(r rune) bool { return 0x3400 <= r && r <= 0x9fff || 0x20000 <= r && r <= 0x3ffff }
