package script

import (
	"math"
	"strings"

	"pizhu/app/article"
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

// What tells the places apart: forms of characters, and words that only one uses.
var (
	taiwan   = []string{"裡", "著", "臺", "汙", "啟", "軟體", "硬體", "網路", "資訊", "影片", "程式", "品質", "計程車", "透過", "伺服器", "行政院", "立法院", "新臺幣", "新台幣", "智慧型", "部落格", "捷運"}
	hongKong = []string{"裏", "着", "衞", "啓", "軟件", "網絡", "的士", "巴士", "港元", "港鐵", "特首", "短片", "質素", "透露", "嘅", "喺", "咗", "佢", "咁", "冇"}
	standard = []string{"爲", "衆", "麪", "牀", "祕", "脣", "産", "綫", "纔", "峯", "羣"}
)

// Detect says what script a text is in. It needs no dictionary.
func Detect(text string) Detection {
	var d Detection
	d.Simplified, d.Traditional = article.Scripts(text, math.MaxInt)
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
