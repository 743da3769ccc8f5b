package app

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/browser"
)

// listenInstalled follows what happens to the program as an app: a newer
// version, an offer to install, and what other apps hand over.
func (p *Page) listenInstalled() {
	browser.OnApp(func(word string) {
		p.ctx.Dispatch(func(ctx app.Context) {
			defer p.rescue()
			p.happened(word)
		})
	})
}

// happened never starts anything by itself: a newer version comes in when the
// reader says so, or when the program is next started.
func (p *Page) happened(word string) {
	reload := func(do func()) func(app.Context) {
		return func(ctx app.Context) {
			p.flushNote(ctx)
			do()
		}
	}
	switch word {
	case "offline":
		p.offline = true
	case "update":
		p.notify("update", p.t("update"), noticeAction{p.t("update-now"), reload(browser.TakeOver)})
	case "replaced":
		p.notify("update", p.t("replaced"), noticeAction{p.t("reload"), reload(browser.TakeOver)})
	}
}
