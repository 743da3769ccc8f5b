package app

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/article"
	"pizhu/app/browser"
)

// Fractions and sizes are written by the browser, in the interface's language. What
// the page says as it starts is not: the browser takes 20 ms to get its tables of
// languages ready. Whole numbers are grouped alike in all three; Chinese has no
// plural, English two; and each has one form of a date.

// decimal is a number with all its digits.
func decimal(lang string, v float64) string {
	if app.IsServer {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return browser.Number(lang, v, 20, "")
}

// single reports whether n things are one thing in a language's grammar.
func single(lang string, n int) bool { return lang == "en" && n == 1 }

const months = "JanFebMarAprMayJunJulAugSepOctNovDec"

// dateOf is a date of the form YYYY-MM-DD as it is read; any other text is left as
// it is.
func dateOf(lang, date string) string {
	if !article.IsDate(date) {
		return date
	}
	without := func(s string) string { // a zero in front
		if s[0] == '0' {
			return s[1:]
		}
		return s
	}
	if lang == "en" {
		month, _ := strconv.Atoi(date[5:7])
		return months[3*month-3:3*month] + " " + without(date[8:]) + ", " + date[:4]
	}
	return date[:4] + "年" + without(date[5:7]) + "月" + without(date[8:]) + "日"
}

// number is a whole number as it is read, its digits in groups.
func number(n int) string {
	if n < 0 {
		return "-" + number(-n)
	}
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
