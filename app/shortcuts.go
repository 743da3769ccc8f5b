package app

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/browser"
)

// rebinding is a shortcut that is being changed in the help sheet.
type rebinding struct {
	name  string // command that waits for a key
	clash string // key that was pressed and belongs to other
	other string
	said  string // why a key was not taken
}

// vimKeys are the letters that walk the article besides the arrows.
var vimKeys = map[string][]string{
	"word-prev": {"h"}, "line-down": {"j"}, "line-up": {"k"}, "word-next": {"l"},
	"word-prev-extend": {"Shift+h"}, "line-down-extend": {"Shift+j"}, "line-up-extend": {"Shift+k"}, "word-next-extend": {"Shift+l"},
}

// bindKeys makes the table of commands with the reader's own shortcuts.
func (p *Page) bindKeys() {
	p.commands = commands()
	for i := range p.commands {
		c := &p.commands[i]
		if own, ok := p.prefs.Keys[c.name]; ok {
			c.keys = own
		}
		if p.prefs.Vim {
			c.keys = append(slices.Clone(c.keys), vimKeys[c.name]...)
		}
	}
}

// captureKey takes the key that the reader pressed for a command. Tab goes on,
// so that the focus is never caught.
func (p *Page) captureKey(e app.Event, k string) {
	switch key := e.Get("key").String(); {
	case key == "Shift" || key == "Control" || key == "Alt" || key == "Meta" || key == "CapsLock" || key == "Dead" || key == "Process":
		return
	case key == "Tab":
		p.do(func(app.Context) { p.rebind = rebinding{} })
		return
	}
	e.PreventDefault()
	p.do(func(ctx app.Context) {
		p.rebindTo(k)
	})
}

func (p *Page) rebindTo(k string) {
	name := p.rebind.name
	switch {
	case k == "Escape" || k == "":
		p.rebind = rebinding{}
		return
	case len(k) == 1 && k[0] >= '1' && k[0] <= '9':
		p.rebind = rebinding{name: name, said: p.t("keys-digit")}
		p.announce = p.rebind.said
		return
	}
	for _, c := range p.commands {
		if c.name != name && contains(c.keys, k) && !p.share(name, c.name) {
			p.rebind = rebinding{name: name, clash: k, other: c.name, said: p.t("keys-clash", keyLabel(k, p.mac), p.t(c.name))}
			p.announce = p.rebind.said
			return
		}
	}
	p.setKeys(name, []string{k})
	p.announce = p.t(name) + "：" + keyLabel(k, p.mac)
	p.rebind = rebinding{}
}

// share reports whether two commands have a key in common as they come: their
// turns never meet, as accepting and going on.
func (p *Page) share(a, b string) bool {
	var first []string
	for _, c := range commands() {
		if c.name != a && c.name != b {
			continue
		}
		for _, k := range c.keys {
			if contains(first, k) {
				return true
			}
		}
		first = append(first, c.keys...)
	}
	return false
}

// setKeys gives a command its keys; nil gives back those it came with.
func (p *Page) setKeys(name string, keys []string) {
	own := map[string][]string{}
	for n, k := range p.prefs.Keys {
		own[n] = k
	}
	delete(own, name)
	if keys != nil {
		own[name] = keys
	}
	if len(own) == 0 {
		own = nil
	}
	p.prefs.Keys = own
	p.savePrefs()
	p.bindKeys()
}

// takeOver gives the command a key that another one had.
func (p *Page) takeOver(ctx app.Context, e app.Event) {
	r := p.rebind
	if other := p.command(r.other); other != nil {
		rest := slices.DeleteFunc(slices.Clone(other.keys), func(k string) bool { return k == r.clash || contains(vimKeys[r.other], k) })
		if rest == nil {
			rest = []string{}
		}
		p.setKeys(r.other, rest)
	}
	p.setKeys(r.name, []string{r.clash})
	p.rebind = rebinding{}
	browser.Focus("key-" + r.name)
}

func (p *Page) onRebind(ctx app.Context, e app.Event) {
	defer p.rescue()
	name := sourceID(ctx)
	if p.rebind.name == name {
		p.rebind = rebinding{}
		return
	}
	p.rebind = rebinding{name: name}
	p.announce = p.t("keys-press")
}

func (p *Page) onResetKey(ctx app.Context, e app.Event) {
	defer p.rescue()
	name := sourceID(ctx)
	p.setKeys(name, nil)
	p.rebind = rebinding{}
	browser.Focus("key-" + name)
}

func (p *Page) onResetKeys(ctx app.Context, e app.Event) {
	defer p.rescue()
	p.prefs.Keys, p.rebind = nil, rebinding{}
	p.savePrefs()
	p.bindKeys()
	p.announce = p.t("keys-reset-done")
}

// renderHelp is every shortcut in one sheet. A press on one changes it.
func (p *Page) renderHelp() app.UI {
	parts := []any{el("p.quiet", p.t("keys-change"))}
	for _, part := range helpParts {
		var rows []app.UI
		if part == "" {
			rows = append(rows, el("tr", el("td", el("kbd", "1"), " – ", el("kbd", "9")), el("td", p.t("digits"))))
		} else {
			parts = append(parts, el("h3.group", p.t("keys-"+part)))
		}
		for _, c := range p.commands {
			if c.part == part {
				rows = append(rows, p.renderKeys(c))
			}
		}
		parts = append(parts, el("table.keys", el("tbody", rows)))
	}
	parts = append(parts, el("div.row.end", el("span"), press("plain", p.t("keys-reset"), p.onResetKeys, "", is("id", "keys-reset"), is("disabled", len(p.prefs.Keys) == 0))))
	return el("div.body[tabindex=0]", parts...) // so that the arrows scroll it
}

// helpParts are the groups of the help sheet, in order.
var helpParts = []string{"", "find", "walk", "span"}

func (p *Page) renderKeys(c command) app.UI {
	waiting := p.rebind.name == c.name
	label := p.t("keys-none")
	if len(c.keys) > 0 {
		var names []string
		for _, k := range c.keys {
			names = append(names, keyLabel(k, p.mac))
		}
		label = strings.Join(names, " ")
	}
	_, own := p.prefs.Keys[c.name]
	shown := el("span.none", label)
	if waiting {
		shown = el("span", p.t("keys-press"))
	} else if len(c.keys) > 0 {
		var keys []app.UI
		for _, k := range c.keys {
			keys = append(keys, el("kbd", keyLabel(k, p.mac)))
		}
		shown = el("span", keys)
	}
	return el("tr",
		el("td",
			el("button.rebind[type=button]", is("id", "key-"+c.name), is("data-id", c.name), is("aria-label", p.t(c.name)+"："+label), is("title", p.t("keys-change")),
				is("aria-pressed", waiting), does("click", p.onRebind, ""), shown),
			when(own, iconPress("undo", p.t("keys-reset-one"), p.onResetKey, "", is("data-id", c.name)))),
		el("td", p.t(c.name),
			when(waiting && p.rebind.said != "", el("p.clash", p.rebind.said+" ",
				when(p.rebind.clash != "", press("plain", p.t("keys-take"), p.takeOver, "", is("id", "keys-take")))))),
	)
}
