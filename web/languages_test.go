package main

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// speaking makes the browser ask for languages.
func speaking(list string) option {
	return func(b *tab) []chromedp.Action[chromedp.Void] {
		return append(before(`Object.defineProperty(navigator, "languages", {get: () => `+list+`});`)(b),
			call(emulation.SetLocaleOverride, emulation.SetLocaleOverrideParams{}))
	}
}

const exports = `document.querySelector('[data-command="export-json"]')?.textContent`

func TestInterfaceLanguages(t *testing.T) {
	h := start(t)
	for _, c := range []struct{ name, wants, query, lang, says string }{
		{"Taiwan", `["zh-TW", "en"]`, "", "zh-Hant", "匯出 JSON"},
		{"the mainland", `["zh-CN", "zh"]`, "", "zh-Hans", "导出 JSON"},
		{"the address before the browser", `["zh-TW"]`, "?lang=en", "en", "Export JSON"},
		{"an address that names none of ours", `["en"]`, "?lang=xx", "en", "Export JSON"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newTab(t, speaking(c.wants))
			b.open(h.url + "/" + c.query)
			b.until("the interface to say "+c.says, exports+" === $1", c.says)
			if lang := eval[string](b, `document.documentElement.lang`); lang != c.lang {
				t.Errorf("expected the page to be marked as %s, it is %s", c.lang, lang)
			}
			b.clean()
		})
	}

	b := newTab(t, speaking(`["zh-TW"]`))
	b.open(h.url + "/read/labs-funding/")
	b.clickOn(`[data-command="settings"]`)
	b.clickOn(`input[name="language"][value="en"]`)
	b.until("the interface to be English at once", exports+` === "Export JSON"`)
	if q := eval[string](b, `location.search`); q != "?lang=en" {
		t.Errorf("expected the language in the address, the query is %q", q)
	}
	b.key("\u001b")
	b.drag(0, 0, 0, 6)
	b.tag("1")
	says := `document.querySelector(".status span:last-child").textContent.match(/· (.*)/)[1]`
	b.until("one annotation to be counted in the singular", says+` === "1 annotation"`)
	b.drag(1, 0, 1, 6)
	b.tag("2")
	b.until("two to be counted in the plural", says+` === "2 annotations"`)
	// Amounts are the browser's own; dates are ours (app/numbers_test.go), and as it writes them.
	for _, c := range [][3]string{{"en", "Mar 10, 2024", "1.2M 12,800 86.8"}, {"zh-Hant", "2024年3月10日", "120萬 12,800 86.8"}, {"zh-Hans", "2024年3月10日", "120万 12,800 86.8"}} {
		if got := eval[string](b, `new Intl.DateTimeFormat($1, { dateStyle: "medium", timeZone: "UTC" }).format(new Date("2024-03-10"))`, c[0]); got != c[1] {
			t.Errorf("%s: expected the date %s, got %s", c[0], c[1], got)
		}
		if got := eval[string](b, `[pizhu.number($1, 1200000, 4, "compact"), pizhu.number($1, 12800, 0, ""), pizhu.number($1, 86.8, 20, "")].join(" ")`, c[0]); got != c[2] {
			t.Errorf("%s: expected the numbers %s, got %s", c[0], c[2], got)
		}
	}
	b.until("the article's date in English", `document.querySelector(".byline").textContent.includes(", 2025")`)
	b.open(h.url + "/")
	b.until("the choice to be remembered", exports+` === "Export JSON"`)
	b.open(h.url + "/?lang=zh-Hans")
	b.until("a link's language to come before it", exports+` === "导出 JSON"`)
	b.open(h.url + "/")
	b.until("and not to change it", exports+` === "Export JSON"`)
	b.clean()
}
