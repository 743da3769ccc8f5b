package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// tagAll finds each character of a text and tags all its places, one command
// after the other, as a reader does who looks for a word.
const tagAll = `(async () => {
	const sleep = (ms) => new Promise(r => setTimeout(r, ms));
	const until = async (what, f) => { for (let i = 0; !f(); i++) { if (i > 4000) throw new Error(what + ": " + document.getElementById("found")?.textContent.slice(0, 100)); await sleep(5); } };
	const stored = () => Object.keys(localStorage).filter(k => k.startsWith("pizhu/1/a/")).length;
	document.querySelector('[data-command="search"]:not([hidden])').click();
	await until("the search field", () => document.getElementById("search"));
	for (const c of $1) {
		const field = document.getElementById("search");
		field.value = c;
		field.dispatchEvent(new InputEvent("input", {bubbles: true}));
		await until(c + " to be found", () => document.getElementById("search-count")?.textContent.endsWith("／50") && document.querySelector("#hits [data-hit] mark")?.textContent === c);
		document.querySelector('[data-command="search-tag"]').click();
		await until("the types", () => document.querySelector('[data-tag-all="release"]'));
		document.querySelector('[data-tag-all="release"]').click();
		await until(c + " to be tagged", () => !document.querySelector('[data-tag-all="release"]'));
	}
	return true;
})()`

// TestTwoTabsAtTheSameTime has two tabs of one article write a thousand
// annotations each, both at once.
func TestTwoTabsAtTheSameTime(t *testing.T) {
	h := start(t)
	a := newTab(t)
	a.open(h.url + "/")
	const ours, theirs = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉", "金木水火土日月星山川風雨雷電雲霧霜雪冰石"
	line := ours + "，" + theirs + "。\n"
	a.give(map[string][]byte{"兩頁.txt": []byte(strings.Repeat(line, 50))})
	a.until("the article", `document.querySelector("article h1")?.textContent === "兩頁"`)
	a.until("its address", `location.href.includes("read/own/")`)
	a.until("it to be kept", `pizhu.library.facts().then(s => s.includes("兩頁"))`)
	b := a.second()
	b.open(eval[string](a, `location.href`))
	b.until("the article in the other tab", `document.querySelector("article h1")?.textContent === "兩頁"`)

	began := make(chan error, 2)
	for _, side := range []struct {
		tab  *tab
		text string
	}{{a, ours}, {b, theirs}} {
		go func() {
			_, err := chromedp.Run(side.tab.ctx, chromedp.Evaluate[bool](strings.ReplaceAll(tagAll, "$1", `"`+side.text+`"`), awaiting))
			began <- err
		}()
	}
	for range 2 {
		if err := <-began; err != nil {
			t.Fatalf("expected both tabs to tag all they find: %v", err)
		}
	}
	count := func(n int, when string) {
		t.Helper()
		for name, side := range map[string]*tab{"first": a, "second": b} {
			side.until(when+" in the "+name+" tab", `document.querySelector(".status").textContent.replaceAll(",", "").includes("· " + $1 + " 則")`, n)
		}
		if got := eval[int](a, `Object.entries(localStorage).filter(([k, v]) => k.startsWith("pizhu/1/a/") && v.split("\t")[12] !== "1").length`); got != n {
			t.Errorf("%s: expected %d live annotations to be stored, %d are", when, n, got)
		}
	}
	count(2000, "two thousand annotations")

	// Each tab takes back its own.
	a.key("z", chromedp.ModifierCtrl)
	count(1950, "without the last fifty of the first tab")
	b.key("z", chromedp.ModifierCtrl)
	b.key("z", chromedp.ModifierCtrl)
	count(1850, "without the last hundred of the second tab")
	a.key("z", chromedp.ModifierCtrl, chromedp.ModifierShift)
	count(1900, "with the first tab's fifty again")
	for _, c := range []struct {
		text string
		n    int
	}{{ours, 1000}, {theirs, 900}} {
		got := eval[int](a, `Object.values(localStorage).map(v => v.split("\t")).filter(f => f.length > 5 && f[12] !== "1" && $1.includes(f[3])).length`, c.text)
		if got != c.n {
			t.Errorf("expected %d of the annotations on %s to be there, %d are", c.n, c.text, got)
		}
	}

	// How long one annotation takes to be seen in the other tab.
	eval[bool](b, `(() => {
		const before = document.querySelector(".status").textContent;
		globalThis.seen = new Promise(r => new MutationObserver((_, o) => {
			if (document.querySelector(".status").textContent !== before) { o.disconnect(); r(performance.timeOrigin + performance.now()); }
		}).observe(document.querySelector(".status"), {subtree: true, childList: true, characterData: true}));
		return true;
	})()`)
	wrote := eval[float64](a, `(() => {
		const at = performance.timeOrigin + performance.now();
		dispatchEvent(new KeyboardEvent("keydown", {key: "z", ctrlKey: true, bubbles: true, cancelable: true}));
		return at;
	})()`)
	t.Logf("fifty annotations taken back were seen in the other tab after %.0f ms", eval[float64](b, `globalThis.seen`)-wrote)
	a.clean()
	b.clean()
}
