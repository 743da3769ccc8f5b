package script

import (
	"strings"
	"sync"
)

// Detection is what script a text is in, and what says so.
type Detection struct {
	// Lang is a BCP 47 tag: zh-Hans, zh-Hant, zh-TW, zh-HK, or "" for a text with
	// nothing that tells.
	Lang string
	// Simplified and Traditional are how many characters were seen that are of the
	// one or of the other alone.
	Simplified, Traditional int
	// Taiwan and HongKong are how many characters and words were seen that are
	// usual in the one or in the other; Standard those of neither, such as 爲, which
	// converters write.
	Taiwan, HongKong, Standard int
}

// Mixed reports whether a text has more than a few characters of the script that
// it is not in.
func (d Detection) Mixed() bool {
	return min(d.Simplified, d.Traditional)*50 > d.Simplified+d.Traditional
}

// simplified and traditional are the commonest characters that are of one script
// alone, pair by pair, and enough to tell: they are a fifth of any text.
const (
	simplified  = "国时个学会与军发来区东对这经动尔内亚长现统过机马业进称当产罗间将联体电总义华权两岛约议设数关语员达领纪从湾队实认车们场组运争选县则传计兰说务结赛属济导还变无条汉维韩书术欧决举类资处际视张苏该带纳陆气历许铁击别规论点谁奥门团没报风质较图强应获杀构独刘邮号级响参网继边单题随兴转问标记卫伦织龙续职连农协专样创办乐积离观给艺败势环护层阳围声飞鲁终装见头萨远项辖圣师镇亲丽拥儿仅营渐阶园备责馆庆负让鲜话虽态满热费细双节断宫状严奖迁显词担库诺舰灭爱银写测黄绝乌压证红宪郑莱币况鱼难届试顿剧陈录载讯诸归减宁乡贵扩遗财评弹夺驻废验临户识订乱编楼枪医执预请贸泽优础晋旧须亿输岁习隶轻够险乔货孙贝异礼养麦脉简讨劳诗盖轨敌监驱换纽挥缩轮频杂矿袭邻坚闻汇宝献屿蒋荣译稳树厅脱税戏齐辽纷弃闽释诚颁桥宾仪绿凯损贡额销听审脑择补检玛"
	traditional = "國時個學會與軍發來區東對這經動爾內亞長現統過機馬業進稱當產羅間將聯體電總義華權兩島約議設數關語員達領紀從灣隊實認車們場組運爭選縣則傳計蘭說務結賽屬濟導還變無條漢維韓書術歐決舉類資處際視張蘇該帶納陸氣歷許鐵擊別規論點誰奧門團沒報風質較圖強應獲殺構獨劉郵號級響參網繼邊單題隨興轉問標記衛倫織龍續職連農協專樣創辦樂積離觀給藝敗勢環護層陽圍聲飛魯終裝見頭薩遠項轄聖師鎮親麗擁兒僅營漸階園備責館慶負讓鮮話雖態滿熱費細雙節斷宮狀嚴獎遷顯詞擔庫諾艦滅愛銀寫測黃絕烏壓證紅憲鄭萊幣況魚難屆試頓劇陳錄載訊諸歸減寧鄉貴擴遺財評彈奪駐廢驗臨戶識訂亂編樓槍醫執預請貿澤優礎晉舊須億輸歲習隸輕夠險喬貨孫貝異禮養麥脈簡討勞詩蓋軌敵監驅換紐揮縮輪頻雜礦襲鄰堅聞匯寶獻嶼蔣榮譯穩樹廳脫稅戲齊遼紛棄閩釋誠頒橋賓儀綠凱損貢額銷聽審腦擇補檢瑪說説衆眾爲為裡裏於"
)

// What tells the places apart: forms of characters, and words that only one uses.
var (
	taiwan   = []string{"裡", "著", "臺", "汙", "啟", "軟體", "硬體", "網路", "資訊", "影片", "程式", "品質", "計程車", "透過", "伺服器", "行政院", "立法院", "新臺幣", "新台幣", "智慧型", "部落格", "捷運"}
	hongKong = []string{"裏", "着", "衞", "啓", "軟件", "網絡", "的士", "巴士", "港元", "港鐵", "特首", "短片", "質素", "透露", "嘅", "喺", "咗", "佢", "咁", "冇"}
	standard = []string{"爲", "衆", "麪", "牀", "祕", "脣", "産", "綫", "纔", "峯", "羣"}
)

// telling is those two as sets, made when first asked for: the program must not
// start later for them.
var telling = sync.OnceValues(func() (onlySimplified, onlyTraditional set) {
	return runeSet(simplified), runeSet(traditional)
})

type set map[rune]struct{}

func runeSet(s string) set {
	m := make(set, len(s)/3)
	for _, r := range s {
		m[r] = struct{}{}
	}
	return m
}

func (s set) has(r rune) bool {
	_, ok := s[r]
	return ok
}

// Detect says what script a text is in. It needs no dictionary.
func Detect(text string) Detection {
	var d Detection
	onlySimplified, onlyTraditional := telling()
	for _, r := range text {
		switch {
		case r < 0x3400:
		case onlySimplified.has(r):
			d.Simplified++
		case onlyTraditional.has(r):
			d.Traditional++
		}
	}
	if d.Simplified+d.Traditional == 0 {
		return d
	}
	if d.Simplified > d.Traditional {
		d.Lang = "zh-Hans"
		return d
	}
	count := func(of []string) (n int) {
		for _, s := range of {
			n += strings.Count(text, s)
		}
		return n
	}
	d.Taiwan, d.HongKong, d.Standard = count(taiwan), count(hongKong), count(standard)
	d.Lang = "zh-Hant"
	// One form may be a slip or a quotation; a text that has the forms of converters
	// was not written in either place.
	switch {
	case 4*d.Standard > d.Taiwan+d.HongKong:
	case d.Taiwan >= 2 && d.Taiwan > 3*d.HongKong:
		d.Lang = "zh-TW"
	case d.HongKong >= 2 && d.HongKong > 3*d.Taiwan:
		d.Lang = "zh-HK"
	}
	return d
}
