//go:build !js

package script

import (
	"strings"
	"testing"

	"pizhu/app/article"
	"pizhu/app/lexicon"
	"pizhu/app/words"
)

func segment(text string) []article.Span {
	return words.New(lexicon.Embedded(), text).Words(text)
}

func better(t testing.TB, name string) *Converter {
	t.Helper()
	c, err := NewWithWords(name, lexicon.Embedded(), segment)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// reader is a converter for readers that knows no words.
func reader(t testing.TB, name string) *Converter {
	t.Helper()
	c, err := NewWithWords(name, lexicon.Embedded(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestNewFindsWords(t *testing.T) {
	c, err := New("s2tw", lexicon.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range fromTaiwan {
		if got, want := c.Convert(s).Text, better(t, "s2tw").Convert(s).Text; got != want {
			t.Errorf("%s becomes %s, with the words of package words %s", s, got, want)
		}
	}
}

func TestWordEdges(t *testing.T) {
	for _, c := range []struct{ config, text, opencc, want string }{
		{"s2t", "电话被发明之后", "電話被髮明之後", "電話被發明之後"},
		{"s2t", "包括了如下三点", "包括瞭如下三點", "包括了如下三點"},
		{"s2twp", "少数组织反对", "少陣列織反對", "少數組織反對"},
		{"s2twp", "新演算法很快", "新演算法很快", "新演算法很快"},
		{"s2twp", "这种算法很快", "這種演算法很快", "這種演算法很快"},
		{"s2t", "一年历史悠久", "一年曆史悠久", "一年歷史悠久"},
		{"s2tw", "他在哈里斯堡的家里", "他在哈里斯堡的家裡", "他在哈里斯堡的家裡"},
		{"s2tw", "埃里克在学校里", "埃裡克在學校裡", "埃里克在學校裡"},
		{"s2tw", "作者范长江", "作者範長江", "作者范長江"},
		{"s2tw", "他了解情况", "他了解情況", "他了解情況"},
		{"s2tw", "该只股票昨日停牌", "該只股票昨日停牌", "該隻股票昨日停牌"},
		{"s2tw", "查获三十只走私鸟类", "查獲三十隻走私鳥類", "查獲三十隻走私鳥類"},
		{"s2tw", "今年只有三十人", "今年只有三十人", "今年只有三十人"},
		{"s2t", "皇后的头发", "皇后的頭髮", "皇后的頭髮"},
		{"s2twp", "数据库的数组", "資料庫的陣列", "資料庫的陣列"},
	} {
		if got := converter(t, c.config).Convert(c.text).Text; got != c.opencc {
			t.Errorf("%s: with OpenCC %s becomes %s, not %s: the case shows nothing", c.config, c.text, got, c.opencc)
		}
		v := better(t, c.config).Convert(c.text)
		if v.Text != c.want {
			t.Errorf("%s: %s becomes %s, should be %s", c.config, c.text, v.Text, c.want)
		}
		checkView(t, v, c.text)
	}
}

func TestEdgeSet(t *testing.T) {
	// ab|c|def|g, with the c in no word.
	e := edgesOf([]article.Span{{Start: 0, End: 2}, {Start: 3, End: 6}, {Start: 6, End: 7}}, 7)
	for _, c := range []struct {
		at, n int
		want  bool
		what  string
	}{
		{0, 1, false, "within a word"},
		{0, 2, false, "a word"},
		{1, 2, true, "out of a word"},
		{2, 1, false, "what is in no word"},
		{2, 2, true, "into a word"},
		{4, 2, false, "the end of a word"},
		{4, 3, true, "the end of a word and the next"},
		{0, 7, false, "all"},
	} {
		if got := e.refuses(c.at, c.n); got != c.want {
			t.Errorf("%s: refused %v, should be %v", c.what, got, c.want)
		}
	}
	moved := e.through([]piece{{0, 2, 0, 4}}, 7)
	for at, want := range []bool{true, false, false, false, true, true, false, false, true, true} {
		if moved.has(at) != want {
			t.Errorf("after the first word grew by two, %d is an edge: %v, should be %v", at, !want, want)
		}
	}
}

// fromTaiwan are sentences in the form of Taiwan, with the characters that are hard to
// get back from Simplified.
var fromTaiwan = []string{
	"這項技術被發明之後，已有三十年歷史，業界對它的了解仍然有限。",
	"總統與訪問團在會議上簽訂了合作協定，雙方都不願透露細節。",
	"埃里克與范德在哈里斯堡的實驗室裡，花了兩年時間找出原因。",
	"記者范小姐問：「這家公司只有二十餘人嗎？」",
	"消防隊趕到時，倉庫已被燒毀，所幸沒有人受傷。",
	"他說，新版本包括了如搜尋、翻譯和摘要等功能。",
	"國家隊在亞洲盃決賽獲勝，隊長高舉獎盃。",
	"歐洲盃資格賽下週開打，聯邦盃網球賽也將登場。",
	"少數組織反對這項計劃，認為它會限制言論自由。",
	"朴女士是第一位擔任院長的韓國學者。",
	"岳先生的家具工廠專做木製桌椅，產品外銷德國。",
	"三年後，這個系統由另一個團隊接手。",
	"鐘聲響起，學生們從教室裡跑出來。",
	"他征戰多年，最後在荊州病逝。",
	"該院的院長在后里長大，小時候常在里長家裡看書。",
	"郁先生說，湖裡的魚只剩下四十隻。",
	"沒有人能了解他的想法，連他的家人也不了解。",
	"這座古塚被發現時，裡面只有幾件陶器。",
	"公司將制度改制為股份制，並匯集各方意見。",
	"管弦樂團的錄音被發布在網路上，立刻引發討論。",
	"加里與弗里曼在里昂見面，討論里約的比賽。",
	"他住在東涌，每天坐船到鰂魚涌上班。",
	"她簽了約，也簽了名，卻不知道簽的是什麼。",
	"味道太鹹，湯裡只要放一點點鹽就好。",
	"咸先生出生於咸陽，是當地咸姓人家的後代。",
	"這條河的徑流量很大，全長約三百公里。",
	"據了解，這款晶片是德製的，成本只有原來的一半。",
	"飛機被發往南部，預計後天抵達。",
	"為了解決問題，他們請教了專家。",
	"為了解放生產力，工廠引進了新的機器。",
	"蒙昧時代的人相信天上有神明。",
	"開發者發布了新的演算法，速度快了三倍。",
	"他聽到消息後面無表情，只是點了點頭。",
}

// fold takes forms that readers use for each other as one.
func fold(s string) string {
	return strings.NewReplacer("臺", "台", "裏", "裡", "説", "說", "着", "著", "爲", "為", "週", "周", "佔", "占", "佈", "布", "計劃", "計畫").Replace(s)
}

// TestBackFromSimplified takes Traditional text to Simplified and back, and counts
// the characters that are not what they were.
func TestBackFromSimplified(t *testing.T) {
	to, opencc, ours := converter(t, "t2s"), converter(t, "s2tw"), better(t, "s2tw")
	wrong := func(c *Converter) (n int, lines string) {
		for _, s := range fromTaiwan {
			got, want := []rune(fold(c.Convert(to.Convert(s).Text).Text)), []rune(fold(s))
			if len(got) != len(want) {
				t.Fatalf("%s comes back as %s", s, string(got))
			}
			before := n
			for i := range got {
				if got[i] != want[i] {
					n++
				}
			}
			if n > before {
				lines += string(got) + "\n"
			}
		}
		return n, lines
	}
	theirs, lines := wrong(opencc)
	t.Logf("OpenCC gets %d characters wrong:\n%s", theirs, lines)
	own, lines := wrong(ours)
	t.Logf("we get %d wrong:\n%s", own, lines)
	if theirs == 0 || 2*own >= theirs {
		t.Errorf("%d characters come back wrong, with OpenCC %d: it should be under half\n%s", own, theirs, lines)
	}
}

func TestChangesNameWhatWasTaken(t *testing.T) {
	for _, c := range better(t, "s2tw").Convert("埃里克").Changes() {
		for _, step := range c.Steps {
			if step.Entry == "里" && step.Taken != "里" {
				t.Errorf("里 of a name was taken for %s", step.Taken)
			}
		}
	}
	changes := better(t, "s2tw").Convert("作者范长江").Changes()
	if len(changes) == 0 || changes[0].From != "范" || !changes[0].Uncertain || changes[0].Steps[0].Taken != "范" {
		t.Errorf("the name 范 has candidates that no phrase decides: %+v", changes)
	}
}

func TestBetterWithoutWords(t *testing.T) {
	c, err := NewWithWords("s2twp", lexicon.Embedded(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := c.Convert("这种演算法，他了解").Text, "這種演算法，他了解"; got != want {
		t.Errorf("without words: %s, should be %s", got, want)
	}
}
