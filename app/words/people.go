package words

import (
	"sync"
	"unicode"
)

// Names of people are open-ended, and gse leaves one that no list has as single
// runes. Three shapes are put together again: what stands at both sides of the dot
// in 萨姆·奥尔特曼; runs of the runes that foreign names are written with; a Chinese
// surname before two single runes.

// people joins the pieces of personal names in place.
func people(rs []rune, in []piece) []piece {
	out := in[:0]
	l := listsOnce()
	for i := 0; i < len(in); {
		j := i + 1
		if in[i].kind == plain && isHan(rs[in[i].Start]) {
			if k := l.dotted(rs, in, i); k > i {
				j = k
			} else if k := l.transliterated(rs, in, i); k > i {
				j = k
			} else if k := l.surnamed(rs, in, i); k > i {
				j = k
			}
		}
		p := in[i]
		p.End = in[j-1].End
		out = append(out, p)
		i = j
	}
	return out
}

// dotted is the end of a name with dots that begins at piece i; i if none does.
func (l *lists) dotted(rs []rune, in []piece, i int) int {
	j := l.part(rs, in, i)
	if j == i || j >= len(in) || !nameDot(rs, in[j]) {
		return i
	}
	for j < len(in) && nameDot(rs, in[j]) {
		k := l.part(rs, in, j+1)
		if k == j+1 {
			if k < len(in) && in[k].Len() == 1 && l.surnames.has(rs[in[k].Start]) {
				k++ // 亚历山大·王
			} else {
				break
			}
		}
		j = k
	}
	if nameDot(rs, in[j-1]) || j == i+1 {
		return i
	}
	// A name is dotted only if it got past its first dot.
	for k := i; k < j; k++ {
		if nameDot(rs, in[k]) {
			return j
		}
	}
	return i
}

// part is the end of one part of a foreign name.
func (l *lists) part(rs []rune, in []piece, i int) int {
	j := i
	for j < len(in) && j < i+6 && all(rs, in[j], l.foreign.has) {
		j++
	}
	return j
}

func nameDot(rs []rune, p piece) bool {
	if p.Len() != 1 {
		return false
	}
	switch rs[p.Start] {
	case '·', '•', '・', '‧', '．':
		return true
	}
	return false
}

// transliterated is the end of a run of pieces with nothing but runes that hardly
// occur outside foreign names, at least one of them single: such a run is a name
// that the dictionary has in part (阿尔瓦雷茨) or not at all.
func (l *lists) transliterated(rs []rune, in []piece, i int) int {
	j, single := i, 0
	for j < len(in) && all(rs, in[j], l.core.has) {
		if in[j].Len() == 1 {
			single++
		}
		j++
	}
	if n := in[max(j-1, i)].End - in[i].Start; single >= 1 && j > i+1 && n <= 8 {
		return j
	}
	return i
}

// surnamed is the end of a surname with two single runes after it, neither of
// which does the work of grammar.
func (l *lists) surnamed(rs []rune, in []piece, i int) int {
	if i+2 >= len(in) || in[i].Len() != 1 || in[i+1].Len() != 1 || in[i+2].Len() != 1 || !l.surnames.has(rs[in[i].Start]) {
		return i
	}
	for _, p := range in[i+1 : i+3] {
		if r := rs[p.Start]; p.kind != plain || !unicode.Is(unicode.Han, r) || l.grammatical.has(r) || numeralRune(r) {
			return i
		}
	}
	return i + 3
}

func all(rs []rune, p piece, is func(rune) bool) bool {
	if p.kind != plain {
		return false
	}
	for _, r := range rs[p.Start:p.End] {
		if !is(r) {
			return false
		}
	}
	return true
}

// lists are the runes that the shapes are told by, made when the first text is
// split and not when the program starts.
type lists struct {
	// core are runes of transliterated names that hardly do anything else in a
	// text of today; foreign are these and others.
	core, foreign *runeSet
	surnames      *runeSet
	// grammatical runes stand as words of their own too often to be taken for a
	// given name without a dictionary's word.
	grammatical *runeSet
}

var listsOnce = sync.OnceValue(func() *lists {
	return &lists{
		core:        runesOf(core),
		foreign:     runesOf(core + ambiguous),
		surnames:    runesOf(surnames),
		grammatical: runesOf(grammatical),
	}
})

const (
	core        = `阿埃艾奥巴柏鲍贝彼毕宾伯博布查达戴丹德登邓迪蒂顿恩尔凡菲费芬弗福盖冈戈格葛哈赫亨霍基吉贾杰卡凯坎柯科克肯库夸拉莱兰朗劳勒雷蕾莉利琳卢鲁伦罗洛玛迈曼梅蒙孟莫默姆穆娜纳尼涅宁纽努诺欧帕潘庞佩彭皮珀普契恰乔琼儒瑞萨塞赛桑瑟莎珊绍什斯丝苏索塔泰坦滕廷托陀瓦旺韦维魏沃乌伍希辛逊雅亚耶伊尤泽扎詹茨兹`
	ambiguous   = `安昂爱白班邦保本比别波大道丁东杜多法范丰佛夫富甘高哥根古瓜圭海汉豪黑胡华怀季加简姜金康考里连列林留路马麦门米密敏明南内农平奇齐切丘让热日荣若森沙山尚舍圣施史思汤唐陶特提图万威温文翁西席夏香肖谢欣休修许雪扬叶易意因英雍约珍芝朱佐冯韩历丽琪妮莲芙薇娅仑托`
	surnames    = `赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦马苗凤俞袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬傅皮卞齐康伍余卜顾孟黄穆萧尹姚邵汪祁毛禹狄米贝臧伏戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻贾娄江童颜郭梅盛林刁钟徐邱骆夏蔡田樊胡凌霍虞柯卢莫房裘缪宗丁宣邓郁杭洪左石崔吉龚程嵇邢裴陆荣翁荀羊於惠甄封芮羿储靳汲邴糜段巫乌焦隗侯宓蓬郗班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹龙叶韶郜黎蓟薄宿蒲鄂索赖卓蔺屠蒙池乔阴闫肖聂`
	grammatical = `的了着过在是和与及或而但也都就又才还只很太更最不没无未将把被让给对向从到往由于以为因所其之这那此该各每某另者们我你他她它您咱谁什么怎几多少个些名位家次种年月日时分秒点后前中内外上下里间左右东西南北大小新老旧好坏高低长短来去出进回起开说称道讲问答看见听想要会能可应须该有做作使用打拿吃喝走跑飞坐站等如若则即便虽却并且且仍再已曾正刚先今昨明早晚并按据当同跟受遭获得至达率令致获任兼原`
)
