// Package corpus is the articles that ship with the program: text files with a
// small header, read as article.Parse reads any reader's file. Adding an article
// is adding a file here; a header that cannot be read stops the tests, and so
// the build, with the file's name and line.
package corpus

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"pizhu/app/article"
)

//go:embed *.txt
var files embed.FS

// Load reads every article, sorted by file name, each with its file's name less
// the extension as its Slug. What could be read comes back beside an error that
// names, line by line, what could not.
func Load() ([]*article.Article, error) {
	return load(files)
}

func load(fsys fs.FS) ([]*article.Article, error) {
	names, err := fs.Glob(fsys, "*.txt")
	if err != nil {
		return nil, fmt.Errorf("list the corpus: %w", err)
	}
	var articles []*article.Article
	var problems []error
	for _, name := range names { // fs.Glob sorts, as fs.ReadDir does
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			problems = append(problems, fmt.Errorf("corpus: %w", err))
			continue
		}
		a, err := article.Parse(name, data)
		if err != nil {
			problems = append(problems, fmt.Errorf("corpus/%w", err))
			continue
		}
		a.Slug = strings.TrimSuffix(path.Base(name), path.Ext(name))
		articles = append(articles, a)
	}
	return articles, errors.Join(problems...)
}

// Articles is what Load could read. The articles are read once and shared; they
// do not change after that.
func Articles() []*article.Article {
	return append([]*article.Article(nil), articles()...)
}

var articles = sync.OnceValue(func() []*article.Article {
	all, _ := Load() // the tests hold that there is no error to lose
	return all
})
