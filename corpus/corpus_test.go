package corpus

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"pizhu/app/article"
)

func TestEveryFileParses(t *testing.T) {
	articles, err := Load()
	if err != nil {
		t.Fatalf("expected every article of the corpus to parse:\n%v", err)
	}
	if len(articles) < 3 {
		t.Fatalf("the corpus has %d articles, expected at least 3", len(articles))
	}
	ids, variants := map[string]string{}, map[string]bool{}
	for _, file := range articles {
		a := file.Article
		if other, taken := ids[a.ID]; taken {
			t.Errorf("%s has the identity %s of %s, expected each its own", a.Slug, a.ID, other)
		}
		ids[a.ID] = a.Slug
		variants[a.Variant] = true
		for field, value := range map[string]string{"author": a.Author, "source": a.Source, "date": a.Date, "variant": a.Variant} {
			if value == "" {
				t.Errorf("%s: the header has no %s, expected one", a.Slug, field)
			}
		}
		if n := han(a.Text); n < 1500 || n > 3000 {
			t.Errorf("%s has %d Chinese characters, expected 1,500 to 3,000", a.Slug, n)
		}
		headings := 0
		for i, b := range a.Blocks {
			if b.Kind == article.Heading {
				headings++
			}
			text := a.BlockText(i)
			if strings.TrimSpace(text) != text || text == "" || strings.Contains(text, "\n") {
				t.Errorf("%s: block %d is %q, expected one line without white space around it", a.Slug, i, text)
			}
			if strings.HasPrefix(text, "#") || strings.HasPrefix(text, "---") {
				t.Errorf("%s: block %d still carries its mark: %q", a.Slug, i, text)
			}
		}
		if headings < 3 {
			t.Errorf("%s has %d headings, expected at least 3", a.Slug, headings)
		}
	}
	for _, v := range []string{"zh-Hant", "zh-Hans", "zh-TW"} {
		if !variants[v] {
			t.Errorf("no article is in %s, expected the corpus to show every script", v)
		}
	}
}

func han(text string) int {
	n := 0
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}

// Characters written in one script alone, each the commonest of its kind, and
// the words for which Taiwan has its own: a text in the wrong script or the
// wrong usage shows within a few lines.
var foreign = map[string][]string{
	"zh-Hans": {"這", "個", "們", "來", "時", "為", "會", "對", "說", "國", "過", "後", "發", "開", "無", "經", "「", "」"},
	"zh-Hant": {"这", "个", "们", "来", "时", "为", "会", "对", "说", "国", "过", "后", "发", "开", "无", "经", "“", "”"},
	"zh-TW": {"这", "个", "们", "来", "时", "为", "会", "对", "说", "国", "过", "后", "发", "开", "无", "经", "“", "”",
		"數據", "網絡", "軟件", "知識產權", "視頻", "信息", "人工智能", "程序員", "報道", "互聯網", "服務器", "硬件"},
}

func TestEveryArticleIsWrittenInItsVariant(t *testing.T) {
	for _, a := range Articles() {
		for _, word := range foreign[a.Variant] {
			if i := strings.Index(a.Text, word); i >= 0 {
				t.Errorf("%s says %q at byte %d, expected only what %s writes", a.Slug, word, i, a.Variant)
			}
		}
	}
}

func TestNoSentenceStandsTwice(t *testing.T) {
	where := map[string]string{}
	for _, a := range Articles() {
		for _, s := range strings.FieldsFunc(a.Text, func(r rune) bool { return strings.ContainsRune("。！？；\n", r) }) {
			s = strings.TrimSpace(s)
			if utf8.RuneCountInString(s) < 12 {
				continue
			}
			if other, found := where[s]; found {
				t.Errorf("%s and %s both say %q, expected every sentence once", other, a.Slug, s)
			}
			where[s] = a.Slug
		}
	}
}

func TestArticlesAreSortedByFileName(t *testing.T) {
	last := ""
	for _, a := range Articles() {
		if a.Slug <= last {
			t.Errorf("%q comes after %q, expected the order of the file names", a.Slug, last)
		}
		last = a.Slug
	}
}

func TestABadHeaderIsNamedWithFileAndLine(t *testing.T) {
	articles, err := LoadFrom(fstest.MapFS{
		"a.txt": {Data: []byte("---\ntitle: 好的\ndate: 2024-03-10\nvariant: zh-Hans\n---\n正文。\n")},
		"b.txt": {Data: []byte("---\ntitle: 壞的\ndate: 三月十日\n---\n正文。\n")},
		"c.txt": {Data: []byte("---\ntitle: 沒有結束\n")},
	})
	if len(articles) != 1 || articles[0].Article.Title != "好的" || articles[0].Article.Slug != "a" {
		t.Errorf("expected the one good file to come back, with its slug, got %d articles", len(articles))
	}
	if err == nil {
		t.Fatal("expected an error for the two bad files, got none")
	}
	for _, want := range []string{"corpus/b.txt:3", "corpus/c.txt:"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %q, expected it to name %q", err, want)
		}
	}
}
