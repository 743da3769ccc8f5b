package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pizhu/app/annotation"
	"pizhu/app/article"
	"pizhu/corpus"
)

// encoded is a set as a file.
func encoded(t *testing.T, set annotation.Set) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := annotation.Encode(&b, set); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (b *tab) preview() map[string]int {
	b.Helper()
	b.until("the preview of an import", `document.getElementById("import-yes")`)
	return eval[map[string]int](b, `Object.fromEntries([...document.querySelectorAll("#sheet [data-show]")].filter(e => e.dataset.show).map(e => [e.dataset.show, +e.textContent.match(/([\d,]+)$/)[1].replace(",", "")]))`)
}

func (b *tab) expectPreview(when string, want map[string]int) {
	b.Helper()
	if got := b.preview(); fmt.Sprint(got) != fmt.Sprint(want) {
		b.shoot("preview")
		b.Errorf("%s: expected the preview to count %v, it counts %v", when, want, got)
	}
}

func TestImport(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	a := corpus.Articles()[0]
	when := time.Date(2024, 3, 4, 5, 6, 7, 0, time.UTC)
	at := func(from, to int) annotation.Annotation {
		return annotation.New(a.ID, a.Text, article.Span{Start: from, End: to}, "benchmark", "", when)
	}
	first, second, lost, moved, away := at(0, 4), at(10, 15), at(20, 26), at(30, 40), at(40, 44)
	lost.Quote = annotation.Quote{Exact: "哪裡都沒有的一句話", Prefix: "也沒有", Suffix: "這些字"}
	moved.Span = article.Span{Start: 3, End: 13}
	away.Article = "https://example.org/elsewhere"
	file := encoded(t, annotation.Set{Annotations: []annotation.Annotation{first, second, lost, moved, away}})
	// One item that may not be: its target is no resource.
	var doc map[string]any
	if err := json.Unmarshal(file, &doc); err != nil {
		t.Fatal(err)
	}
	items := doc["first"].(map[string]any)
	items["items"] = append(items["items"].([]any), map[string]any{"type": "Annotation", "id": "urn:uuid:0", "target": 7})
	file, _ = json.Marshal(doc) // it was JSON a moment ago

	b.give(map[string][]byte{"批註.json": file})
	b.expectPreview("a file that is new", map[string]int{"new": 3, "lost": 1, "away": 1, "refused": 1})
	if n := b.stored(); n != 0 {
		t.Errorf("expected nothing to change before the reader says so, %d annotations are stored", n)
	}
	// What is of another article may be of this one after all.
	b.clickOn("#import-adopt")
	adopted := `document.querySelector('[data-show="new"]')?.textContent.includes("4") && !document.querySelector('[data-show="away"]')`
	b.until("the annotation of another article to be taken for one of this", adopted+` && !document.getElementById("import-yes").disabled`)
	eval[bool](b, `(() => { for (let i = 0; i < 3; i++) document.getElementById("import-adopt").click(); return true; })()`)
	b.until("it to be of the other again, as the last of quick clicks says", `document.querySelector('[data-show="away"]') && !document.getElementById("import-yes").disabled`)
	b.expectPreview("a file that is new, again", map[string]int{"new": 3, "lost": 1, "away": 1, "refused": 1})
	b.clickOn(`[data-show="refused"]`)
	b.until("the refused item with its reason and place", `document.querySelector("#sheet .items").textContent.includes("/first/items/5/target")`)
	b.clickOn("#import-yes")
	b.until("the annotations to be listed", `document.querySelectorAll("#list [data-annotation]").length === 4`)
	b.expectQuotes("the orphan first, the others where they stand", lost.Quote.Exact, a.Slice(article.Span{Start: 0, End: 4}), a.Slice(article.Span{Start: 10, End: 15}), a.Slice(article.Span{Start: 30, End: 40}))
	if n := b.stored(); n != 5 {
		t.Errorf("expected five annotations to be stored, %d are", n)
	}

	b.give(map[string][]byte{"批註.json": file})
	b.expectPreview("the same file again", map[string]int{"same": 5, "refused": 1})
	b.key("\u001b")

	// Both sides change: a note here, a type there.
	b.clickOn(`[data-annotation="` + first.ID + `"] .pick`)
	b.until("the note's field", `document.getElementById("edit-note")`)
	eval[bool](b, `(document.getElementById("edit-note").focus(), true)`)
	b.do(insertText("這裡寫的"))
	b.key("\t")
	theirs := first
	theirs.Type = "funding"
	theirs = annotation.Touch(first, theirs, when.Add(time.Hour))
	b.give(map[string][]byte{"之後.json": encoded(t, annotation.Set{Annotations: []annotation.Annotation{theirs}})})
	b.expectPreview("changed on both sides", map[string]int{"both": 1})
	b.clickOn("#import-yes")
	b.until("both changes", `(() => { const li = document.querySelector('[data-annotation="`+first.ID+`"]'); return li && li.textContent.includes("融資") && (li.querySelector("textarea")?.value ?? li.textContent).includes("這裡寫的"); })()`)

	// One undo takes an import back.
	eval[bool](b, `(document.activeElement?.blur(), true)`)
	b.key("\u001b")
	row := `document.querySelector('[data-annotation="` + first.ID + `"]')`
	b.clickOn(`[data-command="undo"]`)
	b.until("the second import to be taken back", `!`+row+`.querySelector(".t-funding")`)
	for range 3 { // the note is one change, or more where the machine was slow between its keys
		if !eval[bool](b, `!!`+row+`?.textContent.includes("這裡寫的")`) {
			break
		}
		b.clickOn(`[data-command="undo"]`)
		b.settle()
	}
	b.clickOn(`[data-command="undo"]`)
	b.until("nothing to be listed after everything was taken back", `document.querySelectorAll("#list [data-annotation]").length === 0`)
	b.clean()
}

func TestImportFromOtherTools(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	text := "市政府昨天宣布圖書館將在明年三月開放。"
	cases := map[string]string{
		"doccano.jsonl":   `{"id":1,"text":"` + text + `","label":[[7,10,"地點"]]}` + "\n",
		"hypothesis.json": `{"rows":[{"id":"abc","created":"2024-03-04T05:06:07+00:00","updated":"2024-03-04T05:06:07+00:00","user":"acct:a@hypothes.is","uri":"https://example.org/x","text":"好","tags":["地點"],"target":[{"source":"https://example.org/x","selector":[{"type":"TextQuoteSelector","exact":"圖書館","prefix":"昨天宣布","suffix":"將在明年"}]}]}],"total":1}`,
	}
	for name, data := range cases {
		b.give(map[string][]byte{name: []byte(data)})
		got := b.preview()
		if got["refused"] != 0 || len(got) == 0 {
			t.Errorf("%s: expected its annotation to be taken, the preview counts %v", name, got)
		}
		b.key("\u001b")
		b.until("the sheet to close", `!document.getElementById("sheet")`)
	}
	b.give(map[string][]byte{"什麼.json": []byte(`{"hello": 1}`), "壞.json": []byte(`{"hello": `)})
	b.until("a file of nothing known to be refused", `document.querySelector('[data-notice="file"]')?.textContent.includes(".json")`)
	b.clean()
}

// The samples that the W3C gives as correct are all taken, the incorrect ones
// refused.
func TestImportOfTheW3CSamples(t *testing.T) {
	dir := "../app/annotation/w3ctest/suite"
	good, bad := samples(t, dir)
	if len(good) < 5 || len(bad) < 5 {
		t.Fatalf("expected the W3C's samples in %s, found %d correct and %d incorrect", dir, len(good), len(bad))
	}
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	one := func(path string) (map[string]int, bool) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		eval[bool](b, `(document.querySelector('[data-notice="file"] button:last-of-type')?.click(), true)`)
		b.until("the last message to go", `!document.querySelector('[data-notice="file"]')`)
		b.give(map[string][]byte{"樣本.json": data})
		b.until("an answer to "+path, `document.getElementById("import-yes") || document.querySelector('[data-notice="file"]')`)
		if eval[bool](b, `!!document.querySelector('[data-notice="file"]')`) {
			return nil, false
		}
		counts := b.preview()
		b.key("\u001b")
		b.until("the sheet to close", `!document.getElementById("sheet")`)
		return counts, true
	}
	for _, path := range good {
		if counts, ok := one(path); !ok || counts["refused"] > 0 {
			t.Errorf("expected the correct sample %s to be taken, the preview counts %v", filepath.Base(path), counts)
		}
	}
	for _, path := range bad {
		if counts, ok := one(path); ok && counts["refused"] == 0 {
			t.Errorf("expected the incorrect sample %s to be refused, the preview counts %v", filepath.Base(path), counts)
		}
	}
	b.clean()
}

func samples(t *testing.T, dir string) (good, bad []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".json") && !strings.HasSuffix(path, ".jsonld") {
			return err
		}
		switch lower := strings.ToLower(path); {
		case strings.Contains(lower, "incorrect"):
			bad = append(bad, path)
		case strings.Contains(lower, "correct"):
			good = append(good, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return good, bad
}

func TestTenThousandItems(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	line := "這是一段用來量速度的文字，裡頭沒有什麼消息，只有字而已。"
	text := strings.Repeat(line+"\n", 10_000)
	b.give(map[string][]byte{"長.txt": []byte(text)})
	b.untilTitle("長")
	id := eval[string](b, `document.getElementById("article").dataset.article`)
	n := len([]rune(line)) + 1
	var set annotation.Set
	for i := range 10_000 {
		start := i * n
		set.Annotations = append(set.Annotations, annotation.Annotation{ID: annotation.NewID(), Article: id, Type: "benchmark",
			Span: article.Span{Start: start + 2, End: start + 6}, Quote: annotation.Quote{Exact: "一段用來", Prefix: "這是", Suffix: "量速度"},
			Created: time.Unix(1700000000, 0).UTC(), Modified: time.Unix(1700000000, 0).UTC()})
	}
	file := encoded(t, set)
	// Stopped while it is being parsed, or soon after.
	eval[bool](b, `(new MutationObserver((_, o) => {
		const bar = document.querySelector('[data-notice="task"] progress');
		if (bar?.value > 0.1) { o.disconnect(); window.share = bar.value; document.querySelector("[data-stop]").click(); }
	}).observe(document.body, {childList: true, subtree: true, attributes: true}), true)`)
	b.give(map[string][]byte{"萬.json": file})
	b.until("the page to say that it stopped", `document.querySelector(".toast")?.textContent.includes("已停止")`)
	if share := eval[float64](b, "window.share ?? 0"); share <= 0.1 || share > 0.5 || eval[bool](b, `!!document.querySelector('#import-yes, [data-notice="task"]')`) {
		t.Errorf("expected the reading to be stopped on its way and to leave nothing, it was at %v", share)
	}
	b.give(map[string][]byte{"萬.json": file})
	b.expectPreview("ten thousand", map[string]int{"new": 10000})
	b.clickOn("#import-yes")
	b.until("the import to be done", `document.querySelector(".toast")?.textContent.includes("10,000")`)
	if got := b.stored(); got != 10_000 {
		t.Errorf("expected ten thousand annotations to be stored, %d are", got)
	}
	b.clickOn(`[data-command="undo"]`)
	b.until("one undo to take all of it back", `document.querySelectorAll("#list [data-annotation]").length === 0`)
	b.clean()
}
