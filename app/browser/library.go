package browser

import (
	"encoding/json"
	"fmt"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Facts is what is listed of an article that the reader opened.
type Facts struct {
	ID, Name, Title, Author, Source, Date, Variant string
	Runes                                          int
	Opened                                         int64  // milliseconds since 1970
	Order                                          int64  `json:",omitempty"` // place in the list, the highest first; 0 is Opened
	Encoding                                       string `json:",omitempty"` // in which its file was read
}

// Place is what the list is sorted by.
func (f Facts) Place() int64 {
	if f.Order != 0 {
		return f.Order
	}
	return f.Opened
}

func library() app.Value { return page().Get("library") }

// PutArticle keeps an article's facts and its text, both or neither. It waits.
func PutArticle(f Facts, text string) error {
	data, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("keep article: %w", err)
	}
	_, err = Await(library().Call("put", f.ID, string(data), text))
	return err
}

// PutFacts keeps what is listed of articles, all of them or none. It waits.
func PutFacts(list ...Facts) error {
	rows := make([]any, len(list))
	for i, f := range list {
		data, err := json.Marshal(f)
		if err != nil {
			return fmt.Errorf("keep facts: %w", err)
		}
		rows[i] = []any{f.ID, string(data)}
	}
	_, err := Await(library().Call("note", rows))
	return err
}

// Articles are the facts of all articles kept. One that cannot be read is
// passed over: its text stays where it is. It waits.
func Articles() ([]Facts, error) {
	v, err := Await(library().Call("facts"))
	if err != nil {
		return nil, err
	}
	var raw []json.RawMessage
	if err := json.Unmarshal([]byte(v.String()), &raw); err != nil {
		return nil, fmt.Errorf("list articles: %w", err)
	}
	var all []Facts
	for _, r := range raw {
		var f Facts
		if json.Unmarshal(r, &f) == nil && f.ID != "" {
			all = append(all, f)
		}
	}
	return all, nil
}

// ArticleText is the text kept for an article; false where there is none. It waits.
func ArticleText(id string) (string, bool, error) {
	v, err := Await(library().Call("text", id))
	if err != nil || v == nil || v.IsNull() || v.IsUndefined() {
		return "", false, err
	}
	return v.String(), true, nil
}

// RemoveArticle drops an article's facts and text. It waits.
func RemoveArticle(id string) error {
	_, err := Await(library().Call("remove", id))
	return err
}
