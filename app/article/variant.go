package article

import "sync"

// Characters that are written one way only, among the commonest of Chinese
// news. They tell Traditional from Simplified; which of the regional forms a
// text follows needs the dictionaries and is told elsewhere.
const (
	onlyHant = "這個們來時為會對說國過後發開關無經現問間長見還點實學進種動從樣機網軟資訊業電氣車東馬風語話計設認論議記許訴訟額價買賣錢銀鐵項須題類願願顧飛體驗黨齊龍戰據擇擔應當業萬與專書門"
	onlyHans = "这个们来时为会对说国过后发开关无经现问间长见还点实学进种动从样机网软资讯业电气车东马风语话计设认论议记许诉讼额价买卖钱银铁项须题类愿顾飞体验党齐龙战据择担应当万与专书门"
)

// scripts is made when first asked for: most articles say what they are.
var scripts = sync.OnceValue(func() map[rune]int8 {
	m := make(map[rune]int8, 240)
	for _, r := range onlyHant {
		m[r] = 1
	}
	for _, r := range onlyHans {
		if m[r] == 1 { // written the same in both: tells nothing
			delete(m, r)
			continue
		}
		m[r] = -1
	}
	return m
})

// guessVariant tells Simplified from Traditional by the characters that are
// written one way only. It wants three quarters of them on one side and is
// silent otherwise: a wrong guess picks wrong glyphs for the whole page.
func guessVariant(text string) string {
	hant, hans := 0, 0
	scripts := scripts()
	for _, r := range text {
		switch scripts[r] {
		case 1:
			hant++
		case -1:
			hans++
		}
		if hant+hans >= 2000 {
			break
		}
	}
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
