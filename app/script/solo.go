package script

import "strings"

// solo are characters that no phrase decided, and phrases of our own that depend on
// what stands around them: what they become, in place of the first candidate; "" leaves that.
// Each looks at its neighbours alone. The sets are
// of Simplified characters, as the stage that asks has them.
var solo = map[string]func(c *context) string{
	// Mile and neighbourhood, or inside: the locative follows a noun, the other is
	// part of a name, most of them foreign.
	"里": func(c *context) string {
		b, a := c.before(1), c.after(1)
		if c.foreign() {
			return "里"
		}
		if a == '头' && !numeral(b) || c.wordEnd() && in(b, "区场队沟站营厅内衣厂馆院会店库校镇乡堆所海亭部省寺寨") || latin(b) {
			return "裏"
		}
		if a == '居' && c.after(2) == '民' {
			return "里"
		}
		if in(c.before(3), "镇乡区市") && c.edges != nil && c.edges.has(c.at-1) && c.edges.has(c.at) && c.edges.has(c.at-2) && !in(b, "家") {
			return "里"
		}
		if c.inWord() || numeral(b) || b == '的' || b == '个' || c.listed('里') || !han(b) && !closing(b) || in(a, "村长民办社") || b == '村' || a == '活' && c.after(2) == '动' {
			return "里"
		}
		return "裏"
	},
	"干": func(c *context) string {
		b, a := c.before(1), c.after(1)
		if c.foreign() {
			return "干"
		}
		if c.single() && (in(a, "煎炒辣鲍米燥货洗杯贝瓣饲锅花狗粮") || in(b, "晒烘烤烧吹沥滤擦风鱼仁椒肉菜果笋弄瓜茶茄薯")) {
			return "乾"
		}
		return ""
	},
	// 鍾 is a family name and a measure nobody uses.
	"钟": func(c *context) string {
		b, a := c.before(1), c.after(1)
		if in(b, "半个句够几多大小古警挂敲撞座走立时闹金花条门") || numeral(b) || in(a, "型形楼声摆表面头塔鼓乳") {
			return "鐘"
		}
		if (c.single() || c.wordStart()) && (han(a) || a == '、') {
			return "鍾"
		}
		return "鐘"
	},
	// What is over, of a number; else a family name. The words with it are in phrases.
	"余": func(c *context) string {
		b, a := c.before(1), c.after(1)
		if clause(b) && in(a, "均照皆则类") || in(b, "只尚仅仍") && han(a) {
			return "餘"
		}
		if numeral(b) || in(b, "药赘年月天夫亏") || in(a, "屋民段额款下波威势者") || c.edges == nil && han(b) {
			return "餘"
		}
		return "余"
	},
	// A family name, before one or two characters that names are made of, where a name
	// may stand: after a title, in a list, at the start of a clause.
	"于": func(c *context) string {
		b := c.before(1)
		if c.single() && c.edges != nil && c.edges.has(c.at+2) && in(c.after(1), given) && (clause(b) || in(b, "、长员理者授记姓婆")) {
			if c.edges.has(c.at+3) && han(c.after(2)) && !in(c.after(2), "的中内上下外里前后间时是之和与及等") || in(c.after(2), "，、說说") {
				return "于"
			}
		}
		return ""
	},
	// Taiwan's ridges, else foreign.
	"仑": func(c *context) string {
		if c.foreign() {
			return ""
		}
		return "崙"
	},
	// What somebody said.
	"云": func(c *context) string {
		if in(c.before(1), "乃诗电略语曰俗") && !han(c.after(1)) {
			return "云"
		}
		return ""
	},
	// A note, before its number or a colon.
	"注": func(c *context) string {
		if a := c.after(1); !han(c.before(1)) && (digit(a) || numeral(a) || in(a, "：:]）」】")) {
			return "註"
		}
		return ""
	},
	"签": func(c *context) string {
		b, a := c.before(1), c.after(1)
		if in(b, "抽求竹牙灵解方支死错") || in(a, "表运文诗") || digit(b) {
			return "籤"
		}
		return "簽"
	},
	// What is counted, where words part the number from it; else "only", which stands
	// before a verb. A single one (一只) is in phrases.
	"只": func(c *context) string {
		b, a := c.before(1), c.after(1)
		b2 := c.before(2)
		if digit(b) && !in(a, "是有能会要可需") || b == '一' && b2 == '第' && !in(a, "是有能会要") {
			return "隻"
		}
		if in(a, "狗猫鸡鸭鹅鸟猪羊兔鼠猴熊狼鹿鹤鹰鸽雀蛙龟") && !in(b, "不也还都就") {
			return "隻"
		}
		counted := numeral(b) && (b != '一' || numeral(b2)) || b == '多' && numeral(b2) || b == '余' || b == '每' || b == '该' && b2 != '应'
		if counted && !in(a, "是有能会要可需剩为称得在不用限占设") || in(b, "猫狗鸟犬艇") {
			return "隻"
		}
		return ""
	},
	// A department, or "is": the latter stands after an adverb, or begins a clause. Who
	// quotes Cantonese has it most of the time.
	"系": func(c *context) string {
		if !c.single() {
			return ""
		}
		b, a := c.before(1), c.after(1)
		switch {
		case in(b, "被相") || in(a, "放满"):
			return "繫"
		case in(b, "真唔即但定仲都只梗话部又先至次僅仅确乃皆均亦若实如凡则原讲") || in(a, "唔咁佢乜冇嘅好呢"):
			return "係"
		case in(a, "透因由来为属指经取依基按据") && !in(b, "学科院所该本全电机文语理工商业程法医农艺各关体山水星派"):
			return "係"
		case clause(b) && han(a) && !in(a, "主内外上下列统所友办里学馆花刊队"):
			return "係"
		}
		return ""
	},
	// Flour, beside what is done with it.
	"面": func(c *context) string {
		b, a := c.before(1), c.after(1)
		if in(a, "棍线摊羹档") || c.single() && in(a, "家种衣糊") || b == '蛋' || in(b, "卖擀煮鱼细粗拌炒汤挟") && !in(a, "积对上部") {
			return "麪"
		}
		return ""
	},
	// A watch, beside those who make and wear it.
	"表": func(c *context) string {
		if in(c.after(1), "展迷款圈壳盘匠厂坛径背") || c.single() && in(c.before(1), "古钻腕怀宝男女行动特这新爱") {
			return "錶"
		}
		return ""
	},
	// A cup to drink from, or one to win.
	"杯": func(c *context) string {
		b := c.before(1)
		if !numeral(b) && !in(b, "酒茶水啡举干碰奶纸罩碗叠") && c.ahead(6, "赛冠亚决夺") || in(b, "盟席斯际联王主会协") || latin(b) {
			return "盃"
		}
		return ""
	},
	// To feed somebody, or "hello".
	"喂": func(c *context) string {
		if a := c.after(1); han(a) && a != '喂' && !in(c.before(1), "哈啰娘威") {
			return "餵"
		}
		return ""
	},
	// Ginger in the kitchen, else a family name.
	"姜": func(c *context) string {
		if c.before(1) == '、' && c.after(1) == '、' || in(c.before(1), "嫩老沙野") || in(c.after(1), "香泥葱丝片末汁粉母茶块汤醋蒜") {
			return "薑"
		}
		return ""
	},
	// A play is counted.
	"出": func(c *context) string {
		b := c.before(1)
		if (numeral(b) || in(b, "这首那每整该")) && in(c.after(1), "戏剧电纪话喜悲闹舞") {
			return "齣"
		}
		return ""
	},
	// To allow, or exact.
	"准": func(c *context) string {
		if b := c.before(1); b == '请' || b == '否' && !in(c.before(2), "是应可能") {
			return "准"
		}
		if in(c.before(1), "未暂获官府庭则问奉恩特签拟") || in(c.after(1), "被二延解娱恢驳他她你我其许予各警驻呈坐居堂辞离") {
			return "准"
		}
		return ""
	},
	// A family name, or to paint.
	"涂": func(c *context) string {
		if in(c.after(1), "委署代") || in(c.after(1), "先女小") && in(c.after(2), "生士姐") {
			return "涂"
		}
		if b, a := c.before(1), c.after(1); c.single() && !han(b) && han(a) && !in(a, "盖污抹改鸦层上在满料白黑红成画脂蛋油防口指写绘") {
			return "涂"
		}
		return ""
	},
	// Made, beside what is made and how; elsewhere a system, or to control.
	"制": func(c *context) string {
		b, a := c.before(1), c.after(1)
		if c.single() && (in(b, "蒸煎烘烤熬腌卤酿炒揉缝织焗煲焖卷炸滚") || in(a, "炭饼鞋茶糖陶锁炸") || in(b, "煮煑")) || c.wordEnd() && in(b, "蒸煎烘烤熬腌卤酿炒揉缝织焗煲焖") {
			return "製"
		}
		return ""
	},
	// A play, where one follows; else what comes out (消息一出).
	"一出": func(c *context) string {
		if in(c.after(1), "生门现场来去手道口版路发局入席") {
			return ""
		}
		if c.ahead(9, "戏剧") || in(c.before(1), "是像演导绍映") && han(c.after(1)) || in(c.before(1), "这那有何") && c.ahead(9, "影片") {
			return "一齣"
		}
		return ""
	},
	// A mile at sea, or in the sea.
	"海里": func(c *context) string {
		if numeral(c.before(1)) {
			return "海里"
		}
		return "海裏"
	},
	// Together again, or made of several.
	"复合": func(c *context) string {
		if in(c.before(1), "想不再求要能会愿次三") || !han(c.after(1)) && clause(c.after(1)) {
			return "復合"
		}
		return ""
	},
	// Mr Chung, or the bell, which strikes.
	"的钟": func(c *context) string {
		if a := c.after(1); !han(a) || in(a, "声塔形姓摆表楼响点面头在是也就都敲已被走停指") {
			return "的鐘"
		}
		return ""
	},
	"多只": func(c *context) string {
		if b := c.before(1); numeral(b) || in(b, "余许很好") && !in(c.after(1), "是有能会要可想在把对被为用靠看知顾求懂说") {
			return ""
		}
		return "多只"
	},
	"铺": func(c *context) string {
		if c.single() && in(c.before(1), "店肉饼食当收开药米间") && !in(c.after(1), "上了满下在好成就开设") {
			return "舖"
		}
		return ""
	},
	// A measure of money and interest; elsewhere the old form, 釐.
	"厘": func(c *context) string {
		if numeral(c.before(1)) {
			return "厘"
		}
		return ""
	},
}

// neighbour is a rule that looks at no more than the characters at both sides. Most
// are such: kept as data, they cost a twentieth of what functions do in WebAssembly.
type neighbour struct {
	entry         string
	before, after string // one of these stands there
	then, other   string // what the entry becomes then, and else; "" leaves that
}

func (n *neighbour) form(c *context) string {
	if in(c.before(1), n.before) || in(c.after(1), n.after) {
		return n.then
	}
	return n.other
}

// neighbourOf is the rule for an entry, or nil.
func neighbourOf(entry string) *neighbour {
	for i := range neighbours {
		if neighbours[i].entry == entry {
			return &neighbours[i]
		}
	}
	return nil
}

var neighbours = [...]neighbour{
	// The scope of 範圍, the mould of 模範 and their like are in phrases all; what is
	// left are names.
	{"范", "", "", "", "范"},
	{"朴", "", "", "", "朴"},
	{"岳", "", "", "", "岳"},
	{"郁", "怨忧积抑沉黯", "", "鬱", "郁"},
	// Campaigns go somewhere, or against somebody; what is left is levied.
	{"征", "亲南北西东远出长世预从随御", "东西南北途程战服讨伐夫人衣马尘旅台韩高百蛮夷藏苗鸿探", "征", "徵"},
	{"冢", "", "", "", "塚"},
	// What does not hit the mark is not exact; else it is not allowed.
	{"不准", "算测报看说打拿摸抓时猜预调瞄投射传", "", "不準", ""},
	// Salt, or all: the taste stands beside food.
	{"咸", "太偏很重较不又吃微更甜酸、可", "味鱼汤蛋鸡肉菜水湖粥淡猪香甜酸辣食润脆酱口粿点中", "鹹", "咸"},
	// A club or a bar is 桿; the fence and the mast are in phrases.
	{"杆", "栏灯竹", "", "", "桿"},
	// Healed, or the more.
	{"愈", "疗伤痊治未初自不", "合疗", "癒", ""},
	// To pour water on, or to rush at.
	{"冲", "当浪水", "煮泡咖茶调奶热滚水开凉厕洗刷", "沖", ""},
	// To roll, or a scroll.
	{"卷", "鸡肉皮钢包蛋春寿电铁浪乳虾", "闸度袖铺向云", "捲", ""},
	// A table, where it is hit, filled or used to cook at.
	{"台", "拍炸炒反", "底", "檯", ""},
	{"松", "打虾", "绵裂软脆瘫驰弛", "鬆", ""},
	// To row, or to mark.
	{"划", "划", "艇船桨水划", "划", ""},
	// To reply, or to come back to.
	{"回复", "", "到早室买过政统正平原自健和常党校秩稳社清祥之不以元昔旧往景安繁宁守洁生优联青名真理荣", "回復", "回覆"},
	// What was animal is counted, unless it only does something.
	{"猫只", "", "是能爱想", "貓只", ""},
	{"狗只", "", "是能爱想", "狗只", ""},
	{"犬只", "", "是能爱想", "犬只", ""},
	{"牛只", "", "是能爱想", "牛只", ""},
	{"羊只", "", "是能爱想", "羊只", ""},
	{"猪只", "", "是能爱想", "豬只", ""},
	{"鸡只", "", "是能爱想", "雞只", ""},
	{"鸭只", "", "是能爱想", "鴨只", ""},
	{"鸟只", "", "是能爱想", "鳥只", ""},
	// Belts are fastened; else one is in a department.
	{"系上", "们我本该在回加是到", "", "系上", ""},
	// To draw up a budget or a report, or the strength of a unit.
	{"编制", "", "预报财手教目索说图概决年清", "編製", ""},
	// What somebody does, else what is dry.
	{"干的", "人我你您他她们谁所能敢会想该要正事", "", "幹的", ""},
	{"这只", "", "强显反针适相应算属占代说证表让使令导造供影涉够", "這只", ""},
	{"那只", "", "强显反针适相应算属占代说证表让使令导造供影涉够", "那只", ""},
	// A court grants; else it is a criterion.
	{"判准", "院未全额后获请", "离予给两其0123456789", "判准", ""},
	// Has, indeed, else of a department.
	{"系有", "科学院所该本语文理工商法医体星各两三二电机数音美史哲派谱统", "", "系有", ""},
	// A place, unless crowds surge eastwards.
	{"东涌", "", "来去入向进出现", "東湧", ""},
	// Who reigns over the courts; else what follows a ball.
	{"球后", "前界坛日周届位", "", "球后", ""},
	{"出戏", "这那每整该首几多两三四五六七八九十部", "", "齣戲", ""},
	{"台风", "", "险格波景情光靡采头气稳尘貌", "臺風", ""},
	{"扎", "抓", "铁", "紮", ""},
	{"哗", "", "", "", "嘩"},
}

// given are characters of Chinese given names that seldom stand alone after 于, at.
const given = "志忠静宏凯婕右斌枫涵敏永建伟俊浩军华强玉秀英芳丽娟兰梅雪雅晴佳嘉怡慧荣庆福寿智勇亮康宁贤良振兴祖培宗龙"

// in is called some hundred times: inlined, it would be a tenth of the program's code
// for this package.
//
//go:noinline
func in(r rune, set string) bool { return r != 0 && strings.ContainsRune(set, r) }

// clause reports whether a clause begins after r: the start of the text, or
// punctuation that ends one.
func clause(r rune) bool { return r == 0 || in(r, "，。；：！？、「『“‘（【") }

func latin(r rune) bool { return 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' }

func digit(r rune) bool { return '0' <= r && r <= '9' || '０' <= r && r <= '９' }
