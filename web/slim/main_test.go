package main

import (
	"os"
	"path/filepath"
	"testing"
)

// The overlay must name every source of each package, or the stand-in and the
// real one would be compiled together.
func TestOverlayLeavesNothingOfThePackages(t *testing.T) {
	root, err := tool("env", "GOROOT")
	if err != nil {
		t.Fatal(err)
	}
	std := filepath.Join(root, "src")
	overlay, err := replace(std, "here")
	if err != nil {
		t.Fatal(err)
	}
	for pkg, folder := range standIns {
		if _, err := os.Stat(filepath.Join(folder, folder+".go")); err != nil {
			t.Errorf("expected a stand-in for %s: %v", pkg, err)
		}
		added := 0
		for name, with := range overlay {
			if filepath.Dir(name) != filepath.Join(std, pkg) {
				continue
			}
			if with != "" {
				added++
				continue
			}
			if _, err := os.Stat(name); err != nil {
				t.Errorf("expected to leave out what is there: %v", err)
			}
		}
		if added != 1 {
			t.Errorf("expected one stand-in for %s, there are %d", pkg, added)
		}
	}
}
