package browser

import "github.com/maxence-charriere/go-app/v10/pkg/app"

func query() app.Value {
	return app.Window().Get("URLSearchParams").New(app.Window().Get("location").Get("search"))
}

// Query is a parameter of the page's address and whether it is there.
func Query(name string) (string, bool) {
	v := query().Call("get", name)
	if v.IsNull() {
		return "", false
	}
	return v.String(), true
}

// SetQuery writes a parameter into the page's address, or with ok false takes it
// out, without a step in the reader's history.
func SetQuery(name, value string, ok bool) {
	q := query()
	if ok {
		q.Call("set", name, value)
	} else {
		q.Call("delete", name)
	}
	to := app.Window().Get("location").Get("pathname").String()
	if s := q.Call("toString").String(); s != "" {
		to += "?" + s
	}
	history := app.Window().Get("history")
	history.Call("replaceState", history.Get("state"), "", to)
}
