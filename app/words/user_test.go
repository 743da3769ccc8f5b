package words

import (
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

func TestNamesFileHasNoProblems(t *testing.T) {
	entries, problems := ParseUser(strings.NewReader(namesFile))
	for _, p := range problems {
		t.Errorf("names.txt: %v", p)
	}
	if len(entries) < 400 {
		t.Errorf("names.txt has %d entries, expected several hundred", len(entries))
	}
}

func TestEachNameReadsWhatParseUserReads(t *testing.T) {
	want, _ := ParseUser(strings.NewReader(namesFile))
	var got []Entry
	eachName(runesOf(foldWidth(namesFile)), func(e Entry) { got = append(got, e) })
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%d entries, expected the %d of ParseUser", len(got), len(want))
	}
	var some []Entry
	eachName(runesOf("英伟达的a100，机器之心"), func(e Entry) { some = append(some, e) })
	if len(some) != 2 || some[0].Word != "英伟达" || some[1].Word != "机器之心" {
		t.Errorf("the text has two names, got %v", some)
	}
}

func TestParseUser(t *testing.T) {
	tests := []struct {
		name, in string
		want     []Entry
		problems []Problem
	}{
		{"nothing", "", nil, nil},
		{"a word", "大模型", []Entry{{"大模型", 0, ""}}, nil},
		{"the format of jieba and gse", "云计算 5\n李小福 2 nr\n大模型 n\n", []Entry{{"云计算", 5, ""}, {"李小福", 2, "nr"}, {"大模型", 0, "n"}}, nil},
		{"tabs", "Claude 3\t300\tnz\nLe Chat\tnz\n台中\t\tns\n", []Entry{{"Claude 3", 300, "nz"}, {"Le Chat", 0, "nz"}, {"台中", 0, "ns"}}, nil},
		{"a number after Latin letters belongs to the name", "Claude 3\n", []Entry{{"Claude 3", 0, ""}}, nil},
		{"byte order mark, CRLF, blanks, comments", "\ufeff大模型\r\n\r\n  # 注\r\n 算力 \r\n", []Entry{{"大模型", 0, ""}, {"算力", 0, ""}}, nil},
		{"full-width letters are folded", "ＧＰＴ模型", []Entry{{"GPT模型", 0, ""}}, nil},
		{"malformed lines are named", "好\n大模型 0\n大模型 -3 n\n。！\n\xff\xfe坏\n算力\t1\tn\t多\n算力 9999999\n算\x00力\n大模型\t3\tNN\n大模型\n大模型 7\n",
			[]Entry{{"大模型", 0, ""}},
			[]Problem{{1, "好", TooShort}, {2, "大模型 0", BadFreq}, {3, "大模型 -3 n", BadFreq}, {4, "。！", NoLetters},
				{5, "\ufffd坏", NotUTF8}, {6, "算力\t1\tn\t多", BadFields}, {7, "算力 9999999", BadFreq}, {8, "算\x00力", NoLetters},
				{9, "大模型\t3\tNN", BadFields}, {11, "大模型 7", Duplicate}}},
		{"a word of 33 runes", strings.Repeat("长", 33), nil, []Problem{{1, strings.Repeat("长", 33), TooLong}}},
		{"an endless line", strings.Repeat("长", 100_000) + "\n算力", []Entry{{"算力", 0, ""}}, []Problem{{1, strings.Repeat("长", 40) + "…", TooLong}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			entries, problems := ParseUser(strings.NewReader(tt.in))
			if !reflect.DeepEqual(entries, tt.want) {
				t.Errorf("entries %v, expected %v", entries, tt.want)
			}
			if !reflect.DeepEqual(problems, tt.problems) {
				t.Errorf("problems\n%v, expected\n%v", problems, tt.problems)
			}
		})
	}
}

func TestEntriesAreReadBackAsTheyWereWritten(t *testing.T) {
	want := []Entry{{"大模型", 0, ""}, {"算力", 300, ""}, {"张三", 0, "nr"}, {"云计算", 5, "n"}, {"Claude 3", 0, ""}, {"大模型 5", 0, ""}, {"A股 3 n", 7, "n"}}
	var lines []string
	for _, e := range want {
		lines = append(lines, e.String())
	}
	got, problems := ParseUser(strings.NewReader(strings.Join(lines, "\n")))
	if !reflect.DeepEqual(got, want) || len(problems) > 0 {
		t.Errorf("got %v and %v, expected %v", got, problems, want)
	}
}

func TestParseUserTakesAMillionLinesInBounds(t *testing.T) {
	r, w := io.Pipe()
	go func() {
		for i := range 1_000_000 {
			if i%2 == 0 {
				fmt.Fprintf(w, "%c%c\n", '一'+i/20_000, '一'+i%20_000)
			} else {
				fmt.Fprintln(w, "坏")
			}
		}
		w.Close()
	}()
	entries, problems := ParseUser(r)
	r.Close()
	if len(entries) != maxEntries {
		t.Errorf("%d entries, expected the limit of %d", len(entries), maxEntries)
	}
	if len(problems) != maxProblems+1 {
		t.Fatalf("%d problems, expected %d and one that counts the rest", len(problems), maxProblems)
	}
	if p := problems[maxProblems]; p.Reason != MoreFound || p.Text == "0" {
		t.Errorf("the last problem is %v, expected the number of those not listed", p)
	}
}

func TestParseUserSaysWhereReadingFailed(t *testing.T) {
	entries, problems := ParseUser(io.MultiReader(strings.NewReader("算力\n"), iotest.ErrReader(io.ErrClosedPipe)))
	if len(entries) != 1 || len(problems) != 1 || problems[0].Reason != Unread || problems[0].Line != 2 {
		t.Errorf("got %v and %v, expected one entry and an unread line 2", entries, problems)
	}
}

func FuzzParseUser(f *testing.F) {
	for _, s := range []string{"大模型 3 n\n", "Le Chat\tnz", "\xff\n#\n好\n", "a\tb\tc\td", "\ufeff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		entries, problems := ParseUser(strings.NewReader(in))
		lines := strings.Count(in, "\n") + 1
		for _, e := range entries {
			if n := utf8.RuneCountInString(e.Word); n < minWordLen || n > maxWordLen || !utf8.ValidString(e.Word) || e.Freq < 0 || e.Freq > maxFreq {
				t.Errorf("entry %+v is out of bounds", e)
			}
			if again, _ := ParseUser(strings.NewReader(e.String())); len(again) != 1 || again[0] != e {
				t.Errorf("entry %+v is read back as %+v", e, again)
			}
		}
		for _, p := range problems {
			if p.Line < 1 || p.Line > lines || p.Reason == "" {
				t.Errorf("problem %v names no line of %d", p, lines)
			}
		}
	})
}
