package article

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

const (
	sampleHant = "市政府昨天宣布，新的圖書館將在明年三月開放。館長說，這裡會有八萬冊書，還有給孩子們的房間。\n第二段說的是經費：一共花了三億元。\n"
	sampleHans = "市政府昨天宣布，新的图书馆将在明年三月开放。馆长说，这里会有八万册书，还有给孩子们的房间。\n第二段说的是经费：一共花了三亿元。\n"
)

func encodeAs(t testing.TB, text string, e Encoding) []byte {
	t.Helper()
	var out []byte
	var err error
	switch e {
	case GB18030:
		out, err = simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	case Big5:
		out, err = traditionalchinese.Big5.NewEncoder().Bytes([]byte(text))
	case UTF16LE, UTF16BE:
		for _, u := range utf16.Encode([]rune(text)) {
			if e == UTF16LE {
				out = append(out, byte(u), byte(u>>8))
			} else {
				out = append(out, byte(u>>8), byte(u))
			}
		}
	default:
		out = []byte(text)
	}
	if err != nil {
		t.Fatalf("encode the sample as %s: %v", e, err)
	}
	return out
}

func TestEncodings(t *testing.T) {
	long := strings.Repeat(sampleHant, 1500) // more than what is looked at
	cases := []struct {
		name, text string
		as         Encoding
		mark       string
	}{
		{"UTF-8", sampleHant, UTF8, ""},
		{"UTF-8 with a mark", sampleHant, UTF8, "\xEF\xBB\xBF"},
		{"UTF-8, the sample's end inside a character", "a" + long, UTF8, ""},
		{"UTF-16 with a mark, little end first", sampleHant, UTF16LE, "\xFF\xFE"},
		{"UTF-16 with a mark, big end first", sampleHant, UTF16BE, "\xFE\xFF"},
		{"UTF-16 without a mark, little end first", sampleHans, UTF16LE, ""},
		{"UTF-16 without a mark, big end first", sampleHans, UTF16BE, ""},
		{"UTF-16 of Latin text without a mark", "Hello there, this is text.\n", UTF16LE, ""},
		{"UTF-16 with characters outside the basic plane", "這是𠮷野家的😀新聞，你說呢？\n", UTF16LE, "\xFF\xFE"},
		{"GB18030", sampleHans, GB18030, ""},
		{"GB18030 of Traditional text", sampleHant, GB18030, ""},
		{"GB18030 with a character of four bytes", "这是𠮷野家的新闻，他们说要在明年开放。\n", GB18030, ""},
		{"Big5", sampleHant, Big5, ""},
		{"Big5, two characters", "中文", Big5, ""},
		{"Big5 among much Latin", "Claude 3 與 GPT-4 的比較，說明如下。 " + strings.Repeat("benchmark ", 50), Big5, ""},
		{"long GB18030", strings.Repeat(sampleHans, 1500), GB18030, ""},
		{"long Big5", "ab" + long, Big5, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			data := append([]byte(c.mark), encodeAs(t, c.text, c.as)...)
			a, err := Parse("x.txt", data)
			if err != nil {
				t.Fatalf("expected an article, got the error %v", err)
			}
			if a.Encoding != c.as {
				t.Errorf("expected the encoding %s, got %s", c.as, a.Encoding)
			}
			if a.Text != c.text {
				t.Errorf("expected the text %.60q, got %.60q", c.text, a.Text)
			}
		})
	}
	if a, err := ParseWith("x.txt", encodeAs(t, sampleHant, Big5), Options{Encoding: GB18030}); err != nil || a.Encoding != GB18030 || a.Text == sampleHant {
		t.Errorf("expected a reader's own choice of an encoding to be kept, right or wrong; got %v, %v", a, err)
	}
	if _, sure := Detect(encodeAs(t, "中文", Big5)); sure {
		t.Errorf("expected a guess from two characters to be called unsure")
	}
	if _, sure := Detect(encodeAs(t, sampleHans, GB18030)); !sure {
		t.Errorf("expected a guess from two sentences to be called sure")
	}
}

const samplePage = `<!doctype html><html lang="zh-TW"><head><meta charset="utf-8"><title>圖書館將開放｜某某報</title>
<meta property="og:site_name" content="某某報"><meta name="author" content="王小明"><meta property="article:published_time" content="2024-03-04T08:00:00+08:00">
<style>p{color:red}</style><script>alert(1)</script></head><body>
<nav><ul><li><a href="/">首頁</a></li><li><a href="/politics">政治</a></li></ul></nav>
<article><h1>圖書館將開放</h1>
<p>市政府昨天宣布，新的圖書館將在明年三月開放。館長說，這裡會有八萬冊書，<b>還有</b>給孩子們的房間，
也有咖啡廳，市民可以在這裡坐一整天，讀書、寫字、開會，都不用付錢。</p>
<h2>經費</h2><p>一共花了三億元，<a href="javascript:alert(2)">其中</a>一半由中央出，另一半由市政府出，議會在去年底通過了這筆預算。<br>下一行說的是時程，工程預計在年底完工。</p>
<blockquote><p>「我們等了十年。」一位住在附近的居民說，她每天都會經過這裡，看著它一層一層蓋起來。</p></blockquote>
<ul><li>藏書八萬冊</li><li>座位五百個</li></ul>
<script>document.write("<p>廣告</p>")</script>
<pre>第一行
  第二行</pre></article>
<footer><p>版權所有</p></footer></body></html>`

func TestWebPage(t *testing.T) {
	a, err := Parse("頁.html", []byte(samplePage))
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(blockTexts(a), "|")
	for _, want := range []string{"還有給孩子們的房間，也有咖啡廳", "經費|一共花了三億元，其中一半", "通過了這筆預算。|下一行說的是時程", "藏書八萬冊|座位五百個", "第一行|第二行"} {
		if !strings.Contains(all, want) {
			t.Errorf("expected the page's text to hold %q, got %q", want, all)
		}
	}
	for _, not := range []string{"首頁", "alert", "廣告", "color", "版權", "<"} {
		if strings.Contains(all, not) {
			t.Errorf("expected no %q in the readable text, got %q", not, all)
		}
	}
	if a.Author != "王小明" || a.Date != "2024-03-04" || a.Source != "某某報" || a.Variant != "zh-TW" || !strings.HasPrefix(a.Title, "圖書館將開放") {
		t.Errorf("expected title, author, date, source and variant from the page, got %q %q %q %q %q", a.Title, a.Author, a.Date, a.Source, a.Variant)
	}
	kinds := map[Kind]int{}
	for _, b := range a.Blocks {
		kinds[b.Kind]++
	}
	if kinds[Heading] == 0 || kinds[Quote] != 1 || kinds[Item] != 2 || kinds[Code] != 2 {
		t.Errorf("expected headings, a quotation, two items and two lines of code, got %v", kinds)
	}

	for _, e := range []Encoding{Big5, UTF16LE} {
		label := string(e)
		page := strings.Replace(samplePage, "utf-8", label, 1)
		b, err := Parse("頁.html", encodeAs(t, page, e))
		if err != nil || b.ID != a.ID {
			t.Errorf("expected the same page as %s to be the same article: %v", e, err)
		}
	}
	if _, err := Parse("空.html", []byte("<html><body><script>x</script></body></html>")); !hasProblem(err, Empty) {
		t.Errorf("expected a page without text to be refused as empty, got %v", err)
	}
}

func hasProblem(err error, p Problem) bool {
	var e *Error
	return errors.As(err, &e) && e.Problem == p
}

func book(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range files {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sampleBook(t testing.TB) []byte {
	return book(t, map[string]string{
		"mimetype":               "application/epub+zip",
		"META-INF/container.xml": `<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
		"OEBPS/book.opf": `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>小書</dc:title><dc:creator>某甲</dc:creator><dc:language>zh-TW</dc:language><dc:date>2020-05-06</dc:date></metadata>
<manifest><item id="b" href="two.xhtml" media-type="application/xhtml+xml"/><item id="a" href="ch%201.xhtml" media-type="application/xhtml+xml"/><item id="c" href="a.css" media-type="text/css"/></manifest><spine><itemref idref="a"/><itemref idref="c"/><itemref idref="b"/></spine></package>`,
		"OEBPS/ch 1.xhtml": `<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>一</title></head><body><h1>第一章</h1><p>從前有一個人。</p></body></html>`,
		"OEBPS/two.xhtml":  `<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>第二章</h1><p>後來他走了。<script>alert(1)</script></p></body></html>`,
	})
}

func TestBook(t *testing.T) {
	a, err := Parse("小書.epub", sampleBook(t))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(blockTexts(a), "|"); got != "第一章|從前有一個人。|第二章|後來他走了。" {
		t.Errorf("expected the chapters in the order of the spine, got %q", got)
	}
	if a.Title != "小書" || a.Author != "某甲" || a.Date != "2020-05-06" || a.Variant != "zh-TW" {
		t.Errorf("expected the book's own facts, got %q %q %q %q", a.Title, a.Author, a.Date, a.Variant)
	}
	cases := []struct {
		name string
		data []byte
		want Problem
	}{
		{"not a zip", []byte("PK nothing"), Binary},
		{"a zip that is no book", book(t, map[string]string{"a.txt": "字"}), Binary},
		{"a bomb", book(t, map[string]string{
			"META-INF/container.xml": `<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>`,
			"b.opf":                  `<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>`,
			"a.xhtml":                strings.Repeat("字", 20<<20),
		}), TooLarge},
	}
	for _, c := range cases {
		if _, err := Parse("x.epub", c.data); !hasProblem(err, c.want) {
			t.Errorf("%s: expected the problem %s, got %v", c.name, c.want, err)
		}
	}
}

func TestFactsFromText(t *testing.T) {
	cases := []struct{ name, text, author, date string }{
		{"byline and date on one line", "題目\n記者：林大文／台北報導　2024/3/4\n正文在這裡。", "林大文", "2024-03-04"},
		{"author alone", "作者：某某某\n正文。", "某某某", ""},
		{"Chinese date", "發布於 2023年12月1日 上午\n正文。", "", "2023-12-01"},
		{"a date in a long paragraph is the text's", strings.Repeat("很長的一段話，", 10) + "2020-01-02 發生的事。", "", ""},
		{"no such day", "2024-02-30\n正文。", "", ""},
		{"a number is no date", "電話 02024-03-041 或 2024.5", "", ""},
	}
	for _, c := range cases {
		a, err := Parse("x.txt", []byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		if a.Author != c.author || a.Date != c.date {
			t.Errorf("%s: expected author %q and date %q, got %q and %q", c.name, c.author, c.date, a.Author, a.Date)
		}
	}
}

func TestPack(t *testing.T) {
	for _, f := range []struct{ name, text string }{
		{"x.md", "# 題\n\n一😀行\n\n- 項\n\n> 引\n\n```\nx\n```"}, {"x.txt", "\n\n  甲\n\n\n  乙  \n"}, {"x.html", samplePage},
	} {
		a, err := Parse(f.name, []byte(f.text))
		if err != nil {
			t.Fatal(err)
		}
		b, ok := Unpack(Pack(a))
		if !ok || b.ID != a.ID || strings.Join(blockTexts(b), "|") != strings.Join(blockTexts(a), "|") {
			t.Fatalf("%s: expected the same article back", f.name)
		}
		for i := range a.Blocks {
			if a.Blocks[i] != b.Blocks[i] {
				t.Errorf("%s: expected block %d to be %v, got %v", f.name, i, a.Blocks[i], b.Blocks[i])
			}
		}
	}
	for _, bad := range []string{"", "甲", packed, packed + "P9\n短", packed + "P-1\n短", packed + "H\n短", packed + "P1+\n短", packed + "P3\n甲\n乙", packed + "Z1\n甲"} {
		if _, ok := Unpack(bad); ok {
			t.Errorf("expected %q not to be taken for an article", bad)
		}
	}
}

func TestPause(t *testing.T) {
	stop := errors.New("enough")
	last := 0.0
	_, err := ParseWith("x.txt", []byte(sampleHant), Options{Pause: func(done float64) error {
		if done < last {
			t.Errorf("expected the share done to grow, got %v after %v", done, last)
		}
		if last = done; done > 0.3 {
			return stop
		}
		return nil
	}})
	if err != stop {
		t.Errorf("expected to be able to stop, got %v", err)
	}
}

func FuzzMarkup(f *testing.F) {
	f.Add("<p\x00=甲\x00<br\x00>\x00=乙\x00>\x00>\x00<script\x00=x\x00")
	f.Fuzz(func(t *testing.T, markup string) {
		if a, err := FromPage("x.html", Page{Markup: markup}); err == nil {
			checkBlocks(t, a)
		}
	})
}

func FuzzHTML(f *testing.F) {
	f.Add(samplePage)
	f.Add("<p>甲<table><td>乙<svg><script>x</svg><template><p>丙")
	f.Fuzz(func(t *testing.T, page string) {
		if len(page) > 1<<16 {
			return
		}
		if a, err := Parse("x.html", []byte(page)); err == nil {
			checkBlocks(t, a)
		}
	})
}

func FuzzBook(f *testing.F) {
	f.Add(sampleBook(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		if a, err := Parse("x.epub", data); err == nil {
			checkBlocks(t, a)
		}
	})
}

func FuzzUnpack(f *testing.F) {
	f.Add(packed + "H12P5+3\n題目\n\n\n正文文文文")
	f.Fuzz(func(t *testing.T, s string) {
		if a, ok := Unpack(s); ok {
			checkBlocks(t, a)
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add(encodeAs(f, sampleHans, GB18030))
	f.Add(encodeAs(f, sampleHant, Big5))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, e := range append(Encodings, "") {
			if a, err := ParseWith("x.txt", data, Options{Encoding: e}); err == nil {
				checkBlocks(t, a)
			}
		}
	})
}
