package app

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/browser"
)

// A fault of the program must not take the page away, nor the reader's work with
// it. Every way in from the browser is held by one of these nets: rescue, for
// what an event or a dispatched function does; background, for what runs beside
// the page; package browser's own, for what it calls; and Run, for the rest,
// which is drawing. Whatever falls, saving goes on and all can be exported.

// living is the page that is shown: after a fault in drawing it is another one.
var living *Page

// fallen is the fault that the page before had, for this one to tell.
var fallen any

// restarts is how often the page may be started anew after a fault in drawing.
const restarts = 5

// Run starts the program in the browser and does not return. Between the steps of a
// start the browser has its turn: in one go they held up a phone for a quarter of a
// second, where a reader may be scrolling already. No event of the program's own waits
// for them, since it hears none before its first page is shown.
func Run() {
	browser.Begin()
	// Each page by its own path: a pattern would bring regexp along.
	for _, path := range paths() {
		app.Route(path, func() app.Composer { return newPage() })
	}
	browser.Turn()
	for range restarts {
		start()
	}
	app.RunWhenOnBrowser()
}

// start runs the program until a fault in drawing, of which the library's loop
// dies. Then the page is made anew, from what is stored.
func start() {
	defer func() {
		if r := recover(); r != nil {
			browser.Warn("pizhu: panic, the page starts anew:", r)
			fallen = r
		}
	}()
	app.RunWhenOnBrowser()
}

// survive takes over from a page that fell.
func (p *Page) survive() {
	if living != nil {
		p.store = living.store
	}
	living = p
	browser.OnPanic(func(r any) { living.do(func(app.Context) { living.crashed(r) }) })
	if fallen != nil {
		p.crashed(fallen)
	}
}

// do runs f in the page's turn and draws the page.
func (p *Page) do(f func(ctx app.Context)) { p.ctx.Dispatch(p.held(f)) }

// later runs f once what has been changed is drawn.
func (p *Page) later(f func(ctx app.Context)) {
	p.ctx.Defer(p.held(func(ctx app.Context) {
		if p.stale {
			p.drawOwn()
		}
		f(ctx)
	}))
}

func (p *Page) held(f func(ctx app.Context)) func(app.Context) {
	return func(ctx app.Context) {
		if p == living {
			defer p.rescue()
			f(ctx)
		}
	}
}

// background runs f beside the page. A fault in it is said as any other is.
func (p *Page) background(f func()) {
	p.ctx.Async(func() {
		defer func() {
			if r := recover(); r != nil {
				p.do(func(app.Context) {
					p.task = nil
					p.crashed(r)
				})
			}
		}()
		f()
	})
}

// rescue is deferred where the browser calls, and says that something went
// wrong.
func (p *Page) rescue() {
	if r := recover(); r != nil {
		p.crashed(r)
	}
}

func (p *Page) crashed(r any) {
	browser.Warn("pizhu: panic:", r)
	p.notify("crashed", p.t("crashed"),
		noticeAction{p.t("export-all"), p.exportAll},
		noticeAction{p.t("reload"), func(ctx app.Context) { ctx.Reload() }})
	p.ctx.Update() // whatever it was that broke off
}
