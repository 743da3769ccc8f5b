package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

func (p *Page) renderSearchBox() app.UI     { return app.Div().Class("search").Hidden(true) }
func (p *Page) focusSearch(ctx app.Context) {}
