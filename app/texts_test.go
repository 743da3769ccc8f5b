package app

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"pizhu/app/article"
	"pizhu/app/lexicon"
	"pizhu/app/script"
	"pizhu/app/words"
)

var placeholder = regexp.MustCompile(`%.`)

func TestTextsAreComplete(t *testing.T) {
	for key, cells := range texts {
		want := placeholder.FindAllString(cells[0], -1)
		for i, lang := range Languages {
			if strings.TrimSpace(cells[i]) == "" {
				t.Errorf("%s has no text in %s, expected one", key, lang)
			}
			if got := placeholder.FindAllString(cells[i], -1); !slices.Equal(got, want) {
				t.Errorf("%s in %s fills in %v, expected %v as in %s", key, lang, got, want, Languages[0])
			}
			for _, p := range placeholder.FindAllString(cells[i], -1) {
				if p != "%s" && p != "%d" {
					t.Errorf("%s in %s has %s, expected %%s or %%d", key, lang, p)
				}
			}
		}
	}
	for _, c := range commands() {
		if _, ok := texts[c.name]; !ok {
			t.Errorf("expected the command %s to have a text", c.name)
		}
	}
}

// The Simplified column is what the program's own converter makes of the
// Traditional one, in the words that Simplified programs use: these, read and
// chosen one by one, where the two differ in more than script.
var interfaceWords = strings.NewReplacer(
	"「", "“", "」", "”",
	"脱机", "离线", "分页", "标签页", "否则", "否则", "规则", "规则", "原则", "原则", "则", "条", "依据", "依据", "依然", "依然", "依", "按", "点击另", "点选另", "创建关联", "建立关联",
	"笔保存的", "条存储的", "网页注记", "网页注释", "试算表", "电子表格",
	"授权", "许可",
	"拷贝", "复制", "成应用程序", "成应用", "档头", "文件头", "文字档", "文本文件", ".md 档", ".md 文件", "复原", "撤销", "主画面", "主屏幕",
	"清单", "列表", "保存数据", "存储数据", "保存空间", "存储空间", "停止保存", "停止存储", "字级", "字号", "预设", "默认", "醒目提示", "高亮",
	"布景", "主题", "快速键", "快捷键", "底线", "下划线", "放开以", "松开以", "加入主画面", "添加到主屏幕", "按分享", "点分享", "帐号", "账号", "发送任何", "传送任何",
)

// otherTexts are the keys whose Simplified is no rendering of the Traditional:
// names of scripts, which stand in their own.
var otherTexts = map[string]string{"script-zh-TW": "臺", "lang-zh-Hant": "繁體中文"}

func TestSimplifiedTexts(t *testing.T) {
	lex := lexicon.Embedded()
	c, err := script.NewWithWords("tw2sp", lex, func(s string) []article.Span {
		return words.New(lex, s).Words(s)
	})
	if err != nil {
		t.Fatal(err)
	}
	for key, cells := range texts {
		made := interfaceWords.Replace(c.Convert(cells[0]).Text)
		if made != cells[1] && otherTexts[key] != cells[1] {
			t.Errorf("%s in Simplified is %q; the converter makes %q of the Traditional. Expected the same, or the words in question in interfaceWords", key, cells[1], made)
		}
	}
}

func TestLanguageFor(t *testing.T) {
	for _, c := range []struct {
		name   string
		wanted []string
		want   string
	}{
		{"Taiwan", []string{"zh-TW", "en"}, "zh-Hant"},
		{"Hong Kong", []string{"zh-HK"}, "zh-Hant"},
		{"the mainland", []string{"zh-CN", "zh"}, "zh-Hans"},
		{"Singapore, the first that is there", []string{"ms", "zh-SG", "en"}, "zh-Hans"},
		{"by script", []string{"zh-Hans-TW"}, "zh-Hans"},
		{"English", []string{"en-GB", "zh-CN"}, "en"},
		{"one that is not there", []string{"fi"}, "zh-Hant"},
		{"nothing", nil, "zh-Hant"},
	} {
		if got := LanguageFor(c.wanted); got != c.want {
			t.Errorf("%s: expected %s for %v, got %s", c.name, c.want, c.wanted, got)
		}
	}
}
