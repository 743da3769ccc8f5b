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
		style, width := t.Underline.Style, strconv.FormatFloat(float64(t.Underline.Thickness)/10, 'f', 1, 64)+"px"
		write(".t-", c, " { --fg: var(--", c, "); --bg: var(--", c, "-bg); --line-style: ", style, "; --line-width: ", width, " }\n")
		// Each by its own name: WebKit draws no line that is written in one.
		write(":is(#article, .each [data-block])::highlight(pz-", c, ") { background-color: var(--", c, "-bg); text-decoration: underline; text-decoration-style: ", style,
			"; text-decoration-thickness: ", width, "; text-decoration-color: var(--", c, ") }\n")
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
	p.find.labels = nil // found by their names
	p.edition++
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
	p.chooseColour()
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
	rows := make([]app.UI, len(p.types))
	for i := range p.types {
		rows[i] = p.renderKind(i, counts)
	}
	return el("div.body",
		el("p.hint", p.t("kinds-do")),
		el("ol.kinds", rows),
		el("form.add", does("submit", p.onAddType, ""),
			el("input[type=text][id=kind-new][maxlength=40]", is("placeholder", p.t("kind-new")), is("aria-label", p.t("kind-new")), is("autocomplete", "off")),
			el("button.solid[type=submit]", p.t("add"))),
		when(p.kinds.problem != "" && p.kinds.name == "", el("p.problem", p.kinds.problem)),
	)
}

func (p *Page) renderKind(i int, counts map[string]int) app.UI {
	t := p.types[i]
	label, open := t.Label(p.lang), p.kinds.name == t.Name
	move := func(command, key string, to int) app.UI {
		return iconPress(command, p.t(key, label), p.onMoveType, t.Name+strconv.Itoa(to), is("disabled", to < 0 || to >= len(p.types)),
			is("data-kind", t.Name), is("data-to", to))
	}
	var editor any
	if open {
		editor = p.renderKindEditor(t, counts[t.Name])
	}
	return el("li", is("data-kind", t.Name),
		el("div.kind",
			el("button.name[type=button]", is("aria-expanded", open), is("data-kind", t.Name), does("click", p.onOpenType, t.Name),
				el("span.sample.t-"+typeClass(t.Name), is("aria-hidden", true), "字樣"), el("span", label),
				when(counts[t.Name] > 0, el("small", number(counts[t.Name]))),
				when(claims.Digit(i) != 0, el("kbd", string(claims.Digit(i))))),
			move("previous", "kind-up", i-1),
			move("next", "kind-down", i+1)),
		editor,
	)
}

// lines are the underlines a reader can choose from.
var lines = []string{"solid-20", "solid-35", "solid-10", "double-20", "double-35", "dashed-20", "dashed-35", "dashed-10", "dotted-20", "dotted-35", "wavy-15", "wavy-10"}

func (p *Page) lineLabel(line string) string {
	style, thickness, _ := strings.Cut(line, "-")
	weight := "line-medium"
	switch thickness {
	case "35":
		weight = "line-thick"
	case "10":
		weight = "line-thin"
	}
	return p.t("line-"+style) + " · " + p.t(weight)
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
	label := func(lang, value string) app.UI {
		return el("label", p.t("lang-"+lang), el("input[type=text][maxlength=40]", is("lang", lang), is("value", value), is("autocomplete", "off"),
			is("data-label", lang), does("change", p.onKindLabel, t.Name)))
	}
	var colours []app.UI
	for _, c := range shippedNames {
		colours = append(colours, el("label.t-"+c,
			p.radio("kind-colour", c, p.onColour, is("aria-label", p.t("colour-"+c))),
			el("span")))
	}
	hex := t.Light.Fg
	if strings.HasPrefix(e.Colour, "#") {
		hex = e.Colour
	}
	var underlines []option
	for _, l := range lines {
		underlines = append(underlines, option{l, p.lineLabel(l)})
	}
	others := p.otherTypes(t.Name)
	body := []any{
		el("div.facets.three", label("zh-Hant", e.Labels.Hant), label("zh-Hans", e.Labels.Hans), label("en", e.Labels.En)),
		el("fieldset.colours", el("legend", p.t("colour")), el("div", colours, el("label.free", is("title", p.t("colour-own")),
			el("input[type=color]", is("value", hex), is("aria-label", p.t("colour-own")), does("change", p.onColour, t.Name))))),
		el("label", p.t("line"), choose(t.Underline.String(), underlines, is("data-line", t.Name), does("change", p.onLine, t.Name))),
		el("label", p.t("triggers"), el("textarea", is("data-triggers", t.Name), is("placeholder", p.t("triggers-hint")), does("change", p.onTriggers, t.Name), strings.Join(e.Triggers, "\n"))),
		when(p.kinds.problem != "", el("p.problem[role=alert]", p.kinds.problem)),
	}
	if p.kinds.deleting {
		body = append(body, el("div.ask[role=group]", is("aria-label", p.t("kind-delete")),
			el("p", p.t("kind-ask", used, t.Label(p.lang))),
			choose("", append([]option{{"", p.t("kind-untyped")}}, others...), is("id", "kind-into"), is("aria-label", p.t("kind-into"))),
			el("div.row", press("solid", p.t("kind-delete"), p.onDeleteTypeSure, t.Name, is("data-kind", t.Name)),
				press("plain", p.t("cancel"), p.onKeepType, t.Name))))
	} else {
		body = append(body, el("div.row.end",
			choose("", append([]option{{"", p.t("kind-merge")}}, others...), is("class", "merge"), is("data-merge", t.Name), is("aria-label", p.t("kind-merge")), does("change", p.onMergeType, t.Name)),
			press("plain", p.t("kind-delete"), p.onDeleteType, t.Name, is("data-kind", t.Name), is("data-action", "delete-type"))))
	}
	return el("div.edit", body...)
}

// typeOptions are the claim types to choose from.
func (p *Page) typeOptions() []option {
	var out []option
	for _, t := range p.types {
		out = append(out, option{t.Name, t.Label(p.lang)})
	}
	return out
}

func (p *Page) otherTypes(name string) []option {
	return slices.DeleteFunc(p.typeOptions(), func(o option) bool { return o.value == name })
}

// changeKind changes the type whose fields are shown.
func (p *Page) changeKind(ctx app.Context, change func(ts claims.TypeSet, name string, now time.Time) (claims.TypeSet, error)) {
	defer p.rescue()
	name := p.kinds.name
	p.changeTypes(ctx, p.t("kind-changed"), func(ts claims.TypeSet, now time.Time) (claims.TypeSet, error) { return change(ts, name, now) })
}

func (p *Page) onKindLabel(ctx app.Context, e app.Event) {
	label, lang := valueOf(ctx), data(ctx, "label")
	p.changeKind(ctx, func(ts claims.TypeSet, name string, now time.Time) (claims.TypeSet, error) {
		return ts.Rename(name, lang, label, now)
	})
}

func (p *Page) onLine(ctx app.Context, e app.Event) {
	u, _ := claims.ParseUnderline(valueOf(ctx))
	p.changeKind(ctx, func(ts claims.TypeSet, name string, now time.Time) (claims.TypeSet, error) {
		return ts.Line(name, u, now)
	})
}

func (p *Page) onColour(ctx app.Context, e app.Event) {
	colour := valueOf(ctx)
	p.changeKind(ctx, func(ts claims.TypeSet, name string, now time.Time) (claims.TypeSet, error) {
		return ts.Recolour(name, colour, now)
	})
}

// onTriggers keeps the words that suggest a type, one a line, in their
// Simplified form, in which texts are read.
func (p *Page) onTriggers(ctx app.Context, e app.Event) {
	text := valueOf(ctx)
	p.need(ctx, []string{"pivot"}, func(ctx app.Context, err error) {
		if err == nil {
			if c, err := script.NewWithWords("t2s", p.dict.lex["pivot"], nil); err == nil {
				text = c.Convert(text).Text
			}
		}
		words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("\n,、，", r) })
		p.changeKind(ctx, func(ts claims.TypeSet, name string, now time.Time) (claims.TypeSet, error) {
			return ts.Triggers(name, words, now)
		})
	})
}

func (p *Page) onOpenType(ctx app.Context, e app.Event) {
	name := data(ctx, "kind")
	if p.kinds.name == name {
		name = ""
	}
	p.kinds = kinds{name: name}
	p.chooseColour()
}

// chooseColour chooses, once it is drawn, the colour of the type whose fields
// are shown; none where it is the reader's own.
func (p *Page) chooseColour() {
	if p.kinds.name != "" {
		p.later(func(app.Context) { p.checkRadios("kind-colour") })
	}
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
	if p.changeTypes(ctx, p.t("kind-added", strings.TrimSpace(label)), func(ts claims.TypeSet, now time.Time) (out claims.TypeSet, err error) {
		out, name, err = ts.Add(label, lang, "", now)
		return out, err
	}) {
		browser.SetValue("kind-new", "")
		p.kinds.name = name
		p.chooseColour()
	}
}

func (p *Page) onMoveType(ctx app.Context, e app.Event) {
	defer p.rescue()
	name := data(ctx, "kind")
	to, err := strconv.Atoi(data(ctx, "to"))
	if err != nil || to < 0 || to >= len(p.types) {
		return
	}
	p.changeTypes(ctx, p.t("kind-moved", to+1), func(ts claims.TypeSet, now time.Time) (claims.TypeSet, error) { return ts.Move(name, to, now) })
}

func (p *Page) onMergeType(ctx app.Context, e app.Event) {
	defer p.rescue()
	from, into := p.kinds.name, valueOf(ctx)
	if into == "" {
		return
	}
	p.kinds = kinds{name: into}
	p.changeTypes(ctx, p.t("kind-merged", p.typeLabel(into)), func(ts claims.TypeSet, now time.Time) (claims.TypeSet, error) { return ts.MergeInto(from, into, now) },
		claims.Retype(p.everything(), from, into)...)
}

func (p *Page) onDeleteType(ctx app.Context, e app.Event) {
	defer p.rescue()
	name := data(ctx, "kind")
	if len(claims.InUse(p.everything(), name)) > 0 {
		p.kinds.deleting = true
		p.later(func(app.Context) { browser.Focus("kind-into") })
		return
	}
	p.deleteType(ctx, name, "")
}

func (p *Page) onKeepType(app.Context, app.Event) { p.kinds.deleting = false }

func (p *Page) onDeleteTypeSure(ctx app.Context, e app.Event) {
	defer p.rescue()
	p.deleteType(ctx, data(ctx, "kind"), browser.Value("kind-into"))
}

// deleteType deletes a type; its claims get another one, or none.
func (p *Page) deleteType(ctx app.Context, name, into string) {
	label := p.typeLabel(name)
	p.kinds = kinds{}
	p.changeTypes(ctx, p.t("kind-deleted", label), func(ts claims.TypeSet, now time.Time) (claims.TypeSet, error) { return ts.Delete(name, now) },
		claims.Retype(p.everything(), name, into)...)
	p.later(func(app.Context) { browser.Focus("sheet") })
}
