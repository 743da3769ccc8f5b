// Command slim writes the overlay that the browser's program is built with: for
// three packages of the standard library, which the program links through its
// libraries and never uses, small stand-ins from the folders beside this file.
// It takes a third of the program away, and a good part of its start; without
// the overlay everything builds and works the same.
//
//	go run ./web/slim overlay.json
//	GOOS=js GOARCH=wasm go build -overlay overlay.json …
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// standIns are the packages and the folders of what stands in for them.
var standIns = map[string]string{"net/http": "http", "encoding/gob": "gob", "regexp": "regexp"}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: slim FILE")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "slim:", err)
		os.Exit(1)
	}
}

func write(name string) error {
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

func tool(args ...string) (string, error) {
	out, err := exec.Command("go", args...).Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}
