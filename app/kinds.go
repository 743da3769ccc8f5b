package app

import (
	"errors"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/browser"
	"pizhu/app/claims"
	"pizhu/app/script"
)

// kinds is the state of the sheet in which a reader changes the claim types.
type kinds struct {
	name     string // the type whose fields are shown
	deleting bool   // what becomes of its claims is being asked
	problem  string
}

var shippedNames = claims.Palette()

// typeClass is a type's name as the style sheets and highlights have it. One
// that does not ship stands under a prefix, so that a type called "overlap" or
// "paper" takes nothing else's place; one that is no plain word, as a file may
// bring, is told by a digest.
func typeClass(name string) string {
	if name == "" {
		return "none"
	}
	if slices.Contains(shippedNames, name) {
		return name
	}
	plain := len(name) <= 64
	for _, r := range name {
		plain = plain && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-')
	}
	if plain {
		return "own-" + name
	}
	h := fnv.New64a()
	h.Write([]byte(name))
	return "own--" + strconv.FormatUint(h.Sum64(), 36)
}

// TypeStyles is the style sheet of some claim types: their colours in both
// themes, and how their highlights are underlined.
func TypeStyles(types []claims.Type) string {
	var b strings.Builder
	write := func(parts ...string) {
		for _, s := range parts {
			b.WriteString(s)
		}
	}
	write(":root {")
	for _, t := range types {
		c := typeClass(t.Name)
		write(" --", c, ": light-dark(", t.Light.Fg, ", ", t.Dark.Fg, "); --", c, "-bg: light-dark(", t.Light.Bg, ", ", t.Dark.Bg, ");")
	}
	write(" }\n")
	for _, t := range types {
		c := typeClass(t.Name)
		line := t.Underline.Style + " " + strconv.FormatFloat(float64(t.Underline.Thickness)/10, 'f', 1, 64) + "px"
		write(".t-", c, " { --fg: var(--", c, "); --bg: var(--", c, "-bg); --drawn: ", line, " }\n")
		write("::highlight(pz-", c, ") { background-color: var(--", c, "-bg); text-decoration: underline ", line, " var(--", c, ") }\n")
	}
	return b.String()
}

// takeTypes reads the claim types from the store, and draws them anew when they
// are not what is shown.
func (p *Page) takeTypes() {
	entries := p.store.AllTypes()
	if slices.EqualFunc(entries, p.entries, func(a, b annotation.Type) bool {
		return a.Name == b.Name && a.Modified.Equal(b.Modified) && a.Deleted == b.Deleted && a.Order == b.Order && a.Labels == b.Labels
	}) {
		return
	}
	p.entries = entries
	p.types = claims.TypeSet(entries).Types()
	ships := map[string]claims.Type{}
	for _, t := range claims.Types() {
		ships[t.Name] = t
	}
	var own []claims.Type
	for _, t := range p.types {
		if s, ok := ships[t.Name]; !ok || s.Light != t.Light || s.Underline != t.Underline {
			own = append(own, t)
		}
	}
	if len(own) > 0 || p.styled {
		p.styled = true
		browser.Style(TypeStyles(own))
	}
	p.layers = makeLayers(p.types)
	p.colours = browser.Layers(p.layers.names)
	p.repaint()
}

// everything is the live annotations of all articles. They are read once and
// kept until one changes.
func (p *Page) everything() []annotation.Annotation {
	if p.all == nil && p.store != nil {
		p.all = []annotation.Annotation{}
		for _, id := range p.store.Articles() {
			p.all = append(p.all, p.store.Annotations(id)...)
		}
	}
	return p.all
}

// changeTypes changes the set of types, and with it what becomes of the claims,
// as one change that one undo takes back.
func (p *Page) changeTypes(ctx app.Context, said string, change func(claims.TypeSet, time.Time) (claims.TypeSet, error), changed ...annotation.Annotation) bool {
	p.flushNote(ctx)
	before := claims.TypeSet(p.entries)
	after, err := change(before, now())
	if err != nil {
		p.kinds.problem = p.t(typeProblem(err))
		p.announce = p.kinds.problem
		return false
	}
	p.kinds.problem = ""
	var put []annotation.Type
	for _, t := range after {
		if !slices.ContainsFunc(before, func(o annotation.Type) bool { return o.Name == t.Name && o.Modified.Equal(t.Modified) }) {
			put = append(put, t)
		}
	}
	if len(put) == 0 {
		return true
	}
	p.keepBoth(put, changed)
	p.say(ctx, said, p.t("undo"), func(ctx app.Context) { p.perform(ctx, "undo") })
	return true
}

func typeProblem(err error) string {
	for _, known := range []struct {
		err error
		key string
	}{{claims.ErrLabel, "kind-label"}, {claims.ErrTaken, "kind-taken"}, {claims.ErrTriggers, "kind-triggers"}} {
		if errors.Is(err, known.err) {
			return known.key
		}
	}
	return "kind-refused"
}

func (p *Page) renderKinds() app.UI {
	counts := map[string]int{}
	for _, a := range p.everything() {
		counts[a.Type]++
	}
	return app.Div().Class("body").Body(
		app.P().Class("hint").Text(p.t("kinds-do")),
		app.Ol().Class("kinds").Body(app.Range(p.types).Slice(func(i int) app.UI { return p.renderKind(i, counts) })),
		app.Elem("form").Class("add").On("submit", p.onAddType).Body(
			app.Input().Type("text").ID("kind-new").MaxLength(40).Placeholder(p.t("kind-new")).Aria("label", p.t("kind-new")).AutoComplete(false),
			app.Button().Type("submit").Class("solid").Text(p.t("add")),
		),
		app.If(p.kinds.problem != "" && p.kinds.name == "", func() app.UI { return app.P().Class("problem").Text(p.kinds.problem) }),
	)
}

func (p *Page) renderKind(i int, counts map[string]int) app.UI {
	t := p.types[i]
	on := p.kinds.name == t.Name
	move := func(command, key string, to int) app.UI {
		return app.Button().Type("button").Class("icon").Aria("label", p.t(key, t.Label(p.lang))).Title(p.t(key, t.Label(p.lang))).
			Disabled(to < 0 || to >= len(p.types)).DataSet("kind", t.Name).DataSet("to", to).
			OnClick(p.onMoveType, app.EventScope(command, t.Name, to)).Body(icon(command))
	}
	return app.Li().DataSet("kind", t.Name).Body(
		app.Div().Class("kind").Body(
			app.Button().Type("button").Class("name").Aria("expanded", on).DataSet("kind", t.Name).OnClick(p.onOpenType, app.EventScope("open", t.Name)).Body(
				app.Span().Class("sample t-"+typeClass(t.Name)).Aria("hidden", true).Text("字樣"),
				app.Span().Text(t.Label(p.lang)),
				app.If(counts[t.Name] > 0, func() app.UI { return app.Small().Text(thousands(counts[t.Name])) }),
				app.If(claims.Digit(i) != 0, func() app.UI { return app.Kbd().Text(string(claims.Digit(i))) }),
			),
			move("previous", "kind-up", i-1),
			move("next", "kind-down", i+1),
		),
		app.If(on, func() app.UI { return p.renderKindEditor(t, counts[t.Name]) }),
	)
}

// lines are the underlines a reader can choose from.
var lines = []claims.Underline{{Style: "solid", Thickness: 20}, {Style: "solid", Thickness: 35}, {Style: "solid", Thickness: 10},
	{Style: "double", Thickness: 20}, {Style: "double", Thickness: 35}, {Style: "dashed", Thickness: 20}, {Style: "dashed", Thickness: 35}, {Style: "dashed", Thickness: 10},
	{Style: "dotted", Thickness: 20}, {Style: "dotted", Thickness: 35}, {Style: "wavy", Thickness: 15}, {Style: "wavy", Thickness: 10}}

func (p *Page) lineLabel(u claims.Underline) string {
	weight := "line-medium"
	switch {
	case u.Thickness > 20:
		weight = "line-thick"
	case u.Thickness <= 10:
		weight = "line-thin"
	}
	return p.t("line-"+u.Style) + " · " + p.t(weight)
}

func (p *Page) entry(name string) annotation.Type {
	for _, e := range p.entries {
		if e.Name == name {
			return e
		}
	}
	return annotation.Type{Name: name}
}

func (p *Page) renderKindEditor(t claims.Type, used int) app.UI {
	e := p.entry(t.Name)
	label := func(key, lang, value string) app.UI {
		return app.Label().Body(app.Text(p.t(key)), app.Input().Type("text").MaxLength(40).Lang(lang).Value(value).AutoComplete(false).
			DataSet("label", lang).OnChange(func(ctx app.Context, e app.Event) {
			defer p.rescue()
			v := strings.TrimSpace(ctx.JSSrc().Get("value").String())
			if v == "" || v == value {
				return
			}
			p.changeTypes(ctx, p.t("kind-changed"), func(ts claims.TypeSet, at time.Time) (claims.TypeSet, error) { return ts.Rename(t.Name, lang, v, at) })
		}, app.EventScope("label", t.Name, lang, value)))
	}
	custom := strings.HasPrefix(e.Colour, "#")
	colours := make([]app.UI, 0, len(shippedNames)+1)
	for _, c := range shippedNames {
		colours = append(colours, app.Label().Class("t-"+c).Body(
			app.Input().Type("radio").Name("kind-colour").Value(c).Checked(e.Colour == c).Aria("label", p.t("colour-"+c)).OnChange(p.onColour, app.EventScope("colour", t.Name, c)),
			app.Span(),
		))
	}
	hex := t.Light.Fg
	if custom {
		hex = e.Colour
	}
	colours = append(colours, app.Label().Class("free").Title(p.t("colour-own")).Body(
		app.Input().Type("color").Value(hex).Aria("label", p.t("colour-own")).OnChange(p.onColour, app.EventScope("colour", t.Name, hex))))
	others := p.others(t.Name)
	return app.Div().Class("edit").Body(
		app.Div().Class("facets three").Body(
			label("lang-zh-Hant", "zh-Hant", e.Labels.Hant), label("lang-zh-Hans", "zh-Hans", e.Labels.Hans), label("lang-en", "en", e.Labels.En)),
		app.FieldSet().Class("colours").Body(app.Elem("legend").Text(p.t("colour")), app.Div().Body(colours...)),
		app.Label().Body(app.Text(p.t("line")), app.Select().DataSet("line", t.Name).OnChange(func(ctx app.Context, e app.Event) {
			defer p.rescue()
			u, _ := claims.ParseUnderline(ctx.JSSrc().Get("value").String())
			p.changeTypes(ctx, p.t("kind-changed"), func(ts claims.TypeSet, at time.Time) (claims.TypeSet, error) { return ts.Line(t.Name, u, at) })
		}, app.EventScope("line", t.Name)).Body(app.Range(lines).Slice(func(i int) app.UI {
			return app.Option().Value(lines[i].String()).Selected(lines[i] == t.Underline).Text(p.lineLabel(lines[i]))
		}))),
		app.Label().Body(app.Text(p.t("triggers")), app.Textarea().DataSet("triggers", t.Name).Placeholder(p.t("triggers-hint")).Text(strings.Join(e.Triggers, "\n")).
			OnChange(func(ctx app.Context, e app.Event) {
				defer p.rescue()
				p.setTriggers(ctx, t.Name, ctx.JSSrc().Get("value").String())
			}, app.EventScope("triggers", t.Name))),
		app.If(p.kinds.problem != "", func() app.UI { return app.P().Class("problem").Text(p.kinds.problem) }),
		app.If(p.kinds.deleting, func() app.UI {
			return app.Div().Class("ask").Role("group").Aria("label", p.t("kind-delete")).Body(
				app.P().Text(p.t("kind-ask", used, t.Label(p.lang))),
				app.Select().ID("kind-into").Aria("label", p.t("kind-into")).Body(
					app.Option().Value("").Text(p.t("kind-untyped")),
					app.Range(others).Slice(func(i int) app.UI { return app.Option().Value(others[i].Name).Text(others[i].Label(p.lang)) }),
				),
				app.Div().Class("row").Body(
					app.Button().Type("button").Class("solid").DataSet("kind", t.Name).OnClick(p.onDeleteTypeSure, app.EventScope("sure", t.Name)).Text(p.t("kind-delete")),
					app.Button().Type("button").Class("plain").OnClick(func(app.Context, app.Event) { p.kinds.deleting = false }, app.EventScope("keep", t.Name)).Text(p.t("cancel")),
				),
			)
		}).Else(func() app.UI {
			return app.Div().Class("row end").Body(
				app.Select().Class("merge").Aria("label", p.t("kind-merge")).DataSet("merge", t.Name).OnChange(func(ctx app.Context, e app.Event) {
					defer p.rescue()
					p.mergeType(ctx, t.Name, ctx.JSSrc().Get("value").String())
				}, app.EventScope("merge", t.Name)).Body(
					app.Option().Value("").Selected(true).Text(p.t("kind-merge")),
					app.Range(others).Slice(func(i int) app.UI { return app.Option().Value(others[i].Name).Text(others[i].Label(p.lang)) }),
				),
				app.Button().Type("button").Class("plain").DataSet("kind", t.Name).DataSet("action", "delete-type").OnClick(p.onDeleteType, app.EventScope("delete", t.Name)).Text(p.t("kind-delete")),
			)
		}),
	)
}

func (p *Page) others(name string) []claims.Type {
	return slices.DeleteFunc(slices.Clone(p.types), func(o claims.Type) bool { return o.Name == name })
}

func kindOf(ctx app.Context) string { return ctx.JSSrc().Get("dataset").Get("kind").String() }

func (p *Page) onOpenType(ctx app.Context, e app.Event) {
	name := kindOf(ctx)
	if p.kinds.name == name {
		name = ""
	}
	p.kinds = kinds{name: name}
}

func (p *Page) onAddType(ctx app.Context, e app.Event) {
	defer p.rescue()
	e.PreventDefault()
	label := browser.Value("kind-new")
	lang := p.lang
	if lang == "en" && strings.ContainsFunc(label, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		lang = "zh-Hant"
	}
	var name string
	p.kinds = kinds{}
	if p.changeTypes(ctx, p.t("kind-added", strings.TrimSpace(label)), func(ts claims.TypeSet, at time.Time) (out claims.TypeSet, err error) {
		out, name, err = ts.Add(label, lang, "", at)
		return out, err
	}) {
		browser.SetValue("kind-new", "")
		p.kinds.name = name
	}
}

func (p *Page) onMoveType(ctx app.Context, e app.Event) {
	defer p.rescue()
	name := kindOf(ctx)
	to, err := strconv.Atoi(ctx.JSSrc().Get("dataset").Get("to").String())
	if err != nil || to < 0 || to >= len(p.types) {
		return
	}
	p.changeTypes(ctx, p.t("kind-moved", to+1), func(ts claims.TypeSet, at time.Time) (claims.TypeSet, error) { return ts.Move(name, to, at) })
}

func (p *Page) onColour(ctx app.Context, e app.Event) {
	defer p.rescue()
	colour, name := ctx.JSSrc().Get("value").String(), p.kinds.name
	p.changeTypes(ctx, p.t("kind-changed"), func(ts claims.TypeSet, at time.Time) (claims.TypeSet, error) { return ts.Recolour(name, colour, at) })
}

// setTriggers keeps the words that suggest a type, one a line, in their
// Simplified form, in which texts are read.
func (p *Page) setTriggers(ctx app.Context, name, text string) {
	p.need(ctx, []string{"pivot"}, func(ctx app.Context, err error) {
		if err == nil {
			if c, err := script.NewWithWords("t2s", p.dict.lex["pivot"], nil); err == nil {
				text = c.Convert(text).Text
			}
		}
		words := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == ',' || r == '、' || r == '，' })
		p.changeTypes(ctx, p.t("kind-changed"), func(ts claims.TypeSet, at time.Time) (claims.TypeSet, error) { return ts.Triggers(name, words, at) })
	})
}

func (p *Page) mergeType(ctx app.Context, from, into string) {
	if into == "" {
		return
	}
	p.kinds = kinds{name: into}
	p.changeTypes(ctx, p.t("kind-merged", p.typeLabel(into)), func(ts claims.TypeSet, at time.Time) (claims.TypeSet, error) { return ts.MergeInto(from, into, at) },
		claims.Retype(p.everything(), from, into)...)
}

func (p *Page) onDeleteType(ctx app.Context, e app.Event) {
	defer p.rescue()
	name := kindOf(ctx)
	if len(claims.InUse(p.everything(), name)) > 0 {
		p.kinds.deleting = true
		p.ctx.Defer(func(app.Context) { browser.Focus("kind-into") })
		return
	}
	p.deleteType(ctx, name, "")
}

func (p *Page) onDeleteTypeSure(ctx app.Context, e app.Event) {
	defer p.rescue()
	p.deleteType(ctx, kindOf(ctx), browser.Value("kind-into"))
}

// deleteType deletes a type; its claims get another one, or none.
func (p *Page) deleteType(ctx app.Context, name, into string) {
	label := p.typeLabel(name)
	p.kinds = kinds{}
	p.changeTypes(ctx, p.t("kind-deleted", label), func(ts claims.TypeSet, at time.Time) (claims.TypeSet, error) { return ts.Delete(name, at) },
		claims.Retype(p.everything(), name, into)...)
	p.ctx.Defer(func(app.Context) { browser.Focus("sheet") })
}
