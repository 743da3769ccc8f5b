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

// File is an article and the file it was read from.
type File struct {
	Name    string // of the file
	Article *article.Article
	Data    []byte // as it lies in the folder
}

// Load reads every article that ships, sorted by file name, each with its file's
// name less the extension as its Slug. What could be read comes back beside an
// error that names, line by line, what could not.
func Load() ([]File, error) { return LoadFrom(files) }

// LoadFrom is Load for the .txt and .md files of any folder.
func LoadFrom(fsys fs.FS) ([]File, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("list the corpus: %w", err)
	}
	var read []File
	var problems []error
	for _, e := range entries { // fs.ReadDir sorts
		name := e.Name()
		ext := path.Ext(name)
		if e.IsDir() || ext != ".txt" && ext != ".md" {
			continue
		}
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
		a.Slug = strings.TrimSuffix(name, ext)
		read = append(read, File{name, a, data})
	}
	return read, errors.Join(problems...)
}

// Articles is what Load could read. The articles are read once and shared; they
// do not change after that.
func Articles() []*article.Article {
	return append([]*article.Article(nil), articles()...)
}

var articles = sync.OnceValue(func() []*article.Article {
	all, _ := Load() // the tests hold that there is no error to lose
	var out []*article.Article
	for _, f := range all {
		out = append(out, f.Article)
	}
	return out
})
