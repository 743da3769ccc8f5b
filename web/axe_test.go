package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"pizhu/app/annotation"
	"pizhu/app/article"
)

// axeVersion is the release of axe-core (npm, MPL-2.0) that looks at the pages.
// It is fetched when the test runs and is no part of the program.
const axeVersion = "4.10.3"

var axe = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "axe")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	cmd := exec.Command("npm", "pack", "--silent", "axe-core@"+axeVersion)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("npm pack axe-core: %w: %s", err, out)
	}
	f, err := os.Open(filepath.Join(dir, "axe-core-"+axeVersion+".tgz"))
	if err != nil {
		return "", err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return "", err
	}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err != nil {
			return "", fmt.Errorf("axe-core has no axe.min.js: %w", err)
		}
		if h.Name == "package/axe.min.js" {
			var b bytes.Buffer
			_, err := io.Copy(&b, r)
			return b.String(), err
		}
	}
})

func axeOrSkip(t *testing.T) string {
	t.Helper()
	source, err := axe()
	if err != nil {
		t.Skipf("axe-core is not to be had, so accessibility goes unchecked here: %v", err)
	}
	return source
}

// check lets axe-core look at what the tab shows and reports what it finds.
func (b *tab) check(source, state string) {
	b.Helper()
	type violation struct{ ID, Help, Nodes string }
	for _, v := range eval[[]violation](b, `(async () => {
		if (!window.axe) { `+source+` }
		const r = await axe.run(document, {resultTypes: ["violations"]});
		return r.violations.map(v => ({ID: v.id, Help: v.help, Nodes: v.nodes.slice(0, 4).map(n => n.target.join(" ") + "  " + n.html.slice(0, 160) + "  " + (n.any[0]?.message || n.all[0]?.message || n.none[0]?.message || "")).join("\n    ")}));
	})()`) {
		b.Errorf("%s: expected axe-core to find nothing, it found %s (%s):\n    %s", state, v.ID, v.Help, v.Nodes)
	}
}

// sheets are the commands that open one.
var sheets = []string{"articles", "settings", "help", "guide", "about", "types", "export-as", "overview", "paste", "words", "check-source"}

// guise is how a reader may see the page: "zh-Hant dark phone" is its interface's
// language, and a theme and a width that are not the usual ones.
type guise string

// inGuises runs a test of the page in each of them.
func inGuises(t *testing.T, h *host, all []guise, test func(*testing.T, *tab)) {
	for _, l := range all {
		t.Run(string(l), func(t *testing.T) {
			theme, w, height := "light", int64(1280), int64(800)
			words := strings.Fields(string(l))
			if slices.Contains(words, "dark") {
				theme = "dark"
			}
			if slices.Contains(words, "phone") {
				w, height = 390, 844
			}
			b := newTab(t, sized(w, height), before(fmt.Sprintf(`localStorage.setItem("pizhu/1/pref", %q);`, fmt.Sprintf(`{"theme":%q,"language":%q}`, theme, words[0]))))
			b.open(h.url + "/")
			test(t, b)
		})
	}
}

func TestAccessibility(t *testing.T) {
	source := axeOrSkip(t)
	h := start(t)
	inGuises(t, h, []guise{"zh-Hant", "zh-Hant dark", "zh-Hans", "en", "en dark phone"}, func(t *testing.T, b *tab) {
		b.check(source, "the article")
		b.drag(0, 0, 0, 6)
		b.until("the palette", `!document.getElementById("palette").hidden`)
		b.check(source, "a selection")
		b.key("1")
		b.until("the annotation", `document.querySelector("#list [data-annotation]")`)
		b.drag(1, 0, 1, 6)
		b.tag("2")
		eval[bool](b, `(document.querySelector("#list .pick").click(), true)`)
		b.until("the annotation's fields", `document.getElementById("edit-note")`)
		eval[bool](b, `(document.querySelector("details.more").open = true)`)
		b.check(source, "an open annotation")
		b.key("\u001b")
		eval[bool](b, `(document.querySelector('[data-command="suggest"]').click(), true)`)
		b.until("suggestions", `document.querySelector(".suggesting")`)
		b.check(source, "suggestions")
		eval[bool](b, `(document.querySelector('[data-action="pick"]').click(), document.querySelector('[data-action="filter"]').click(), true)`)
		b.until("the panel's controls", `document.getElementById("filter-text")`)
		b.check(source, "the panel's controls")
		eval[bool](b, `(document.querySelector('[data-action="pick"]').click(), document.querySelector('[data-action="filter"]').click(), true)`)
		b.until("the panel's controls to go", `!document.querySelector(".filters")`)
		for _, sheet := range sheets {
			b.shows(sheet)
			if sheet == "types" {
				eval[bool](b, `(document.querySelector(".kinds .name").click(), true)`)
				b.until("a type's fields", `document.querySelector(".kinds .edit")`)
			}
			if sheet == "overview" {
				eval[bool](b, `(document.querySelectorAll("#overview details").forEach(d => d.open = true), true)`)
			}
			b.check(source, "the sheet "+sheet)
			b.key("\u001b")
			b.until("the sheet to close", `!document.getElementById("sheet")`)
		}
		b.open(h.url + "/read/own/?id=nothing")
		b.check(source, "an article that is not here")
	})
	b := newTab(t)
	b.do(chromedp.Navigate(h.url + "/no/such/page"))
	b.check(source, "the page for what is not there")
}

// shows opens a sheet by its command, from the bar or from the menu.
func (b *tab) shows(sheet string) {
	b.Helper()
	if !eval[bool](b, `!!document.querySelector('.bar [data-command="'+$1+'"]')`, sheet) {
		eval[bool](b, `(document.querySelector('.bar [data-command="settings"]').click(), true)`)
		b.until("the menu", `document.querySelector('#sheet [data-command="'+$1+'"]')`, sheet)
		eval[bool](b, `(document.querySelector('#sheet [data-command="'+$1+'"]').click(), true)`, sheet)
	} else {
		eval[bool](b, `(document.querySelector('.bar [data-command="'+$1+'"]').click(), true)`, sheet)
	}
	b.until("the sheet "+sheet, `document.getElementById("sheet")?.dataset.sheet === $1`, sheet)
	b.settle()
}

// What comes in, and what is asked about it.
func TestAccessibilityOfImports(t *testing.T) {
	source := axeOrSkip(t)
	h := start(t)
	text := "# 圖書館\n\n市政府昨天宣布，新的圖書館將在明年三月開放。館長說，這裡會有八萬冊書，還有給孩子們的房間。\n\n經費一共三億元，一半由中央出。\n"
	inGuises(t, h, []guise{"zh-Hant", "en dark", "zh-Hans phone", "zh-Hant dark phone"}, func(t *testing.T, b *tab) {
		look := func(sheet string) {
			t.Helper()
			b.until("the sheet "+sheet, `document.getElementById("sheet")?.dataset.sheet === $1`, sheet)
			b.settle()
			b.check(source, "the sheet "+sheet)
			b.shoot(sheet)
			if over := eval[float64](b, `Math.max(document.documentElement.scrollWidth - innerWidth, document.getElementById("sheet").scrollWidth - document.getElementById("sheet").clientWidth)`); over > 0 {
				t.Errorf("expected the sheet %s to fit the width, it is %.0f pixels too wide", sheet, over)
			}
		}
		b.give(map[string][]byte{"圖書館.md": []byte(text)})
		b.untilTitle("圖書館")
		a, err := article.Parse("圖書館.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		var set annotation.Set
		for i, at := range []int{4, 11, 20, 30, 40, 55} {
			one := annotation.New(a.ID, a.Text, article.Span{Start: at, End: at + 5}, []string{"release", "benchmark", "funding"}[i%3], "", time.Date(2024, 3, 4, 5, 6, 7, 0, time.UTC))
			if i == 4 {
				one.Quote = annotation.Quote{Exact: "哪裡都沒有的一句話", Prefix: "也沒有", Suffix: "這些字"}
			}
			if i == 5 {
				one.Article = "https://example.org/elsewhere"
			}
			set.Annotations = append(set.Annotations, one)
		}
		tied := set.Annotations[1].ID
		set.Annotations[0].Relations = []annotation.Relation{{Kind: annotation.Supports, To: tied}}
		b.give(map[string][]byte{"批註.json": encoded(t, set)})
		look("import")
		b.clickOn("#import-yes")
		b.until("the annotations", `document.querySelectorAll("[data-annotation]").length >= 5 || !document.getElementById("sheet")`)

		eval[bool](b, `(document.querySelector('[data-annotation="`+tied+`"] .pick').click(), document.activeElement.blur(), true)`)
		b.key(kb.Delete)
		look("ask")
		b.key("\u001b")
		b.key("\u001b")

		// A newer version of the article, with a sentence gone and one moved.
		b.give(map[string][]byte{"圖書館.md": []byte("# 圖書館\n\n經費一共三億元，一半由中央出。\n\n市政府今天又宣布，新的圖書館將在明年三月開放。\n")})
		b.until("the offer to carry the annotations over", `document.querySelector('[data-notice="carry"] button')`)
		b.clickOn(`[data-notice="carry"] button`)
		look("carry")
		b.key("\u001b")

		b.clickOn(`[data-command="articles"]`)
		b.clickOn(`.shelf li:has([aria-current]) [data-info]`)
		look("article-info")
		b.clickOn(`[data-do="remove-article"]`)
		b.until("to be asked", `document.getElementById("remove-yes")`)
		look("article-info")
		b.key("\u001b")
	})
}
