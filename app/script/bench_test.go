//go:build !js

package script

import (
	"strings"
	"testing"

	"pizhu/app/article"
	"pizhu/app/lexicon"
)

// blocks are paragraphs of news as it is written, in Simplified Chinese.
var blocks = []string{
	"据新华社报道，这家人工智能公司在周二发布了新一代大语言模型，并宣布完成新一轮融资。",
	"业内人士认为，模型的性能已经超过竞争对手，但训练成本仍然很高，后续的服务器采购也面临压力。",
	"公司创始人在接受采访时说：“我们不会只面向一个市场，网络安全、软件开发和数据库都是重点。”",
	"分析师指出，算法的改进让推理速度提高了三倍，而芯片供应的复杂局面还将持续到明年。",
	"Context windows of 200K tokens，价格为每百万 tokens 15 美元，比上一代降低了百分之四十。",
}

func longText(runes int) []string {
	var all []string
	for n, i := 0, 0; n < runes; i++ {
		b := blocks[i%len(blocks)]
		all = append(all, b)
		n += len([]rune(b))
	}
	return all
}

// BenchmarkFirst is the first conversion of an article: with the entries loaded.
func BenchmarkFirst(b *testing.B) {
	text := strings.Join(longText(2700), "\n")
	lex := lexicon.Embedded()
	for _, name := range []string{"s2t", "s2twp", "t2s", "tw2sp"} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				c, err := New(name, lex)
				if err != nil {
					b.Fatal(err)
				}
				if c.Convert(text).Len() == 0 {
					b.Fatal("nothing")
				}
			}
		})
	}
}

// BenchmarkConvert is a conversion with the entries loaded, block by block.
func BenchmarkConvert(b *testing.B) {
	for _, size := range []struct {
		name  string
		runes int
	}{{"2700runes", 2700}, {"100KB", 39_000}, {"1MB", 390_000}} {
		for _, name := range []string{"t2s", "s2t", "s2twp", "tw2sp"} {
			b.Run(name+"/"+size.name, func(b *testing.B) {
				c := converter(b, name)
				texts := longText(size.runes)
				bytes := 0
				for _, t := range texts {
					bytes += len(t)
				}
				c.Scope(texts...)
				b.SetBytes(int64(bytes))
				b.ReportAllocs()
				for b.Loop() {
					for _, t := range texts {
						c.Convert(t)
					}
				}
			})
		}
	}
}

// BenchmarkWhole is a first conversion of 1 MB in one piece.
func BenchmarkWhole(b *testing.B) {
	text := strings.Join(longText(390_000), "\n")
	for _, name := range []string{"t2s", "s2twp"} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				converter(b, name).Convert(text)
			}
		})
	}
}

// BenchmarkGocc is gocc over the same text, with the same dictionaries whole; it
// keeps no alignment.
func BenchmarkGocc(b *testing.B) {
	text := strings.Join(longText(39_000), "\n")
	for _, name := range []string{"t2s", "s2twp"} {
		b.Run(name+"/100KB", func(b *testing.B) {
			cc := peer(b, name)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := cc.Convert(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkBetter is BenchmarkConvert for readers: with word edges, found
// beforehand, and entries and rules of our own.
func BenchmarkBetter(b *testing.B) {
	texts := longText(390_000)
	found := map[string][]article.Span{}
	bytes := 0
	for _, t := range texts {
		if found[t] == nil {
			found[t] = segment(t)
		}
		bytes += len(t)
	}
	c, err := NewWithWords("s2twp", lexicon.Embedded(), func(s string) []article.Span { return found[s] })
	if err != nil {
		b.Fatal(err)
	}
	c.Scope(texts...)
	b.SetBytes(int64(bytes))
	b.ReportAllocs()
	for b.Loop() {
		for _, t := range texts {
			c.Convert(t)
		}
	}
}
