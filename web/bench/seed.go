package main

import (
	"fmt"
	"strings"
	"time"

	"pizhu/app/annotation"
	"pizhu/app/article"
	"pizhu/app/claims"
	"pizhu/app/store"
	"pizhu/corpus"
)

// shelved is one of the site's own articles.
func shelved(slug string) (*article.Article, error) {
	for _, a := range corpus.Articles() {
		if a.Slug == slug {
			return a, nil
		}
	}
	return nil, fmt.Errorf("the corpus has no article %s", slug)
}

// long is a file of a reader's own: an article repeated until it has a number
// of bytes, the paragraphs of each copy blocks of their own.
type long struct {
	name string
	data []byte
	*article.Article
}

func repeat(a *article.Article, bytes int) (long, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s × %d KB\nvariant: %s\n---\n", a.Title, bytes>>10, a.Variant)
	for n := 0; n < bytes; {
		for i := range a.Blocks {
			text := a.BlockText(i)
			b.WriteString(text + "\n\n")
			n += len(text) + 1
		}
	}
	l := long{name: fmt.Sprintf("%s-%d.txt", a.Slug, bytes>>10), data: []byte(b.String())}
	var err error
	if l.Article, err = article.Parse(l.name, l.data); err != nil {
		return l, fmt.Errorf("make a long article: %w", err)
	}
	return l, nil
}

// annotations are a number of them as localStorage holds them.
func annotations(a *article.Article, n int) (map[string]string, error) {
	_, memory, err := seeded(a, n)
	return memory.Values, err
}

// annotationSet is the same as a file has them.
func annotationSet(a *article.Article, n int) (annotation.Set, error) {
	s, _, err := seeded(a, n)
	return s.All(), err
}

// seeded is a number of annotations spread evenly over an article: of every type,
// two to thirteen characters long, some over each other, every eighth with a
// note.
func seeded(a *article.Article, n int) (*store.Store, *store.Memory, error) {
	memory := &store.Memory{}
	s := store.Open(memory)
	types := claims.Types()
	all := make([]annotation.Annotation, n)
	for i := range all {
		start := int(int64(i) * int64(a.Len()-20) / int64(n))
		one := annotation.New(a.ID, a.Text, article.Span{Start: start, End: start + 2 + i%12}, types[i%len(types)].Name, "",
			time.Date(2024, 3, 11, 0, 0, 0, i*1e6, time.UTC))
		if i%8 == 0 {
			one.Note = "這裡要再查一次來源，並和前一段的說法比較。"
		}
		all[i] = one
	}
	if err := s.Put(all...); err != nil {
		return s, memory, fmt.Errorf("seed annotations: %w", err)
	}
	return s, memory, nil
}
