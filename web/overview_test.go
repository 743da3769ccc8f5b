package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"pizhu/app/annotation"
	"pizhu/app/annotation/foreign"
	"pizhu/app/annotation/w3ctest"
)

// someClaims are claims of two articles that have every facet between them.
func someClaims(t *testing.T) []annotation.Annotation {
	amount := func(v float64, unit, who string) func(*annotation.Annotation) {
		return func(a *annotation.Annotation) { a.Quantity.Value, a.Quantity.Unit, a.Attribution = v, unit, who }
	}
	judged := func(v annotation.Verdict) func(*annotation.Annotation) {
		return func(a *annotation.Annotation) { a.Verdict = v }
	}
	all := []annotation.Annotation{
		claim(t, "claude3-week", 0, 0, 9, "benchmark", amount(128000, "token", "甲報"), judged(annotation.Confirmed)),
		claim(t, "claude3-week", 0, 12, 20, "benchmark", amount(1000000, "個 token", "乙報")),
		claim(t, "claude3-week", 1, 0, 8, "lawsuit", judged(annotation.Disputed)),
		claim(t, "labs-funding", 0, 0, 7, "funding", amount(4e9, "美元", "甲報"), judged(annotation.Confirmed)),
	}
	all[2].Note = "=HYPERLINK(\"http://example.org\")"
	all[2].Relations = []annotation.Relation{{Kind: annotation.Contradicts, To: all[0].ID}}
	return all
}

func TestOverview(t *testing.T) {
	h := start(t)
	for _, size := range widths {
		t.Run(size.name, func(t *testing.T) {
			b := newTab(t, sized(size.w, size.h))
			all := someClaims(t)
			b.seed(h, all...)
			b.open(h.url + "/")
			b.key("d")
			b.until("the overview", `document.querySelectorAll("#overview .figure").length === 5`)
			if n := eval[int](b, `document.querySelectorAll("#overview .wide .chart a").length`); n != len(all) {
				t.Errorf("expected a mark on the strips for each of %d claims, there are %d", len(all), n)
			}
			nameless := eval[int](b, `[...document.querySelectorAll("#overview .chart a")].filter(a => !a.getAttribute("aria-label")).length`)
			if nameless != 0 {
				t.Errorf("expected every mark to have a text alternative, %d have none", nameless)
			}
			if n := eval[int](b, `document.querySelectorAll("#overview .figure details table").length`); n != 5 {
				t.Errorf("expected a table behind each of five figures, there are %d", n)
			}
			if over := eval[int](b, `document.querySelector(".full .body").scrollWidth - document.querySelector(".full .body").clientWidth`); over > 0 {
				t.Errorf("expected the overview to fit the width, it is %d pixels too wide", over)
			}
			// 12.8萬 and 100萬 stand side by side though their units are written differently.
			if got := eval[string](b, `[...document.querySelectorAll("#overview .number")].map(e => e.textContent).join(" ")`); !strings.Contains(got, "100萬 12.8萬") {
				t.Errorf("expected the two context lengths beside each other, got %q", got)
			}
			// A mark of two claims narrows the panel to them.
			b.clickOn(`#overview .chart a[aria-label="甲報"]`)
			b.until("the panel to list the mark's claims", `document.querySelectorAll("#list [data-annotation]").length === 2 && document.querySelector(".only").textContent === "甲報"`)
			b.key("d")
			// By key: a mark of one claim leads to it, in whichever article.
			eval[bool](b, `(document.querySelector('#overview .chart a[aria-label^="融資"]').focus(), true)`)
			b.key("\r")
			b.until("the claim in its article", `document.getElementById("article").dataset.article === $1 && document.querySelector("#list .on")?.dataset.annotation === $2`, all[3].Article, all[3].ID)
			b.clean()
		})
	}
}

// Every way out gives a file that the other side can read.
func TestExports(t *testing.T) {
	h := start(t)
	b := newTab(t, before(`window.shared = []; navigator.canShare = () => true; navigator.share = async (d) => { shared.push([d.files[0].name, await d.files[0].text()]); };`))
	all := someClaims(t)
	b.seed(h, all...)
	b.open(h.url + "/")
	next := b.downloads()
	b.key("e")
	b.until("the numbers", `document.querySelector(".choices").textContent.includes("本文（3）") && document.querySelector(".choices").textContent.includes("全部（4）")`)
	b.clickOn(`.choices label:has([value="all"])`)
	get := func(name string) (string, []byte) {
		b.clickOn(`[data-out="` + name + `"][data-how="download"]`)
		return next()
	}
	kept := func(set annotation.Set) {
		t.Helper()
		if len(set.Annotations) != len(all) {
			t.Errorf("expected %d annotations, there are %d", len(all), len(set.Annotations))
		}
		have := map[string]bool{}
		for _, a := range set.Annotations {
			have[a.Quote.Exact] = true
		}
		for _, a := range all {
			if !have[a.Quote.Exact] {
				t.Errorf("expected the quote %q to be there", a.Quote.Exact)
			}
		}
	}

	_, file := get("json")
	for _, problem := range w3ctest.Check(file) {
		t.Errorf("expected the export to keep the W3C model's MUST rules: %v", problem)
	}
	set, _, err := annotation.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	kept(set)
	for _, term := range []string{"schema:Claim", "schema:ClaimReview"} {
		if !strings.Contains(string(file), `"`+term+`"`) {
			t.Errorf("expected schema.org's term %s in the JSON", term)
		}
	}

	for _, name := range []string{"doccano", "label-studio"} {
		_, file = get(name)
		set, format, problems, err := foreign.Decode(bytes.NewReader(file), foreign.Into{})
		if err != nil || string(format) != name {
			t.Fatalf("%s: expected the file to be read back as such, got %s, %v", name, format, err)
		}
		for _, p := range problems {
			if p.Refused {
				t.Errorf("%s: expected nothing to be refused: %v", name, p)
			}
		}
		kept(set)
	}

	name, file := get("csv")
	if !strings.HasSuffix(name, ".csv") || !bytes.HasPrefix(file, []byte("\ufeff")) {
		t.Errorf("expected a .csv that spreadsheets know to be UTF-8, got %q", name)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\ufeff")))).ReadAll()
	if err != nil || len(rows) != 1+len(all) {
		t.Fatalf("expected a row for each claim below the head, got %d (%v)", len(rows), err)
	}
	if text := string(file); strings.Contains(text, ",=HYPER") || strings.Contains(text, `,"=HYPER`) || !strings.Contains(text, "訴訟") {
		t.Errorf("expected the formula to be defused and the label in Chinese")
	}

	_, file = get("markdown")
	if text := string(file); !strings.Contains(text, "> "+all[0].Quote.Exact) {
		t.Errorf("expected the quotes in the reading note, got %s", text)
	}

	_, file = get("html")
	page := newTab(t)
	page.do(chromedp.Navigate("about:blank"))
	eval[bool](page, `(document.open(), document.write($1), document.close(), true)`, string(file))
	if n := eval[int](page, `document.querySelectorAll("mark").length`); n < len(all) {
		t.Errorf("expected the page to show %d highlights, it shows %d", len(all), n)
	}
	if n := eval[int](page, `document.scripts.length`); n != 0 {
		t.Errorf("expected no script in the page, there are %d", n)
	}
	if colour := eval[string](page, `getComputedStyle(document.querySelector("mark")).getPropertyValue("--c").trim()`); colour != "#1c5fb8" {
		t.Errorf("expected the highlight in the type's colour, got %q", colour)
	}

	b.clickOn(`[data-out="doccano"][data-how="share"]`)
	b.until("the share sheet to be given the file", `shared.length === 1 && shared[0][0].endsWith(".jsonl")`)
	var line struct{ Text string }
	first, _, _ := strings.Cut(eval[string](b, `shared[0][1]`), "\n")
	if err := json.Unmarshal([]byte(first), &line); err != nil || line.Text == "" {
		t.Errorf("expected JSON Lines with texts to be shared, got %q (%v)", first, err)
	}
	eval[bool](b, `(navigator.clipboard.writeText = async (s) => { window.copied = s; }, true)`)
	b.clickOn(`[data-out="markdown"][data-how="copy"]`)
	b.until("the note on the clipboard", `window.copied?.includes("> " + $1)`, all[0].Quote.Exact)
	b.clean()
}
