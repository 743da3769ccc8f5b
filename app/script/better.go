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
var betterGroups = map[string]string{
	"STPhrases":         "STOwn",
	"TWVariantsPhrases": "TWOwn",
}

// rewrites are forms that OpenCC's phrases have and the press has not: 了解 is
// written twelve times as often as 瞭解, 宣布 two hundred times as often as 宣佈,
// 燒毀 always and 燒燬 never.
var rewrites = strings.NewReplacer(
	"瞭解", "了解", "燬", "毀", "傢俱", "家具", "侷限", "局限", "幷", "并", "彙集", "匯集", "彙報", "匯報",
	"絃", "弦", "逕流", "徑流", "釐米", "厘米", "公釐", "公厘", "矇昧", "蒙昧", "矇混", "蒙混", "鉅", "巨", "佈", "布", "迴歸", "回歸")

// solo are characters that no phrase decided: what they become, in place of the
// first candidate.
var solo = map[rune]func(c context) string{
	// Mile and neighbourhood, or inside: the locative follows a noun, the other is
	// part of a name, most of them foreign.
	'里': func(c context) string {
		b, a := c.before(1), c.after(1)
		if c.inWord() || c.foreign() || numeral(b) || b == '的' || !han(b) && !closing(b) || strings.ContainsRune("村长民办社", a) {
			return "里"
		}
		return "裏"
	},
	'干': func(c context) string {
		if c.foreign() {
			return "干"
		}
		return ""
	},
	// The scope of 範圍, the mould of 模範 and their like are in phrases all; what is
	// left are names.
	'范': fixed("范"),
	'朴': fixed("朴"),
	'岳': fixed("岳"),
	'郁': fixed("郁"),
	// To levy (徵收, 徵稅, 徵兵) is in phrases; what is left are campaigns.
	'征': fixed("征"),
	// 鍾 is a family name and a measure nobody uses.
	'钟': func(c context) string {
		if c.wordStart() {
			return "鍾"
		}
		return "鐘"
	},
	'余': func(c context) string {
		b := c.before(1)
		if numeral(b) || !han(b) && han(c.after(1)) && c.wordStart() {
			if numeral(b) {
				return "餘"
			}
			return "余"
		}
		return ""
	},
	'冢': fixed("塚"),
	'签': func(c context) string {
		if strings.ContainsRune("抽求竹牙灵靈", c.before(1)) {
			return "籤"
		}
		return "簽"
	},
	// What is counted, where words part the number from it; else "only", which stands
	// before a verb. A single one (一只) is in phrases.
	'只': func(c context) string {
		b, a := c.before(1), c.after(1)
		counted := numeral(b) && (b != '一' || numeral(c.before(2))) || strings.ContainsRune("余多该每", b)
		if counted && !strings.ContainsRune("是有能会要可需剩为称得在不用限占设", a) {
			return "隻"
		}
		return ""
	},
	// Salt, or all: the taste stands beside food.
	'咸': func(c context) string {
		if strings.ContainsRune("太偏很重较較不又吃微更", c.before(1)) || strings.ContainsRune("味鱼魚蛋鸡雞肉菜水湖粥淡猪豬香甜酸辣食", c.after(1)) {
			return "鹹"
		}
		return "咸"
	},
}

func fixed(to string) func(context) string { return func(context) string { return to } }

// context is a place in the text of a stage.
type context struct {
	text  []byte
	i     int // byte of the character
	size  int
	at    int // its rune
	edges edgeSet
}

// before is the nth character before, after the nth after; 0 beyond the ends.
func (c context) before(n int) rune {
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

func (c context) after(n int) rune {
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

// inWord reports whether the character is in a word of several; not known to be,
// without words.
func (c context) inWord() bool {
	return c.edges != nil && !(c.edges.has(c.at) && c.edges.has(c.at+1))
}

// wordStart reports whether a word of several begins with the character.
func (c context) wordStart() bool {
	return c.edges != nil && c.edges.has(c.at) && !c.edges.has(c.at+1)
}

// foreign reports whether the character stands in a foreign name: beside two
// characters that are used to spell them, or one and the dot between names.
func (c context) foreign() bool {
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
