package annotation

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"pizhu/app/article"
)

// tenThousand is what a very diligent reader has.
func tenThousand() Set {
	text := "昨天發布的模型在多項基準測試中超過了對手，公司同時宣布新一輪融資。"
	var set Set
	for i := range 10_000 {
		a := New("3f2a9c", text, article.Span{Start: i % 20, End: i%20 + 8}, "benchmark", "讀者", at(i))
		a.ID = NamedID(fmt.Sprint(i))
		a.Note = "出處待查"
		a.Attribution = "公司"
		a.Verdict = Unchecked
		set.Annotations = append(set.Annotations, a)
	}
	return set
}

func BenchmarkEncode10000(b *testing.B) {
	set := tenThousand()
	b.ReportAllocs()
	for b.Loop() {
		Encode(io.Discard, set)
	}
}

func BenchmarkDecode10000(b *testing.B) {
	var buf bytes.Buffer
	Encode(&buf, tenThousand())
	b.SetBytes(int64(buf.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Decode(bytes.NewReader(buf.Bytes())); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMerge10000(b *testing.B) {
	x, y := tenThousand(), tenThousand()
	b.ReportAllocs()
	for b.Loop() {
		Merge(x, y)
	}
}

func BenchmarkUnmarshal(b *testing.B) {
	a := tenThousand().Annotations[0]
	line := Marshal(a)
	b.SetBytes(int64(len(line)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Unmarshal(a.ID, a.Article, line); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMarshal(b *testing.B) {
	a := tenThousand().Annotations[0]
	b.ReportAllocs()
	for b.Loop() {
		Marshal(a)
	}
}

func BenchmarkDescribe(b *testing.B) {
	text := string(bytes.Repeat([]byte("昨天發布的模型"), 50_000)) // a megabyte
	b.ReportAllocs()
	for b.Loop() {
		Describe(text, article.Span{Start: 175_000, End: 175_008})
	}
}
