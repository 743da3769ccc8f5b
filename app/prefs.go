package app

import (
	"encoding/json"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/browser"
)

// prefs are the reader's settings, kept as one JSON object under prefKey, which
// early.js reads before the first paint.
type prefs struct {
	Theme    string `json:"theme,omitempty"` // light, dark; empty follows the system
	Face     string `json:"face,omitempty"`  // sans; empty is serif
	Size     string `json:"size,omitempty"`  // s, l, xl; empty is m
	Script   string `json:"script,omitempty"`
	Language string `json:"language,omitempty"`
	WithText bool   `json:"withText,omitempty"`
	Persist  bool   `json:"persist,omitempty"`  // the browser has been asked to keep everything
	Exported int64  `json:"exported,omitempty"` // when all was last exported, milliseconds since 1970
	NoSnap   bool   `json:"noSnap,omitempty"`   // selections stay where they were made
	Vim      bool   `json:"vim,omitempty"`      // h j k l walk the article
	// Keys are the reader's own shortcuts, by command; the others are as they came.
	Keys map[string][]string `json:"keys,omitempty"`
}

const prefKey = "pizhu/1/pref"

// choice is a setting that takes one of a few values.
type choice struct {
	name   string
	values []string // in the order in which they are offered
	usual  string   // the default, which is kept as nothing
	get    func(*prefs) *string
}

var choices = []choice{
	{"theme", []string{"system", "light", "dark"}, "system", func(p *prefs) *string { return &p.Theme }},
	{"face", []string{"serif", "sans"}, "serif", func(p *prefs) *string { return &p.Face }},
	{"size", []string{"s", "m", "l", "xl"}, "m", func(p *prefs) *string { return &p.Size }},
}

func readPrefs() prefs {
	var p prefs
	value, ok, err := browser.Storage{}.Get(prefKey)
	if err != nil || !ok {
		return prefs{Script: "source"}
	}
	if json.Unmarshal([]byte(value), &p) != nil {
		p = prefs{} // settings that cannot be read are the defaults; nothing of the reader's work is in them
	}
	for _, c := range choices {
		if v := c.get(&p); !contains(c.values, *v) || *v == c.usual {
			*v = ""
		}
	}
	if !contains(scripts, p.Script) {
		p.Script = "source"
	}
	if !contains(Languages, p.Language) {
		p.Language = ""
	}
	return p
}

// savePrefs keeps the settings; where that fails they hold until the page is
// closed, and the notice about storage says why.
func (p *Page) savePrefs() {
	data, err := json.Marshal(p.prefs)
	if err == nil {
		err = browser.Storage{}.Set(prefKey, string(data))
	}
	if err != nil {
		browser.Warn("pizhu: settings are not kept:", err)
	}
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}

func (p *Page) renderSettings() app.UI {
	var body, menu []app.UI
	for _, c := range choices {
		body = append(body, p.radios(c.name, c.values, func(v string) string { return p.t(c.name + "-" + v) }, func(ctx app.Context, v string) {
			if v == c.usual {
				v = ""
			}
			*c.get(&p.prefs) = v
			browser.SetRootData(c.name, v)
			p.savePrefs()
		}))
	}
	for _, c := range p.commands {
		if c.group == "menu" {
			menu = append(menu, p.menuItem(c.name))
		}
	}
	return el("div.body",
		body,
		p.radios("language", Languages, func(v string) string { return p.t("lang-" + v) }, func(ctx app.Context, v string) {
			p.setLanguage(v)
		}),
		el("div.actions",
			menu,
			p.checkbox("snap", !p.prefs.NoSnap, func(on bool) { p.prefs.NoSnap = !on }),
			p.checkbox("vim", p.prefs.Vim, func(on bool) { p.prefs.Vim = on; p.bindKeys() }),
			p.checkbox("with-text", p.prefs.WithText, func(on bool) { p.prefs.WithText = on }),
		),
		p.renderInstall(),
		p.renderMeter(),
		el("p.quiet", p.t("privacy")),
	)
}

func (p *Page) menuItem(name string) app.UI {
	var key any
	if c := p.command(name); len(c.keys) > 0 {
		key = el("kbd", keyLabel(c.keys[0], p.mac))
	}
	return el("button[type=button]", is("data-command", name), does("click", p.onCommand, "menu/"+name), el("span", p.t(name)), key)
}

func (p *Page) checkbox(name string, on bool, set func(bool)) app.UI {
	return el("label.check",
		el("input[type=checkbox]", is("id", "set-"+name), is("checked", on), does("change", func(ctx app.Context, e app.Event) {
			set(ctx.JSSrc().Get("checked").Bool())
			p.savePrefs()
		}, name)),
		el("span", p.t(name)),
	)
}

// radios is a setting drawn as a row of choices.
func (p *Page) radios(name string, values []string, label func(string) string, set func(app.Context, string)) app.UI {
	var row []app.UI
	for _, v := range values {
		row = append(row, el("label", p.radio(name, v, func(ctx app.Context, e app.Event) { set(ctx, valueOf(ctx)) }), el("span", label(v))))
	}
	return el("div[role=radiogroup]", is("aria-label", p.t(name)), el("p.group", p.t(name)), el("div.choices", row))
}

// radio is one choice of a group. In the browser which one is chosen is the
// elements' own: a frame drawn while a click is under way would set it back, and
// the click would choose nothing. So it is told to them, by checkRadios, where it
// changes by anything but a click.
func (p *Page) radio(name, value string, do app.EventHandler, parts ...any) app.UI {
	return el("input[type=radio]", append(parts, is("name", name), is("value", value), does("change", do, name+" "+value),
		when(app.IsServer && p.chosenOf(name) == value, is("checked", true)))...)
}

// chosenOf is what is chosen of a group of radio inputs.
func (p *Page) chosenOf(name string) string {
	switch name {
	case "script":
		return p.prefs.Script
	case "language":
		return p.lang
	case "scope":
		return p.exportScope
	case "kind-colour":
		return p.entry(p.kinds.name).Colour
	}
	for _, c := range choices {
		if v := *c.get(&p.prefs); c.name == name && v != "" {
			return v
		} else if c.name == name {
			return c.usual
		}
	}
	return ""
}

// checkRadios chooses, in each of the groups, what is chosen.
func (p *Page) checkRadios(groups ...string) {
	for _, name := range groups {
		browser.Check(name, p.chosenOf(name))
	}
}
