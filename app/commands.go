package app

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// command is something a reader can have done: one row of the table that draws
// the buttons, the shortcuts, the help sheet and the menus.
type command struct {
	name    string                         // data-command, and the key of its text
	keys    []string                       // shortcuts, as chord writes them
	group   string                         // "menu" to stand in the menu, "bar" for a button in the bar
	part    string                         // of the help sheet: one of helpParts
	run     func(p *Page, ctx app.Context) // what it does
	enabled func(p *Page) bool             // nil: always
}

// commands is the table. It is made by a function because the commands refer
// to the page, which refers to the table.
func commands() []command {
	return []command{
		// First, since with h j k l they have letters of others, while the article has the focus.
		{name: "word-next", part: "walk", keys: []string{"ArrowRight"}, run: walks(byWord, 1, false), enabled: (*Page).onText},
		{name: "word-prev", part: "walk", keys: []string{"ArrowLeft"}, run: walks(byWord, -1, false), enabled: (*Page).onText},
		{name: "sentence-next", part: "walk", keys: []string{"Mod+ArrowRight"}, run: walks(bySentence, 1, false), enabled: (*Page).onText},
		{name: "sentence-prev", part: "walk", keys: []string{"Mod+ArrowLeft"}, run: walks(bySentence, -1, false), enabled: (*Page).onText},
		{name: "line-down", part: "walk", keys: []string{"ArrowDown"}, run: walks(byLine, 1, false), enabled: (*Page).onLines},
		{name: "line-up", part: "walk", keys: []string{"ArrowUp"}, run: walks(byLine, -1, false), enabled: (*Page).onLines},
		{name: "word-next-extend", part: "walk", keys: []string{"Shift+ArrowRight"}, run: walks(byWord, 1, true), enabled: (*Page).onText},
		{name: "word-prev-extend", part: "walk", keys: []string{"Shift+ArrowLeft"}, run: walks(byWord, -1, true), enabled: (*Page).onText},
		{name: "sentence-next-extend", part: "walk", keys: []string{"Mod+Shift+ArrowRight"}, run: walks(bySentence, 1, true), enabled: (*Page).onText},
		{name: "sentence-prev-extend", part: "walk", keys: []string{"Mod+Shift+ArrowLeft"}, run: walks(bySentence, -1, true), enabled: (*Page).onText},
		{name: "line-down-extend", part: "walk", keys: []string{"Shift+ArrowDown"}, run: walks(byLine, 1, true), enabled: (*Page).onLines},
		{name: "line-up-extend", part: "walk", keys: []string{"Shift+ArrowUp"}, run: walks(byLine, -1, true), enabled: (*Page).onLines},
		{name: "undo", keys: []string{"Mod+z"}, group: "bar", run: (*Page).undo, enabled: func(p *Page) bool { return p.canUndo() }},
		{name: "redo", keys: []string{"Mod+Shift+z", "Mod+y"}, group: "bar", run: (*Page).redo, enabled: func(p *Page) bool { return p.canRedo() }},
		{name: "export-json", keys: []string{"Mod+Shift+e"}, group: "bar", run: (*Page).exportArticle},
		{name: "export-as", keys: []string{"e"}, group: "menu", run: func(p *Page, ctx app.Context) { p.toggle("export-as") }},
		{name: "export-all", group: "menu", run: (*Page).exportAll},
		{name: "open-file", keys: []string{"o"}, group: "menu", run: (*Page).openFile},
		{name: "overview", keys: []string{"d"}, group: "menu", run: func(p *Page, ctx app.Context) { p.flushNote(ctx); p.toggle("overview") }},
		{name: "relations", keys: []string{"r"}, group: "menu", run: (*Page).toggleArcs, enabled: func(p *Page) bool { return p.doc != nil }},
		{name: "types", keys: []string{"c"}, group: "menu", run: func(p *Page, ctx app.Context) { p.kinds = kinds{}; p.toggle("types") }},
		{name: "paste", keys: []string{"v"}, group: "menu", run: (*Page).pasteSheet},
		{name: "import", keys: []string{"Mod+Shift+i"}, group: "menu", run: (*Page).importFile},
		{name: "articles", keys: []string{"l"}, run: func(p *Page, ctx app.Context) { p.toggle("articles") }},
		{name: "settings", keys: []string{","}, run: func(p *Page, ctx app.Context) { p.measure(); p.toggle("settings") }},
		{name: "search", part: "find", keys: []string{"/", "Mod+f"}, run: (*Page).focusSearch, enabled: func(p *Page) bool { return !p.modal() }},
		{name: "attach", keys: []string{"a"}, run: (*Page).attach, enabled: (*Page).canAttach},
		{name: "search-next", part: "find", keys: []string{"F3", "Mod+g"}, run: func(p *Page, ctx app.Context) { p.stepFound(ctx, 1) }, enabled: (*Page).asked},
		{name: "search-prev", part: "find", keys: []string{"Shift+F3", "Mod+Shift+g"}, run: func(p *Page, ctx app.Context) { p.stepFound(ctx, -1) }, enabled: (*Page).asked},
		{name: "search-tag", part: "find", keys: []string{"t"}, run: (*Page).askTagFound, enabled: func(p *Page) bool { return p.asked() && len(p.find.hits) > 0 }},
		{name: "keep-together", keys: []string{"w"}, run: (*Page).keepTogether, enabled: func(p *Page) bool { return p.pending != nil }},
		{name: "words", group: "menu", run: func(p *Page, ctx app.Context) { p.wordFaults, p.wordsAdded = nil, ""; p.toggle("words") }},
		{name: "end-later", part: "span", keys: []string{"Alt+ArrowRight"}, run: adjusts(true, 1, false), enabled: (*Page).adjustable},
		{name: "end-earlier", part: "span", keys: []string{"Alt+ArrowLeft"}, run: adjusts(true, -1, false), enabled: (*Page).adjustable},
		{name: "start-earlier", part: "span", keys: []string{"Alt+ArrowUp"}, run: adjusts(false, -1, false), enabled: (*Page).adjustable},
		{name: "start-later", part: "span", keys: []string{"Alt+ArrowDown"}, run: adjusts(false, 1, false), enabled: (*Page).adjustable},
		{name: "end-later-char", part: "span", keys: []string{"Alt+Shift+ArrowRight"}, run: adjusts(true, 1, true), enabled: (*Page).adjustable},
		{name: "end-earlier-char", part: "span", keys: []string{"Alt+Shift+ArrowLeft"}, run: adjusts(true, -1, true), enabled: (*Page).adjustable},
		{name: "start-earlier-char", part: "span", keys: []string{"Alt+Shift+ArrowUp"}, run: adjusts(false, -1, true), enabled: (*Page).adjustable},
		{name: "start-later-char", part: "span", keys: []string{"Alt+Shift+ArrowDown"}, run: adjusts(false, 1, true), enabled: (*Page).adjustable},
		{name: "accept", keys: []string{"y"}, run: func(p *Page, ctx app.Context) { p.answer(ctx, p.chosenSuggestion, true) }, enabled: (*Page).onSuggestion},
		{name: "reject", keys: []string{"n"}, run: func(p *Page, ctx app.Context) { p.answer(ctx, p.chosenSuggestion, false) }, enabled: (*Page).onSuggestion},
		{name: "next", keys: []string{"n", "j"}, run: func(p *Page, ctx app.Context) { p.step(ctx, 1) }},
		{name: "previous", keys: []string{"p", "k"}, run: func(p *Page, ctx app.Context) { p.step(ctx, -1) }},
		{name: "suggest", keys: []string{"g"}, run: (*Page).suggest, enabled: func(p *Page) bool { return p.doc != nil }},
		{name: "note", keys: []string{"Enter"}, run: (*Page).openNote, enabled: func(p *Page) bool { return p.chosen != "" || p.cursorAnnotation() != nil }},
		{name: "delete", keys: []string{"Delete", "Backspace"}, run: (*Page).deleteChosen, enabled: func(p *Page) bool { return p.chosen != "" }},
		{name: "check-source", group: "menu", run: (*Page).checkSource, enabled: func(p *Page) bool { return p.doc != nil }},
		{name: "doubts", keys: []string{"u"}, group: "menu", run: (*Page).toggleDoubts},
		{name: "explain", keys: []string{"i"}, group: "menu", run: (*Page).explainSelection},
		{name: "script-next", keys: []string{"s"}, run: (*Page).nextScript},
		{name: "examine", group: "menu", run: (*Page).examine},
		{name: "help", keys: []string{"?"}, group: "menu", run: func(p *Page, ctx app.Context) { p.toggle("help") }},
		{name: "guide", group: "menu", run: func(p *Page, ctx app.Context) { p.toggle("guide") }},
		{name: "about", group: "menu", run: func(p *Page, ctx app.Context) { p.toggle("about") }},
		{name: "install", group: "install", run: (*Page).install, enabled: func(p *Page) bool { return p.offered }},
		{name: "leave", keys: []string{"Escape"}, run: (*Page).leave},
	}
}

func (p *Page) command(name string) *command {
	for i := range p.commands {
		if p.commands[i].name == name {
			return &p.commands[i]
		}
	}
	return nil
}

// perform runs a command of the table, if it can be run now.
func (p *Page) perform(ctx app.Context, name string) {
	if c := p.command(name); c != nil && (c.enabled == nil || c.enabled(p)) {
		c.run(p, ctx)
	}
}

// chord writes a key press the way the table does: Mod is Control, or Command
// on a Mac; Shift is written only with letters and named keys, since it is part
// of what "?" is.
func chord(key string, ctrl, meta, shift, alt, mac bool) string {
	mod, other := ctrl, meta
	if mac {
		mod, other = meta, ctrl
	}
	if other {
		return ""
	}
	var b strings.Builder
	if mod {
		b.WriteString("Mod+")
	}
	if alt {
		b.WriteString("Alt+")
	}
	if len(key) == 1 {
		lower := strings.ToLower(key)
		if shift && (lower != key || mod) {
			b.WriteString("Shift+")
		}
		b.WriteString(lower)
		return b.String()
	}
	if shift {
		b.WriteString("Shift+")
	}
	b.WriteString(key)
	return b.String()
}

// keyLabel is a shortcut as a reader reads it.
func keyLabel(keys string, mac bool) string {
	names := [][2]string{{"Mod+", "Ctrl+"}, {"Alt+", "Alt+"}, {"Shift+", "Shift+"}}
	if mac {
		names = [][2]string{{"Mod+", "⌘"}, {"Alt+", "⌥"}, {"Shift+", "⇧"}}
	}
	label := ""
	for _, n := range names {
		if rest, ok := strings.CutPrefix(keys, n[0]); ok && rest != "" {
			label, keys = label+n[1], rest
		}
	}
	if len(keys) == 1 {
		keys = strings.ToUpper(keys)
	}
	if arrow, ok := arrows[keys]; ok {
		keys = arrow
	}
	return label + keys
}

var arrows = map[string]string{"ArrowLeft": "←", "ArrowRight": "→", "ArrowUp": "↑", "ArrowDown": "↓", "Escape": "Esc", "Delete": "Del"}

func (p *Page) onSuggestion() bool { return p.chosenSuggestion != "" }
