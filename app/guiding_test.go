package app

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// The about page names everything that is linked into the program, in the
// version that is linked, and the file with the licences holds each of them.
func TestShippedWorks(t *testing.T) {
	cmd := exec.Command("go", "list", "-tags", "ne", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{end}}{{end}}", "../wasm")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("list what is linked: %v", err)
	}
	licences, err := os.ReadFile("../web/static/licenses.txt")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, w := range shippedWorks {
		named[w[0]+" "+w[1]] = true
	}
	for line := range strings.FieldsFuncSeq(string(out), func(r rune) bool { return r == '\n' }) {
		if !named[line] {
			t.Errorf("expected the about page to name %s (shippedWorks)", line)
		}
		if !strings.Contains(string(licences), "==== "+line+" ====") {
			t.Errorf("expected licenses.txt to hold the licence of %s; `go generate ./web` writes it", line)
		}
	}
	for _, name := range []string{"Go (go.dev)", "The dictionaries"} {
		if !strings.Contains(string(licences), "==== "+name+" ====") {
			t.Errorf("expected licenses.txt to hold the licence of %s", name)
		}
	}
}
