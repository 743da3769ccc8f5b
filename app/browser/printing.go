package browser

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// Printed is an annotation as it goes on paper. One whose Class is empty has no
// place in the text.
type Printed struct {
	Range
	Class, Quote, Meta, Note string
}

// OnPrint calls f when the page is about to be printed, and puts what it gives
// on paper with the article.
func OnPrint(f func() []Printed) {
	page().Set("onprint", app.FuncOf(func(app.Value, []app.Value) any {
		list := f()
		rows := make([]any, len(list))
		for i, a := range list {
			rows[i] = []any{a.From.Block, a.From.Unit, a.To.Block, a.To.Unit, a.Class, a.Quote, a.Meta, a.Note}
		}
		return rows
	}))
}
