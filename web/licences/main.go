// Command licences writes the licences of everything that readers are sent to
// web/static/licenses.txt: of the modules that are linked into the browser's
// program, of Go, and of the dictionaries.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	text, err := gather()
	if err == nil {
		err = os.WriteFile("static/licenses.txt", text, 0o644)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// gather reads the licences; it is run in the folder of the host.
func gather() ([]byte, error) {
	run := func(args ...string) (string, error) {
		cmd := exec.Command("go", args...)
		cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
		out, err := cmd.Output()
		if err != nil {
			return "", fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
		}
		return strings.TrimSpace(string(out)), nil
	}
	var b bytes.Buffer
	part := func(name string, files ...string) error {
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				return fmt.Errorf("licence of %s: %w", name, err)
			}
			fmt.Fprintf(&b, "==== %s ====\n\n%s\n\n", name, bytes.TrimSpace(data))
		}
		return nil
	}
	root, err := run("env", "GOROOT")
	if err != nil {
		return nil, err
	}
	if err := part("Go (go.dev)", filepath.Join(root, "LICENSE")); err != nil {
		return nil, err
	}
	list, err := run("list", "-tags", "ne", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}|{{.Dir}}{{end}}{{end}}", "../wasm")
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, line := range strings.Split(list, "\n") {
		name, at, ok := strings.Cut(line, "|")
		if !ok || seen[name] {
			continue
		}
		seen[name] = true
		files, _ := filepath.Glob(filepath.Join(at, "LICEN*")) // the pattern is well formed
		notices, _ := filepath.Glob(filepath.Join(at, "NOTICE*"))
		if len(files) == 0 {
			return nil, fmt.Errorf("%s has no licence file", name)
		}
		if err := part(name, append(files, notices...)...); err != nil {
			return nil, err
		}
	}
	if err := part("The dictionaries", "../app/lexicon/NOTICE.txt", "../app/lexicon/LICENSE-APACHE.txt"); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
