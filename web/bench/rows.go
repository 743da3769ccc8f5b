package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/profiler"

	"pizhu/app/annotation"
	"pizhu/app/lexicon"
)

const (
	theArticle = "claude3-week" // Traditional
	simplified = "labs-funding" // whose Taiwan form takes phrases along
	megabyte   = 1 << 20
)

// visit is what the browser noted of a first visit.
type visit struct{ Ready, Paint, Bytes, Rest float64 }

// bytes are those of all that was asked for before the mark was set, headers
// included, as sent: compressed.
const visited = `(async () => {
	const ready = performance.getEntriesByName($1)[0].startTime;
	// The program is fetched by a worker, which has a list of its own; from the cache, one learns its size.
	const part = async (name) => {
		const path = document.querySelector("script[data-" + name + "]")?.dataset[name];
		if (!path) return 0; // of the empty program, which is in the list
		const url = new URL(path, document.baseURI).href;
		await fetch(url).then((r) => r.arrayBuffer());
		return performance.getEntriesByName(url).at(-1).encodedBodySize + 300;
	};
	const known = await part("wasm"), rest = await part("rest");
	const all = [performance.getEntriesByType("navigation")[0], ...performance.getEntriesByType("resource")];
	return {
		Ready: ready,
		Paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
		Bytes: all.filter((e) => e.startTime <= ready).reduce((sum, e) => sum + e.transferSize, known),
		Rest: rest,
	};
})()`

func (b *bench) visit(url, mark string, slow float64) visit {
	t, end := open(b.root, slow)
	defer end()
	t.goTo(url)
	t.until("the page to be ready", `performance.getEntriesByName($1).length && performance.getEntriesByName("first-contentful-paint").length`, mark)
	t.rest(2)
	return eval[visit](t, visited, mark)
}

// starts is the first visit, in turns with the empty program's.
func (b *bench) starts() {
	b.visit(b.empty, "empty:ready", 1) // the browser's own first page costs more
	b.visit(b.ours, "pizhu:ready", 1)
	for _, slow := range []float64{1, 4} {
		var ready, paint, bytes, emptyReady, emptyPaint, emptyBytes, rest []float64
		for range b.runs {
			e := b.visit(b.empty, "empty:ready", slow)
			o := b.visit(b.ours, "pizhu:ready", slow)
			emptyReady, emptyPaint, emptyBytes = append(emptyReady, e.Ready), append(emptyPaint, e.Paint), append(emptyBytes, e.Bytes)
			ready, paint, bytes = append(ready, o.Ready), append(paint, o.Paint), append(bytes, o.Bytes)
			rest = append(rest, o.Rest)
		}
		at := fmt.Sprintf(", processor %g×", slow)
		if slow > 1 {
			at = fmt.Sprintf(", processor slowed %g×", slow)
		}
		b.add("P1", "empty program: ready"+at, median(emptyReady), 0, "ms")
		b.add("P1", "ready to annotate"+at, median(ready), 1.25*median(emptyReady), "ms")
		b.add("P1", "ready, over empty"+at, median(ready)/median(emptyReady), 1.25, "×")
		b.add("P3", "empty program: first paint"+at, median(emptyPaint), 0, "ms")
		b.add("P3", "the article on the screen"+at, median(paint), 1.1*median(emptyPaint), "ms")
		if slow == 1 {
			b.add("P2", "empty program: sent", median(emptyBytes)/1e6, 0, "MB")
			b.add("P2", "sent before the page can annotate", median(bytes)/1e6, 1.9, "MB")
			b.add("P2", "… the rest of the program, after that", median(rest)/1e6, 0, "MB")
		}
	}
}

// atOnce opens one of the site's articles for a reader who asks for something
// before the page has prepared it: the dictionaries have been fetched, no more.
func (b *bench) atOnce(slug string) (*tab, func()) {
	t, end := open(b.root, 1)
	t.goTo(b.ours + "read/" + slug + "/")
	for _, a := range lexicon.Assets() {
		eval[bool](t, `pizhuFetch("static/" + $1).then(() => true)`, a.File)
	}
	t.until("the page to be ready", `performance.getEntriesByName("pizhu:ready").length`)
	return t, end
}

// read opens one of the site's articles and waits until its dictionaries lie in
// memory, as they do for a reader who has read a second.
func (b *bench) read(slug string) (*tab, func()) {
	t, end := open(b.root, 1)
	t.goTo(b.ours + "read/" + slug + "/")
	t.dictionaries()
	return t, end
}

func (t *tab) dictionaries() {
	t.until("the page to be ready", `performance.getEntriesByName("pizhu:ready").length`)
	eval[bool](t, `dispatchEvent(new PointerEvent("pointermove"))`) // the reader's first sign
	t.until("the dictionaries to have come",
		`performance.getEntriesByType("resource").filter(e => e.name.endsWith(".lex") && e.responseEnd).length >= 2`)
	for _, a := range lexicon.Assets() {
		eval[bool](t, `pizhuFetch("static/" + $1).then(() => true)`, a.File) // as the offline copy has them
	}
	time.Sleep(700 * time.Millisecond) // they are checked and opened yet, and the offline copy is made
	t.rest(10)
}

// after does something and gives how long it took from the reader's click or
// key to the end of the page's measure of a name.
func (t *tab) after(name string, do func()) float64 {
	n := eval[int](t, `performance.getEntriesByName($1).length`, name)
	do()
	t.until("the measure "+name, `performance.getEntriesByName($1).length > $2`, name, n)
	return eval[float64](t, `(() => { const e = performance.getEntriesByName($1).at(-1); return e.startTime + e.duration - bench.input; })()`, name)
}

func (t *tab) show(script string) func() {
	return func() { t.click(`.scripts label:has(input[value="`+script+`"])`, 1) }
}

// scripts is switching an article.
func (b *bench) scripts() {
	var phrases, characters, atOnce, later, back []float64
	for range b.runs {
		t, end := b.atOnce(simplified)
		atOnce = append(atOnce, t.after("pizhu:script", t.show("zh-TW")))
		end()
		t, end = b.read(simplified)
		b.profiled(t, "P4", func() { phrases = append(phrases, t.after("pizhu:script", t.show("zh-TW"))) })
		t.rest(5)
		end()
		t, end = b.read(theArticle)
		characters = append(characters, t.after("pizhu:script", t.show("zh-TW")))
		t.rest(5)
		b.profiled(t, "P5", func() { later = append(later, t.after("pizhu:script", t.show("zh-HK"))) })
		t.rest(5)
		later = append(later, t.after("pizhu:script", t.show("zh-Hans")))
		t.rest(5)
		for _, script := range []string{"source", "zh-TW", "zh-HK"} {
			back = append(back, t.after("pizhu:script", t.show(script)))
			t.rest(5)
		}
		end()
	}
	b.add("P4", "Simplified article to Taiwan form with phrases, first switch", median(phrases), 100, "ms")
	b.add("P4", "… asked for at once, nothing prepared", median(atOnce), 0, "ms")
	b.add("P4", "Traditional article to Taiwan form, first switch", median(characters), 100, "ms")
	b.add("P5", "later switches to other forms", median(later), 33, "ms")
	b.add("P5", "switches back", median(back), 33, "ms")
}

// words is the first word boundaries of the article.
func (b *bench) words() {
	var one, all, atOnce, grown []float64
	for range b.runs {
		t, end := b.read(theArticle)
		one = append(one, t.after("pizhu:words", func() { t.click(`[data-block="1"]`, 2) }))
		end()
		t, end = b.read(theArticle)
		all = append(all, t.after("pizhu:words", func() { t.key("g") }))
		end()
		t, end = b.atOnce(theArticle)
		wasm, js := t.heap()
		b.profiled(t, "P7", func() { atOnce = append(atOnce, t.after("pizhu:words", func() { t.key("g") })) })
		wasm2, js2 := t.heap()
		grown = append(grown, (wasm2+js2-wasm-js)/1e6)
		end()
	}
	b.add("P7", "double click to the word selected, first", median(one), 100, "ms")
	b.add("P7", "words of the whole article, first", median(all), 100, "ms")
	b.add("P7", "… asked for at once, nothing prepared", median(atOnce), 0, "ms")
	// Of all that the page has ready by then; words.BenchmarkHeap has the words alone.
	b.add("P7", "memory: three dictionaries, words, prepared scripts", median(grown), 0, "MB")
}

// give opens a file as if it had been dropped on the page, and waits until it
// is kept. It gives the address of the article.
func (b *bench) give(t *tab, l long, records map[string]string) string {
	t.goTo(b.ours)
	t.until("the page to be ready", `performance.getEntriesByName("pizhu:ready").length`)
	eval[bool](t, `(() => {
		const data = new DataTransfer();
		data.items.add(new File([$2], $1));
		for (const kind of ["dragenter", "dragover", "drop"])
			document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));
		return true;
	})()`, l.name, string(l.data))
	t.until("the file to be shown", `document.querySelectorAll("#article [data-block]").length === $1`, len(l.Blocks))
	time.Sleep(500 * time.Millisecond) // it is written behind the page's back
	if len(records) > 0 {
		eval[bool](t, `(() => { for (const [k, v] of Object.entries($1)) localStorage.setItem(k, v); return true; })()`, records)
	}
	return b.ours + "read/own/?id=" + l.ID
}

// own opens a reader's own article by its address.
func (t *tab) own(url string, l long) {
	t.goTo(url)
	t.until("the page to be ready", `performance.getEntriesByName("pizhu:ready").length`)
	if n := eval[int](t, `document.querySelectorAll("#article [data-block]").length`); n != len(l.Blocks) {
		panic(failure{fmt.Errorf("expected %d blocks of %s, the page shows %d", len(l.Blocks), l.name, n)})
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(failure{err})
	}
	return v
}

// texts are the article and the Simplified one, repeated to a length.
func texts(bytes int) (traditional, simple long) {
	return must(repeat(must(shelved(theArticle)), bytes)), must(repeat(must(shelved(simplified)), bytes))
}

// searching types two queries a letter at a time, and gives how long the slowest
// and the middle letter took to the measure of the search, and the memory that
// the index took in MB.
func (b *bench) searching(l long) (slowest, middle, index float64) {
	t, end := open(b.root, 1)
	defer end()
	t.own(b.give(t, l, nil), l)
	t.dictionaries()
	ask := func(query string) float64 {
		return t.after("pizhu:search", func() {
			eval[bool](t, `(() => {
				const e = document.getElementById("search");
				e.value = $1;
				bench.input = performance.now();
				return e.dispatchEvent(new InputEvent("input", { bubbles: true, data: $1 }));
			})()`, query)
		})
	}
	wasm, js := t.heap()
	t.key("/")
	t.until("the results to be shown", `document.getElementById("found")`)
	ask("模型")
	t.until("all articles to be read", `document.querySelector("#found h2") && !document.querySelector("#found h2 small")`)
	wasm2, js2 := t.heap()
	var all []float64
	for _, query := range []string{"claude 3 opus", "基準測試", "1000"} {
		letters := []rune(query)
		for i := range letters {
			all = append(all, ask(string(letters[:i+1])))
			t.rest(3)
		}
	}
	return slices.Max(all), median(all), (wasm2 + js2 - wasm - js) / 1e6
}

// longTexts is conversion, words and search of 100 KB and of 1 MB.
func (b *bench) longTexts() {
	type figures struct{ visible, t2s, s2twp, words, longest, back, letter, slowest, index float64 }
	measure := func(bytes int) figures {
		traditional, simple := texts(bytes)
		var visible, t2s, s2twp, words, longest, back, letter, slowest, index []float64
		for range max(b.runs/2, 1) {
			t, end := open(b.root, 1)
			url := b.give(t, traditional, nil)
			t.own(url, traditional)
			t.dictionaries()
			eval[bool](t, "(bench.longest = 0, true)")
			b.profiled(t, "P6", func() {
				t2s = append(t2s, t.after("pizhu:converted", t.show("zh-Hans")))
			})
			visible = append(visible, eval[float64](t, `(() => { const e = performance.getEntriesByName("pizhu:script").at(-1); return e.startTime + e.duration - bench.input; })()`))
			longest = append(longest, eval[float64](t, "bench.longest"))
			t.rest(10)
			back = append(back, t.after("pizhu:script", t.show("source")))
			end()

			t, end = open(b.root, 1)
			url = b.give(t, traditional, nil)
			t.own(url, traditional)
			t.dictionaries()
			b.profiled(t, "P8", func() {
				words = append(words, t.after("pizhu:words", func() { t.key("g") }))
			})
			end()

			most, middle, took := b.searching(traditional)
			slowest, letter, index = append(slowest, most), append(letter, middle), append(index, took)

			t, end = open(b.root, 1)
			url = b.give(t, simple, nil)
			t.own(url, simple)
			t.dictionaries()
			s2twp = append(s2twp, t.after("pizhu:converted", t.show("zh-TW")))
			end()
		}
		return figures{median(visible), median(t2s), median(s2twp), median(words), median(longest), median(back), median(letter), median(slowest), median(index)}
	}
	mb := measure(megabyte)
	b.add("P5", "1 MB: first switch, to the visible part painted", mb.visible, 100, "ms")
	b.add("P5", "1 MB: switch back", mb.back, 100, "ms")
	b.add("P6", "1 MB converted, t2s, aligned, in slices", mb.t2s, 215, "ms")
	b.add("P6", "1 MB converted, s2twp, aligned, in slices", mb.s2twp, 312, "ms")
	b.add("P6", "longest task meanwhile", mb.longest, 50, "ms")
	b.add("P8", "words of 1 MB, in slices", mb.words, 878, "ms")
	b.add("P8", "search in 1 MB, a letter, median", mb.letter, 50, "ms")
	b.add("P8", "… the slowest letter", mb.slowest, 50, "ms")
	b.add("P8", "… memory that the index took", mb.index, 0, "MB")
	if b.wants("P11") {
		kb := measure(megabyte / 10)
		b.add("P11", "growth ×10: conversion", mb.t2s/kb.t2s, 11, "×")
		b.add("P11", "growth ×10: words", mb.words/kb.words, 11, "×")
		b.add("P11", "growth ×10: search", mb.letter/kb.letter, 11, "×")
	}
}

// manyAnnotations is showing, adding to and holding 10,000 of them on 1 MB.
func (b *bench) manyAnnotations() {
	if b.wants("P12") {
		t, end := b.read(theArticle)
		wasm, js := t.heap()
		b.add("P12", "memory with the article", (wasm+js)/1e6, 24, "MB")
		b.add("P12", "… of it Go's", wasm/1e6, 0, "MB")
		end()
	}
	shown := func(t *tab, url string, l long) float64 {
		t.own(url, l)
		return eval[float64](t, `bench.listed.then((at) => at - performance.getEntriesByName("pizhu:show").at(-1).startTime)`)
	}
	measure := func(bytes, n int) (float64, *tab, func()) {
		l, _ := texts(bytes)
		records := must(annotations(l.Article, n))
		t, end := open(b.root, 1)
		url := b.give(t, l, records)
		var all []float64
		for i := range b.runs + 1 {
			b.profiled(t, "P9", func() {
				if ms := shown(t, url, l); i > 0 { // the first visit compiles
					all = append(all, ms)
				}
			})
			if listed := eval[string](t, `document.querySelector("#panel h2 small").textContent.replace(/\D/g, "")`); listed != strconv.Itoa(n) {
				panic(failure{fmt.Errorf("expected the panel to count %d annotations, it shows %s", n, listed)})
			}
		}
		return median(all), t, end
	}
	many, t, end := measure(megabyte, 10_000)
	defer end()
	b.add("P9", "1 MB and 10,000 annotations, from the text to painted", many, 500, "ms")
	if b.wants("P9", "P11") {
		few, _, end := measure(megabyte/10, 1_000)
		end()
		b.add("P9", "100 KB and 1,000 annotations", few, 80, "ms")
		b.add("P11", "growth ×10: showing annotations", many/few, 11, "×")
	}
	if b.wants("P10", "P12") {
		t.dictionaries()
	}
	if b.wants("P12") {
		wasm, js := t.heap()
		b.add("P12", "memory with 1 MB and 10,000 annotations", (wasm+js)/1e6, 160, "MB")
		b.add("P12", "… of it Go's", wasm/1e6, 0, "MB")
	}
	if b.wants("P10") {
		b.tagging(t)
	}
}

// imports is taking in a file of 10,000 annotations: from the file dropped to
// the preview painted, and from the reader's yes to the annotations listed.
func (b *bench) imports() {
	const n = 10_000
	l, _ := texts(megabyte)
	var file bytes.Buffer
	set := must(annotationSet(l.Article, n))
	must(0, annotation.Encode(&file, set))
	var preview, taken, whole, longest []float64
	for range b.runs {
		t, end := open(b.root, 1)
		url := b.give(t, l, nil)
		t.own(url, l)
		t.dictionaries()
		eval[bool](t, `(bench.file = new File([$1], "many.json"), bench.longest = 0, true)`, file.String())
		b.profiled(t, "IMPORT", func() {
			previewed := eval[float64](t, `new Promise((resolve) => {
				const start = performance.now();
				const data = new DataTransfer();
				data.items.add(bench.file);
				for (const kind of ["dragenter", "dragover", "drop"])
					document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));
				bench.when(() => document.querySelector("#import-yes:not(:disabled)"), (at) => resolve(at - start));
			})`)
			listed := eval[float64](t, `new Promise((resolve) => {
				const start = performance.now();
				document.getElementById("import-yes").click();
				bench.when(() => document.querySelector("#panel h2 small")?.textContent.replace(/\D/g, "") === $1, (at) => resolve(at - start));
			})`, strconv.Itoa(n))
			preview, taken, whole = append(preview, previewed), append(taken, listed), append(whole, previewed+listed)
			longest = append(longest, eval[float64](t, "bench.longest"))
		})
		if stored := eval[int](t, `Object.keys(localStorage).filter(k => k.startsWith("pizhu/1/a/")).length`); stored != n {
			panic(failure{fmt.Errorf("expected %d annotations to be stored, %d are", n, stored)})
		}
		end()
	}
	b.add("IMPORT", "10,000 annotations: file dropped to preview painted", median(preview), 0, "ms")
	b.add("IMPORT", "… yes to listed", median(taken), 0, "ms")
	b.add("IMPORT", "… both", median(whole), 2000, "ms")
	b.add("IMPORT", "… longest task meanwhile", median(longest), 0, "ms")
}

// tagging is adding annotations where there are many.
func (b *bench) tagging(t *tab) {
	type tagged struct{ Painted, Saved float64 }
	tag := func(i int) (one tagged) {
		eval[bool](t, `(() => {
			const all = document.querySelectorAll("#article [data-block]");
			const p = all[(all.length / 2 | 0) + $1]; // one paragraph after the other, as a reader goes on
			p.scrollIntoView({ block: "center" });
			getSelection().setBaseAndExtent(p.firstChild, 0, p.firstChild, 3);
			return true;
		})()`, i)
		t.until("the palette to be shown", `!document.getElementById("palette").hidden`)
		t.rest(20)
		eval[bool](t, "bench.tagging()")
		b.profiled(t, "P10", func() {
			t.key("1")
			one = eval[tagged](t, "bench.tagged")
			time.Sleep(150 * time.Millisecond) // the fields of the new annotation are drawn
		})
		return one
	}
	var painted, saved, all []float64
	const warm, times, more = 3, 30, 10
	for i := range warm + times {
		before := t.work()
		one := tag(i)
		if spent := t.work() - before; i >= warm {
			painted, saved, all = append(painted, one.Painted), append(saved, one.Saved), append(all, spent)
		}
	}
	// A browser that writes down all it does is slower: on its own.
	work := workBetween(t.traced(func() {
		for i := range more {
			tag(warm + times + i)
		}
	}, "devtools.timeline", "blink.user_timing"), "bench:key", "bench:painted")
	if len(work) != more {
		panic(failure{fmt.Errorf("expected the browser to tell of %d tags, it told of %d", more, len(work))})
	}
	b.add("P10", "tag at that size, key to painted, median", median(painted), 33, "ms")
	b.add("P10", "… 95th percentile", quantile(painted, 0.95), 33, "ms")
	b.add("P10", "… key to saved, median", median(saved), 33, "ms")
	b.add("P10", "… work on the main thread until painted, median", median(work), 8, "ms")
	b.add("P10", "… the selection before it and the fields after it too", median(all), 0, "ms")
}

// profiled does something and, where a row's profile is asked for, writes the
// last one to a file that a browser's developer tools open.
func (b *bench) profiled(t *tab, row string, do func()) {
	if b.profile == "" {
		do()
		return
	}
	call(t, profiler.Enable, cdp.Empty{})
	call(t, profiler.SetSamplingInterval, profiler.SetSamplingIntervalParams{Interval: 200})
	call(t, profiler.Start, cdp.Empty{})
	do()
	p := call(t, profiler.Stop, cdp.Empty{})
	data := must(json.Marshal(p.Profile))
	must(0, os.WriteFile(filepath.Join(b.profile, row+".cpuprofile"), data, 0o644))
}
