package main

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"html/template"
	"io/fs"
	"path"
	"slices"
	"strings"

	"pizhu/app"
	"pizhu/app/article"
	"pizhu/app/claims"
	"pizhu/app/lexicon"
	"pizhu/corpus"
)

//go:generate go run ./licences

//go:embed static page.html 404.html
var sources embed.FS

// The program as `make` built it, in two parts, and what a page needs to run it (web/slim).
//
//go:embed all:program
var program embed.FS

// errNotBuilt says that the host was built before the browser's program was.
var errNotBuilt = errors.New("the browser's program is not built yet: run `make build`, then build this again")

// file is one file of the site, as it is sent.
type file struct {
	body    []byte
	kind    string // Content-Type
	hash    string // of body, hexadecimal
	forever bool   // its name holds its hash, so it never changes
	online  bool   // left out of the offline copy
}

// site is every file by its path from the site's root; a directory's page is
// under the directory's name, "" for the root itself.
type site map[string]file

// policy lets the program's own files in and nothing else. A page of the
// static site carries it in a meta element, which cannot hold frame-ancestors;
// the server sends it as a header with that added.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; " +
	"connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; " +
	"require-trusted-types-for 'script'; trusted-types pizhu pizhu-inert"

var types = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".html": "text/html; charset=utf-8",
	".wasm": "application/wasm", ".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp", ".txt": "text/plain; charset=utf-8",
	".xml": "application/xml", ".md": "text/markdown; charset=utf-8", ".webmanifest": "application/manifest+json", ".json": "application/json", ".lex": "application/octet-stream",
	"": "text/html; charset=utf-8",
}

func hashOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:8])
}

func (s site) add(name string, body []byte) {
	kind, ok := types[path.Ext(name)]
	if !ok {
		kind = "application/octet-stream"
	}
	s[name] = file{body: body, kind: kind, hash: hashOf(body)}
}

// addHashed stores a file under a name that holds its hash and gives that name.
func (s site) addHashed(name string, body []byte) string {
	ext := path.Ext(name)
	hashed := fmt.Sprintf("static/%s.%s%s", strings.TrimSuffix(name, ext), hashOf(body)[:10], ext)
	s.add(hashed, body)
	f := s[hashed]
	f.forever = true
	s[hashed] = f
	return hashed
}

// build makes the site of some articles.
func build(articles []corpus.File) (site, error) {
	return buildWith(articles, func(_ string, data []byte) []byte { return data })
}

// buildWith is build with each file of the page's own passed through a function.
func buildWith(articles []corpus.File, pass func(name string, data []byte) []byte) (site, error) {
	s := site{}
	read := func(name string) []byte {
		data, err := sources.ReadFile("static/" + name)
		if err != nil {
			panic(err) // embedded above: a missing file does not compile into a working host
		}
		return pass(name, data)
	}
	built := map[string][]byte{"app.wasm": nil, "app.rest.wasm": nil, "app.js": nil}
	for name := range built {
		data, err := program.ReadFile("program/" + name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, errNotBuilt
		} else if err != nil {
			return nil, fmt.Errorf("read the program: %w", err)
		}
		built[name] = data
	}

	p := pageData{
		Policy:    policy,
		Wasm:      s.addHashed("app.wasm", built["app.wasm"]),
		Rest:      s.addHashed("app.rest.wasm", built["app.rest.wasm"]),
		Exec:      s.addHashed("app.js", built["app.js"]),
		CSS:       s.addHashed("page.css", append(read("page.css"), typeStyles()...)),
		Early:     s.addHashed("early.js", read("early.js")),
		Compile:   s.addHashed("compile.js", read("compile.js")),
		ArticleJS: s.addHashed("article.js", read("article.js")),
		Boot:      s.addHashed("boot.js", append(read("offline.js"), read("boot.js")...)),
		Open:      s.addHashed("open.js", append(read("readability.js"), read("open.js")...)),
	}
	for _, icon := range []string{"icon.svg", "icon-192.png", "icon-512.png", "icon-maskable-512.png", "icon-mono.svg", "screenshot-wide.webp", "screenshot-narrow.webp", "licenses.txt"} {
		if data, err := sources.ReadFile("static/" + icon); err == nil {
			s.add("static/"+icon, data)
		}
	}
	for _, a := range lexicon.Assets() {
		name := "static/" + a.File
		s.add(name, a.Data())
		f := s[name]
		f.forever = true
		s[name] = f
	}
	s.add("manifest.webmanifest", manifest())

	var lines []string
	for _, f := range articles {
		lines = append(lines, app.ShelfLine(f.Article, f.Name))
		s.add("corpus/"+f.Name, f.Data)
	}
	p.Shelf = strings.Join(lines, "\n")

	// The version is a hash of all that a visit loads, so the same build is never an update.
	p.Version = s.version()
	tmpl := template.Must(template.ParseFS(sources, "page.html"))
	render := func(at, root string, f corpus.File) error {
		q := p
		q.Root, q.File = root, f.Name
		if err := q.fill(f.Article); err != nil {
			return fmt.Errorf("page %q: %w", at, err)
		}
		var b bytes.Buffer
		if err := tmpl.Execute(&b, q); err != nil {
			return fmt.Errorf("page %q: %w", at, err)
		}
		s.add(at, b.Bytes())
		return nil
	}
	var first corpus.File
	for i, f := range articles {
		if i == 0 {
			first = f
		}
		if err := render("read/"+f.Article.Slug+"/", "../../", f); err != nil {
			return nil, err
		}
	}
	if err := render("", "./", first); err != nil {
		return nil, err
	}
	// Home for the reader's own articles, whose text is in the browser alone.
	if err := render("read/own/", "../../", corpus.File{}); err != nil {
		return nil, err
	}
	s.add("robots.txt", []byte("User-agent: *\nAllow: /\n"))
	if err := s.addMissingPage("/", p.CSS); err != nil {
		return nil, err
	}
	s.leaveOnline("robots.txt", missingPage, "static/screenshot-wide.webp", "static/screenshot-narrow.webp")
	s.add("sw.js", s.worker(read("sw.js")))
	return s, nil
}

// leaveOnline keeps files out of the offline copy: no reader's page asks for them.
func (s site) leaveOnline(names ...string) {
	for _, name := range names {
		if f, ok := s[name]; ok {
			f.online = true
			s[name] = f
		}
	}
}

func (s site) version() string {
	var b strings.Builder
	for _, name := range s.names() {
		fmt.Fprintln(&b, name, s[name].hash)
	}
	return hashOf([]byte(b.String()))
}

func (s site) names() []string {
	var names []string
	for name := range s {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// worker writes the list of what the offline copy holds into the service
// worker. Dictionaries are left to their first use: they are large, and
// reading and tagging do not need them.
func (s site) worker(src []byte) []byte {
	files, dictionaries := map[string]string{}, []string{}
	for _, name := range s.names() {
		switch {
		case path.Ext(name) == ".lex":
			dictionaries = append(dictionaries, name)
		case !s[name].online:
			files["./"+app.PathOf(name)] = s[name].hash
		}
	}
	list, err := json.Marshal(files)
	if err != nil {
		panic(err) // a map of strings always encodes
	}
	lexicons, err := json.Marshal(dictionaries)
	if err != nil {
		panic(err) // so does a list of them
	}
	src = bytes.Replace(src, []byte("{{.Files}}"), list, 1)
	src = bytes.Replace(src, []byte("{{.Dictionaries}}"), lexicons, 1)
	return bytes.Replace(src, []byte("{{.Version}}"), []byte(hashOf(list)), 1)
}

type pageData struct {
	Root, File, Policy, UILang, Title, Description, Author, Version string
	Wasm, Rest, Exec, CSS, Early, Compile, ArticleJS, Boot, Open    string
	Shelf                                                           string
	Chrome                                                          template.HTML
	Article                                                         *article.Article
	Byline, ReadingLabel, NoScript, BootError                       string
	Sections                                                        [][]template.HTML
}

// fill is the part of a page that depends on its article.
func (p *pageData) fill(a *article.Article) error {
	t := app.Texts("zh-Hant")
	p.UILang = "zh-Hant"
	chrome, err := settle(app.Chrome(a))
	if err != nil {
		return err
	}
	p.Chrome = template.HTML(chrome)
	p.ReadingLabel, p.NoScript, p.BootError = t("reading"), t("noscript"), t("boot-error")
	p.Title, p.Description = t("name"), t("tagline")
	if a == nil {
		return nil
	}
	p.Article = a
	p.Title = a.Title + " · " + t("name")
	p.Author = a.Author
	p.Description = summary(a)
	p.Byline = app.Byline(a, "zh-Hant")
	var section []template.HTML
	for i, b := range a.Blocks {
		tag := app.BlockTag(b)
		class := ""
		if b.Kind == article.Item {
			class = ` class="item"`
		}
		section = append(section, template.HTML(fmt.Sprintf(`<%s data-block="%d"%s>%s</%[1]s>`, tag, i, class, html.EscapeString(a.BlockText(i)))))
		if len(section) == 64 {
			p.Sections, section = append(p.Sections, section), nil
		}
	}
	if len(section) > 0 {
		p.Sections = append(p.Sections, section)
	}
	return nil
}

// summary is the first paragraph, cut to what a search engine shows.
func summary(a *article.Article) string {
	for i, b := range a.Blocks {
		if b.Kind == article.Paragraph {
			r := []rune(a.BlockText(i))
			if len(r) > 120 {
				return string(r[:119]) + "…"
			}
			return string(r)
		}
	}
	return a.Title
}

// typeStyles writes the claim types' colours and underlines, from the one table
// that the program uses, as a style sheet.
func typeStyles() []byte { return []byte(app.TypeStyles(claims.Types())) }
