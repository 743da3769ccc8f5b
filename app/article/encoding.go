package article

import (
	"bytes"
	"strings"
	"sync"
	"unicode/utf8"
)

// Encoding is how the characters of a file are bytes, by its WHATWG name.
type Encoding string

// The encodings of Chinese texts. GB18030 reads GBK and GB2312 too.
const (
	UTF8    Encoding = "utf-8"
	UTF16LE Encoding = "utf-16le"
	UTF16BE Encoding = "utf-16be"
	GB18030 Encoding = "gb18030"
	Big5    Encoding = "big5"
)

// Encodings lists them in the order in which a reader is offered them.
var Encodings = []Encoding{UTF8, GB18030, Big5, UTF16LE, UTF16BE}

// Legacy decodes GB18030 and Big5; bytes that are no character become U+FFFD.
// Natively it is golang.org/x/text's. The tables of that are 0.35 MB of the
// program that a browser would have to fetch, and every browser has its own
// (TextDecoder), so there package browser puts that here.
var Legacy func(e Encoding, data []byte) (string, error)

// sampleBytes is how much of a file is looked at to tell its encoding.
const sampleBytes = 1 << 16

// Detect tells the encoding of a text: by its byte order mark, else UTF-8 where
// it is that, else whichever gives the most of the characters that every
// Chinese text is full of. Sure is false where the guess rests on so little that
// the reader should see it; the encoding is "" where no reading makes sense.
func Detect(data []byte) (e Encoding, sure bool) {
	switch {
	case len(data) >= 3 && data[0] == 0xEF && data[1] == 0xBB && data[2] == 0xBF:
		return UTF8, true
	case len(data) >= 2 && data[0] == 0xFF && data[1] == 0xFE:
		return UTF16LE, true
	case len(data) >= 2 && data[0] == 0xFE && data[1] == 0xFF:
		return UTF16BE, true
	}
	sample := data[:min(len(data), sampleBytes)]
	if utf8.Valid(data) && bytes.IndexByte(data, 0) < 0 {
		return UTF8, true
	}
	best, second := 0.0, 0.0
	for _, c := range Encodings[1:] {
		s := plausible(sample, c)
		switch {
		case s > best:
			e, best, second = c, s, best
		case s > second:
			second = s
		}
	}
	// Text read the wrong way scores below 0.1, short text read the right way
	// seldom below 0.4.
	if best < 0.2 {
		return "", false
	}
	return e, best > 2*second && len(sample) >= 24
}

// plausible is how much of sample, read as e, is what Chinese texts are made
// of: 1 for all of it, less than 0 for nonsense.
func plausible(sample []byte, e Encoding) float64 {
	text, err := Decode(sample, e)
	if err != nil {
		return -1
	}
	wide, known, bad, ascii := 0, 0, 0, 0
	common := common()
	for _, r := range text {
		switch {
		case r == utf8.RuneError, r < 0x20 && r != '\n' && r != '\r' && r != '\t' && r != '\f', r >= 0x7f && r < 0xa0,
			r >= 0xe000 && r < 0xf900, r > 0x3ffff:
			bad++
		case r < 0x80:
			ascii++
		default:
			wide++
			if common[r] {
				known++
			}
		}
	}
	if bad > 0 {
		bad-- // the last character may be cut in half
	}
	if wide == 0 {
		if (e == UTF16LE || e == UTF16BE) && ascii > 0 && bad == 0 {
			return 0.5 // Latin text
		}
		return -1
	}
	return (float64(known) - 4*float64(bad)) / float64(wide)
}

// often is the commonest characters that both scripts write alike, and the
// punctuation of Chinese texts; with the first hundred of each script (see
// variant.go) they make up about half of any text.
const often = "的一是不了人我在有他中大上和到以要可也你出就能生自那下子之於于得家年用行方成主道本日好三起文天看想法小多面所心前公如工十事只其力同水理重手相意最新美分向間第月二四五六七八九百千萬内外高明" +
	"全部市地政府民社平台名世界位作件使信做先入其再加化北南西反及口合名呢商回因地型城基士太失女字存它定已市常式建引很心思情感成投把持指接推放政教數整文料斯施星是曾更最期未本林果查根案模次正步比法活流海消清" +
	"深港湾然照版特狀球生由男界白直目知石研社神私科程稱空立章算管米精系約級組結給網老者而自至色若英菜落藏被要解言話語負責資質起路身較近通速造連週進遊運過達遠選部都配里量金門開阿降除集離難雲需非靠音頁項領題風食首香高" +
	"，。、；：？！（）「」『』《》“”‘’—…·　％／－～"

var common = sync.OnceValue(func() map[rune]bool {
	m := make(map[rune]bool, 700)
	for _, list := range []string{often, traditional[:3*100], simplified[:3*100]} {
		for _, r := range list {
			m[r] = true
		}
	}
	return m
})

// Decode is a file's text. A byte order mark is left out, what is no character
// becomes U+FFFD. The error is Legacy's.
func Decode(data []byte, e Encoding) (string, error) {
	switch e {
	case UTF16LE, UTF16BE:
		return utf16Text(data, e == UTF16BE), nil
	case GB18030, Big5:
		return Legacy(e, data)
	}
	return strings.TrimPrefix(valid(string(data)), "\uFEFF"), nil
}

// valid is text with U+FFFD for what is no character. That there is none is told
// sooner than it is replaced.
func valid(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}

func utf16Text(data []byte, bigEndian bool) string {
	var b strings.Builder
	b.Grow(len(data) * 3 / 2)
	unit := func(i int) rune {
		if bigEndian {
			return rune(data[i])<<8 | rune(data[i+1])
		}
		return rune(data[i+1])<<8 | rune(data[i])
	}
	for i := 0; i+1 < len(data); i += 2 {
		r := unit(i)
		switch {
		case r == 0xFEFF && i == 0:
			continue
		case r >= 0xD800 && r < 0xDC00 && i+3 < len(data) && unit(i+2) >= 0xDC00 && unit(i+2) < 0xE000:
			r = (r-0xD800)<<10 + unit(i+2) - 0xDC00 + 0x10000
			i += 2
		case r >= 0xD800 && r < 0xE000:
			r = utf8.RuneError
		}
		b.WriteRune(r)
	}
	if len(data)%2 == 1 {
		b.WriteRune(utf8.RuneError)
	}
	return b.String()
}
