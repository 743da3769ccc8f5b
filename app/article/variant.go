package article

import "sync"

// Characters that are written one way only: the commonest that are of one script
// alone, the commoner first. They tell, since they are a fifth of any text; which
// of the regional forms a text follows is told elsewhere.
const (
	simplified  = "国时个学会与军发来区东对这经动尔内亚长现统过机马业进称当产罗间将联体电总义华权两岛约议设数关语员达领纪从湾队实认车们场组运争选县则传计兰说务结赛属济导还变无条汉维韩书术欧决举类资处际视张苏该带纳陆气历许铁击别规论点谁奥门团没报风质较图强应获杀构独刘邮号级响参网继边单题随兴转问标记卫伦织龙续职连农协专样创办乐积离观给艺败势环护层阳围声飞鲁终装见头萨远项辖圣师镇亲丽拥儿仅营渐阶园备责馆庆负让鲜话虽态满热费细双节断宫状严奖迁显词担库诺舰灭爱银写测黄绝乌压证红宪郑莱币况鱼难届试顿剧陈录载讯诸归减宁乡贵扩遗财评弹夺驻废验临户识订乱编楼枪医执预请贸泽优础晋旧须亿输岁习隶轻够险乔货孙贝异礼养麦脉简讨劳诗盖轨敌监驱换纽挥缩轮频杂矿袭邻坚闻汇宝献屿蒋荣译稳树厅脱税戏齐辽纷弃闽释诚颁桥宾仪绿凯损贡额销听审脑择补检玛"
	traditional = "國時個學會與軍發來區東對這經動爾內亞長現統過機馬業進稱當產羅間將聯體電總義華權兩島約議設數關語員達領紀從灣隊實認車們場組運爭選縣則傳計蘭說務結賽屬濟導還變無條漢維韓書術歐決舉類資處際視張蘇該帶納陸氣歷許鐵擊別規論點誰奧門團沒報風質較圖強應獲殺構獨劉郵號級響參網繼邊單題隨興轉問標記衛倫織龍續職連農協專樣創辦樂積離觀給藝敗勢環護層陽圍聲飛魯終裝見頭薩遠項轄聖師鎮親麗擁兒僅營漸階園備責館慶負讓鮮話雖態滿熱費細雙節斷宮狀嚴獎遷顯詞擔庫諾艦滅愛銀寫測黃絕烏壓證紅憲鄭萊幣況魚難屆試頓劇陳錄載訊諸歸減寧鄉貴擴遺財評彈奪駐廢驗臨戶識訂亂編樓槍醫執預請貿澤優礎晉舊須億輸歲習隸輕夠險喬貨孫貝異禮養麥脈簡討勞詩蓋軌敵監驅換紐揮縮輪頻雜礦襲鄰堅聞匯寶獻嶼蔣榮譯穩樹廳脫稅戲齊遼紛棄閩釋誠頒橋賓儀綠凱損貢額銷聽審腦擇補檢瑪説衆眾爲為裡裏於"
)

// scripts is made when first asked for: most articles say what they are, and the
// program must not start later for it.
var scripts = sync.OnceValue(func() map[rune]int8 {
	m := make(map[rune]int8, (len(simplified)+len(traditional))/3)
	for _, r := range simplified {
		m[r] = -1
	}
	for _, r := range traditional {
		m[r] = 1
	}
	return m
})

// Scripts counts the characters of a text that are Simplified alone and those that
// are Traditional alone, until it has so many.
func Scripts(text string, enough int) (simplified, traditional int) {
	scripts := scripts()
	for _, r := range text {
		if r < 0x3400 {
			continue
		}
		switch scripts[r] {
		case -1:
			simplified++
		case 1:
			traditional++
		}
		if simplified+traditional >= enough {
			break
		}
	}
	return simplified, traditional
}

// guessVariant tells Simplified from Traditional by the characters that are
// written one way only. It wants three quarters of them on one side and is
// silent otherwise: a wrong guess picks wrong glyphs for the whole page.
func guessVariant(text string) string {
	hans, hant := Scripts(text, 2000)
	switch total := hant + hans; {
	case total < 4:
		return ""
	case hant*4 >= total*3:
		return "zh-Hant"
	case hans*4 >= total*3:
		return "zh-Hans"
	}
	return ""
}
