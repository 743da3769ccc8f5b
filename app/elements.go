package app

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Elements are made with el rather than with go-app's chained methods. go-app
// has a type for every kind of element, and some fifteen methods for each type;
// a browser compiles a function when it is first called, so that a start paid for
// 250 of them. The one type that app.Elem makes of every kind has eighteen. Each
// link of a chain is a hundred bytes of WebAssembly besides, and a sheet has
// hundreds of links.

// at is an attribute: a name and a string, number or truth value.
type at struct {
	name  string
	value any
}

// on is an event handler, and what tells it from others of the same code.
type on struct {
	event string
	do    app.EventHandler
	scope string
}

// is is an attribute of an element, and does a handler of one.
//
//go:noinline
func is(name string, value any) any { return at{name, value} }

//go:noinline
func does(event string, do app.EventHandler, scope string) any { return on{event, do, scope} }

// el makes an element. The spec is its name, classes and constant attributes,
// "button.plain.small[type=button]"; the parts are attributes, handlers,
// children, and texts. A nil is left out.
func el(spec string, parts ...any) app.UI { return build("", spec, parts) }

// draw is el for elements of an SVG.
func draw(spec string, parts ...any) app.UI { return build(svgSpace, spec, parts) }

func build(space, spec string, parts []any) app.UI {
	spec, attributes, _ := strings.Cut(spec, "[")
	name, class, _ := strings.Cut(spec, ".")
	e := app.Elem(name)
	if space != "" {
		e = e.XMLNS(space)
	}
	if class != "" {
		e = e.Class(strings.ReplaceAll(class, ".", " "))
	}
	for attributes != "" {
		var one string
		one, attributes, _ = strings.Cut(attributes, "]")
		attributes = strings.TrimPrefix(attributes, "[")
		k, v, _ := strings.Cut(one, "=")
		e = e.Attr(k, v)
	}
	var body []app.UI
	for _, part := range parts {
		switch v := part.(type) {
		case at:
			e = e.Attr(v.name, v.value)
		case on:
			e = e.On(v.event, v.do, app.EventScope(v.scope))
		case string:
			body = append(body, app.Text(v))
		case app.UI:
			body = append(body, v)
		case []app.UI:
			body = append(body, v...)
		}
	}
	return e.Body(body...)
}

// option is one value of a select.
type option struct{ value, label string }

// choose is a select over options.
func choose(current string, options []option, parts ...any) app.UI {
	for _, o := range options {
		parts = append(parts, el("option", is("value", o.value), is("selected", o.value == current), o.label))
	}
	return el("select", parts...)
}

// press is a button.
func press(class, label string, do app.EventHandler, scope string, parts ...any) app.UI {
	return el("button."+class+"[type=button]", append(parts, does("click", do, scope), label)...)
}

// iconPress is a button that shows an icon.
func iconPress(name, label string, do app.EventHandler, scope string, parts ...any) app.UI {
	return el("button.icon[type=button]", append(parts, is("aria-label", label), is("title", label), does("click", do, scope), icon(name))...)
}

// when gives part if it is wanted, else nothing.
func when(wanted bool, part any) any {
	if wanted {
		return part
	}
	return nil
}

// data is what a control carries in a data attribute.
func data(ctx app.Context, name string) string {
	v := ctx.JSSrc().Get("dataset").Get(name)
	if !v.Truthy() {
		return ""
	}
	return v.String()
}

// valueOf is what stands in the field an event came from.
func valueOf(ctx app.Context) string { return ctx.JSSrc().Get("value").String() }
