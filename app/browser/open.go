package browser

import (
	"encoding/json"
	"fmt"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/article"
)

func init() {
	if app.IsClient {
		article.Legacy = func(e article.Encoding, data []byte) (string, error) {
			return page().Call("decode", string(e), array(data)).String(), nil
		}
	}
}

// ReadPage reads a web page's readable part, or with whole all of it. It waits.
func ReadPage(text string, whole bool) (article.Page, error) {
	readers, err := Await(app.Window().Call("pizhuOpen"))
	if err != nil {
		return article.Page{}, fmt.Errorf("reader of pages: %w", err)
	}
	v, err := Await(readers.Call("page", text, whole))
	if err != nil {
		return article.Page{}, err
	}
	return pageOf(v)
}

// ReadBook reads the chapters of an EPUB. It waits.
func ReadBook(data []byte) (article.Page, error) {
	readers, err := Await(app.Window().Call("pizhuOpen"))
	if err != nil {
		return article.Page{}, fmt.Errorf("reader of books: %w", err)
	}
	v, err := Await(readers.Call("book", array(data)))
	if err != nil {
		return article.Page{}, err
	}
	return pageOf(v)
}

func pageOf(v app.Value) (p article.Page, err error) {
	if err := json.Unmarshal([]byte(v.String()), &p); err != nil {
		return p, fmt.Errorf("read page: %w", err)
	}
	return p, nil
}
