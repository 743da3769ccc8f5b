// Command empty is the least that a go-app program can be: one heading. What
// the measures say of Pizhu's start is compared with it.
package main

import "github.com/maxence-charriere/go-app/v10/pkg/app"

type heading struct{ app.Compo }

func (h *heading) OnMount(app.Context) {
	app.Window().Get("performance").Call("mark", "empty:ready")
}

func (h *heading) Render() app.UI { return app.H1().Text("空") }

func main() {
	app.Route("/", func() app.Composer { return &heading{} })
	app.RunWhenOnBrowser()
}
