package app

import (
	"strconv"
	"strings"

	"pizhu/app/article"
)

// shelved is an article of the site, as the page's list has it.
type shelved struct {
	ID, Slug, File, Title, Author, Source, Date, Variant string
	Runes                                                int
}

// ShelfLine is an article as a line of the list that a page carries in its head,
// read by the program as it starts: fields between tabs, since reading JSON
// through Go's reflection took a twentieth of the start.
func ShelfLine(a *article.Article, file string) string {
	s := []string{a.ID, a.Slug, file, a.Title, a.Author, a.Source, a.Date, a.Variant, strconv.Itoa(a.Len())}
	for i := range s {
		s[i] = strings.Join(strings.FieldsFunc(s[i], func(r rune) bool { return r == '\t' || r == '\n' || r == '\r' }), " ")
	}
	return strings.Join(s, "\t")
}

// parseShelf reads the lines of a list. One that is not as ShelfLine writes it is
// left out: the page came with a program of another version.
func parseShelf(lines string) (shelf []shelved) {
	for line := range strings.SplitSeq(lines, "\n") {
		f := strings.Split(line, "\t")
		if len(f) != 9 {
			continue
		}
		if n, err := strconv.Atoi(f[8]); err == nil && f[1] != "" {
			shelf = append(shelf, shelved{f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], n})
		}
	}
	return shelf
}
