// Command slim makes the browser's program smaller, before and after it is built.
// Without it everything builds and works the same.
//
//	go run ./web/slim overlay overlay.json
//	GOOS=js GOARCH=wasm go build -overlay overlay.json -o app.wasm …
//	go run ./web/slim pack app.wasm
//
// The overlay has, for packages of the standard library that the program links
// through its libraries and never uses, small stand-ins from the folders beside
// this file: it takes a third of the program away, and a good part of its start.
// What pack does is told there.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// standIns are the packages and the folders of what stands in for them.
var standIns = map[string]string{
	"net/http": "http", "encoding/gob": "gob", "regexp": "regexp", "log": "log",
	"crypto/rand": "rand", "crypto/aes": "aes", "crypto/cipher": "cipher", "crypto/internal/fips140only": "fips140only",
}

func main() {
	steps := map[string]func(name string) error{"overlay": writeOverlay, "pack": packFile}
	if len(os.Args) != 3 || steps[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: slim overlay FILE, slim pack FILE")
		os.Exit(2)
	}
	if err := steps[os.Args[1]](os.Args[2]); err != nil {
		fmt.Fprintf(os.Stderr, "slim %s %s: %v\n", os.Args[1], os.Args[2], err)
		os.Exit(1)
	}
}

func packFile(name string) error {
	wasm, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if wasm, err = pack(wasm); err != nil {
		return err
	}
	return os.WriteFile(name, wasm, 0o755)
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
