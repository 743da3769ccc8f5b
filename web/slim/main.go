// Command slim makes the browser's program smaller, before and after it is built.
// Without it everything builds and works the same.
//
//	go run ./web/slim overlay overlay.json
//	GOOS=js GOARCH=wasm go build -overlay overlay.json -ldflags=-w -o whole.wasm …
//	go run ./web/slim pack whole.wasm folder
//
// The overlay has, for packages of the standard library that the program links
// through its libraries and never uses, small stand-ins from the folders beside
// this file: it takes a third of the program away, and a good part of its start.
// What pack does is told there, in begin.go and in split.go: the folder gets app.wasm,
// which a start runs, app.rest.wasm, and app.js, with which a page puts the two
// together. What a start runs is in start.txt, made by
//
//	go run ./web/bench -started | go run ./web/slim name whole.wasm
package main

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// standIns are the packages and the folders of what stands in for them.
var standIns = map[string]string{
	"net/http": "http", "encoding/gob": "gob", "regexp": "regexp", "log": "log", "net/netip": "netip",
	"crypto/rand": "rand", "crypto/aes": "aes", "crypto/cipher": "cipher", "crypto/internal/fips140only": "fips140only",
}

func main() {
	var err error
	switch args := os.Args[1:]; {
	case len(args) == 2 && args[0] == "overlay":
		err = writeOverlay(args[1])
	case len(args) == 3 && args[0] == "pack":
		err = packFile(args[1], args[2])
	case len(args) == 2 && args[0] == "name":
		err = writeNames(args[1], os.Stdin, os.Stdout)
	default:
		fmt.Fprintln(os.Stderr, "usage: slim overlay FILE, slim pack FILE FOLDER, slim name FILE")
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "slim %s: %v\n", strings.Join(os.Args[1:], " "), err)
		os.Exit(1)
	}
}

// packFile writes the two parts of a program.
func packFile(name, folder string) error {
	wasm, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if wasm, err = pack(wasm); err != nil {
		return err
	}
	if wasm, err = begin(wasm); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	first, rest, err := split(wasm, atStart)
	if err != nil {
		return err
	}
	goHalf, err := goScript()
	if err != nil {
		return err
	}
	for name, data := range map[string][]byte{"app.wasm": first, "app.rest.wasm": rest, "app.js": append(goHalf, pageHalf...)} {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

//go:embed page.js
var pageHalf []byte

// goScript is what a page needs to run a program of this Go.
func goScript() ([]byte, error) {
	root, err := tool("env", "GOROOT")
	if err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(root, "lib", "wasm", "wasm_exec.js"))
}

//go:embed start.txt
var startList string

var startNames = func() map[string]bool {
	names := map[string]bool{}
	for line := range strings.Lines(startList) {
		names[strings.TrimSpace(line)] = true
	}
	return names
}()

// always are the packages whose functions are in the first part: which of them run as
// a program starts depends on the moment, and on the Go that built it. Of the runtime's,
// seldom are those that begin it, which was done when the program was built, that say
// why it ends, and that watch it.
var always = []string{"runtime.", "internal_runtime", "internal_sync.", "internal_chacha8rand.", "internal_bytealg.", "internal_stringslite.", "sync.", "sync_", "syscall_js.", "type:"}

var seldom = []string{
	"runtime.init", "runtime.doInit", "runtime.main", "runtime.sched", "runtime.malloci", "runtime.procresize", "runtime.check", "runtime.parse", "runtime.rand", "runtime.mcommoninit", "runtime.typelinks", "runtime.typesEqual", "runtime.modules", "runtime.moduledata", "runtime.test", "runtime.goenvs",
	"runtime.print", "runtime.preprint", "runtime.panic", "runtime.fatal", "runtime.throw", "runtime.dopanic", "runtime.startpanic", "runtime.crash", "runtime.goroutineheader", "runtime.boundsError", "runtime.__TypeAssertion", "runtime.badPointer", "runtime.hexdump", "runtime.__hexdump", "runtime.show",
	"runtime.trace", "runtime.__trace", "runtime.dump", "runtime.gcDump", "runtime.__profBuf", "runtime.stkbucket", "runtime.fpunwind", "runtime.readMetrics", "runtime.debug", "runtime.cgo", "runtime.allocm", "runtime.startm", "runtime.handoffp", "runtime.mexit", "runtime.entersyscall", "runtime.exitsyscall", "runtime.reentersyscall", "runtime.runGCProg",
}

// atStart reports whether a function belongs into the first part.
func atStart(name string) bool { return startNames[name] || isAlways(name) }

// isAlways goes by how Go's linker writes names, with "_" for all but letters,
// digits and dots. One without a package is the machine's own.
func isAlways(name string) bool {
	of := func(prefix string) bool { return strings.HasPrefix(name, prefix) }
	return !strings.Contains(name, ".") || slices.ContainsFunc(always, of) && !slices.ContainsFunc(seldom, of)
}

// writeNames writes start.txt: the Go that built the program, and the names, in order, of the functions whose numbers are read.
func writeNames(name string, numbers io.Reader, w io.Writer) error {
	wasm, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	m, err := parseModule(wasm)
	if err != nil {
		return err
	}
	var names []string
	for in := bufio.NewScanner(numbers); in.Scan(); {
		n, err := strconv.Atoi(in.Text())
		if err != nil {
			return fmt.Errorf("expected a number of a function: %w", err)
		}
		if name := m.names[n]; name != "" && !isAlways(name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return errors.New("expected numbers of functions, got none")
	}
	slices.Sort(names)
	_, err = fmt.Fprintf(w, "# %s\n%s\n", runtime.Version(), strings.Join(slices.Compact(names), "\n"))
	return err
}

func writeOverlay(name string) error {
	root, err := tool("env", "GOROOT")
	if err != nil {
		return err
	}
	here, err := tool("list", "-f", "{{.Dir}}", "pizhu/web/slim")
	if err != nil {
		return err
	}
	overlay, err := replace(filepath.Join(root, "src"), here)
	if err != nil {
		return err
	}
	tables := filepath.Join(root, "src", "unicode", "tables.go")
	source, err := os.ReadFile(tables)
	if err != nil {
		return err
	}
	if source, err = withoutScripts(source); err != nil {
		return fmt.Errorf("%s: %w", tables, err)
	}
	if overlay[tables], err = filepath.Abs(name + ".unicode"); err != nil {
		return err
	}
	if err := os.WriteFile(overlay[tables], source, 0o644); err != nil {
		return err
	}
	data, err := json.MarshalIndent(map[string]any{"Replace": overlay}, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}

// replace maps every file of the packages to nothing, and one more to the
// stand-in.
func replace(std, here string) (map[string]string, error) {
	overlay := map[string]string{}
	for pkg, folder := range standIns {
		dir := filepath.Join(std, filepath.FromSlash(pkg))
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(files) == 0 {
			return nil, fmt.Errorf("expected the sources of %s in %s: %w", pkg, dir, err)
		}
		for _, f := range files {
			overlay[f] = ""
		}
		overlay[filepath.Join(dir, "standin.go")] = filepath.Join(here, folder, folder+".go")
	}
	return overlay, nil
}

var scripts = regexp.MustCompile(`(?s)\nvar Scripts = map\[string\]\*RangeTable\{\n.*?\n\}\n`)

// withoutScripts takes package unicode's table of all scripts by name away, but
// for the two that gse looks up: filled as the program starts, it held 160
// tables and 50 KB of code that nobody asks for.
func withoutScripts(source []byte) ([]byte, error) {
	if n := len(scripts.FindAll(source, -1)); n != 1 {
		return nil, fmt.Errorf("expected one table of scripts, there are %d", n)
	}
	return scripts.ReplaceAll(source, []byte(`
var Scripts = map[string]*RangeTable{"Hiragana": Hiragana, "Katakana": Katakana}
`)), nil
}

func tool(args ...string) (string, error) {
	out, err := exec.Command("go", args...).Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}
