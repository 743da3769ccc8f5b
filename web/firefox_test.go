package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/net/websocket"
)

// firefox is driven by WebDriver BiDi, which it speaks itself: JSON over a
// web socket (w3.org/TR/webdriver-bidi).
type firefox struct {
	conn   *websocket.Conn
	page   string // the browsing context
	folder string

	mu      sync.Mutex
	next    int
	answers map[int]chan bidiMessage
	said    []string
	gone    error
}

type bidiMessage struct {
	ID      int             `json:"id"`
	Type    string          `json:"type"` // success, error, event
	Method  string          `json:"method"`
	Result  json.RawMessage `json:"result"`
	Params  json.RawMessage `json:"params"`
	Error   string          `json:"error"`
	Message string          `json:"message"`
}

// firefoxPrefs keep it to itself, and let it save without asking.
const firefoxPrefs = `
user_pref("browser.download.folderList", 2);
user_pref("browser.download.dir", %q);
user_pref("browser.download.always_ask_before_handling_new_types", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.newtabpage.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("datareporting.healthreport.uploadEnabled", false);
user_pref("toolkit.telemetry.unified", false);
user_pref("app.normandy.enabled", false);
user_pref("app.update.enabled", false);
user_pref("extensions.update.enabled", false);
user_pref("services.settings.server", "data:,");
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("intl.accept_languages", "zh-TW");
`

func startFirefox(t *testing.T) engine {
	t.Helper()
	binary, err := exec.LookPath("firefox-esr")
	if err != nil {
		binary, err = exec.LookPath("firefox")
	}
	if err != nil {
		missing(t, "Firefox", "firefox-esr")
	}
	// Its processes write to the end, so its folder is not the test's own.
	profile, err := os.MkdirTemp("", "pizhu-firefox")
	if err != nil {
		t.Fatal(err)
	}
	f := &firefox{folder: filepath.Join(profile, "saved"), answers: map[int]chan bidiMessage{}}
	if err := os.Mkdir(f.folder, 0o755); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(profile, "user.js"), fmt.Sprintf(firefoxPrefs, f.folder))
	cmd := exec.Command(binary, "--headless", "--no-remote", "--profile", profile, "--width", "1280", "--height", "900",
		"--remote-debugging-port", "0", "--remote-allow-origins", "http://localhost", "about:blank")
	cmd.Env = append(os.Environ(), "HOME="+profile)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("Firefox does not start: %v", err)
	}
	t.Cleanup(func() {
		end(cmd.Process.Pid)
		cmd.Wait()
		os.RemoveAll(profile)
	})
	address := make(chan string, 1)
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if _, at, ok := strings.Cut(lines.Text(), "WebDriver BiDi listening on "); ok {
				address <- at
			}
		}
		close(address)
	}()
	select {
	case at, ok := <-address:
		if !ok {
			t.Fatal("Firefox ended before it could be driven")
		}
		if f.conn, err = websocket.Dial(at+"/session", "", "http://localhost"); err != nil {
			t.Fatalf("Firefox cannot be driven: %v", err)
		}
	case <-time.After(60 * time.Second):
		t.Fatal("Firefox did not say in 60 s where it can be driven")
	}
	t.Cleanup(func() { f.conn.Close() })
	go f.listen()

	var tree struct {
		Contexts []struct{ Context string }
	}
	for _, c := range []struct {
		method string
		params any
		result any
	}{
		{"session.new", map[string]any{"capabilities": map[string]any{}}, nil},
		{"session.subscribe", map[string]any{"events": []string{"log.entryAdded"}}, nil},
		{"browsingContext.getTree", map[string]any{}, &tree},
	} {
		if err := f.call(c.method, c.params, c.result); err != nil {
			t.Fatalf("Firefox: %v", err)
		}
	}
	f.page = tree.Contexts[0].Context
	return f
}

func (f *firefox) listen() {
	for {
		var m bidiMessage
		err := websocket.JSON.Receive(f.conn, &m)
		f.mu.Lock()
		if err != nil {
			f.gone = err
			for _, c := range f.answers {
				close(c)
			}
			f.answers = nil
			f.mu.Unlock()
			return
		}
		if m.Type == "event" {
			var e struct{ Level, Text string }
			if json.Unmarshal(m.Params, &e) == nil && e.Level == "error" {
				f.said = append(f.said, e.Text)
			}
		} else if c := f.answers[m.ID]; c != nil {
			c <- m
			delete(f.answers, m.ID)
		}
		f.mu.Unlock()
	}
}

func (f *firefox) call(method string, params, result any) error {
	f.mu.Lock()
	if f.gone != nil {
		f.mu.Unlock()
		return fmt.Errorf("%s: %w", method, f.gone)
	}
	f.next++
	id, answer := f.next, make(chan bidiMessage, 1)
	f.answers[id] = answer
	f.mu.Unlock()
	if err := websocket.JSON.Send(f.conn, map[string]any{"id": id, "method": method, "params": params}); err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	select {
	case m, ok := <-answer:
		switch {
		case !ok:
			return fmt.Errorf("%s: the browser is gone", method)
		case m.Type == "error":
			return fmt.Errorf("%s: %s: %s", method, m.Error, m.Message)
		case result != nil:
			return json.Unmarshal(m.Result, result)
		}
		return nil
	case <-time.After(60 * time.Second):
		return fmt.Errorf("%s: no answer in 60 s", method)
	}
}

func (f *firefox) visit(url string) error {
	if url == "" {
		return f.call("browsingContext.reload", map[string]any{"context": f.page, "wait": "complete"}, nil)
	}
	return f.call("browsingContext.navigate", map[string]any{"context": f.page, "url": url, "wait": "complete"}, nil)
}

func (f *firefox) run(js string) ([]byte, error) {
	var r struct {
		Type   string
		Result struct {
			Value string
		}
		ExceptionDetails struct{ Text string }
	}
	err := f.call("script.evaluate", map[string]any{"expression": asJSON(js), "target": map[string]any{"context": f.page}, "awaitPromise": true}, &r)
	if err == nil && r.Type == "exception" {
		err = errors.New(r.ExceptionDetails.Text)
	}
	return []byte(r.Result.Value), err
}

func (f *firefox) perform(actions []any) error {
	return f.call("input.performActions", map[string]any{"context": f.page, "actions": actions}, nil)
}

func (f *firefox) drag(points ...point) error { return f.perform(mouseActions(points)) }
func (f *firefox) press(keys ...string) error { return f.perform(keyActions(keys)) }
func (f *firefox) picture() ([]byte, error) {
	var shot struct{ Data []byte }
	err := f.call("browsingContext.captureScreenshot", map[string]any{"context": f.page}, &shot)
	return shot.Data, err
}

func (f *firefox) saved() string { return f.folder }

func (f *firefox) faults() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.said...)
}

// ---- what WebDriver and BiDi write alike ----

func mouseActions(points []point) []any {
	var steps []any
	for i, p := range points {
		move := map[string]any{"type": "pointerMove", "x": int(p.X), "y": int(p.Y), "duration": 0}
		if i > 0 {
			move["duration"] = 30 // some selections follow only a mouse that takes its time
		}
		steps = append(steps, move)
		if i == 0 {
			steps = append(steps, map[string]any{"type": "pointerDown", "button": 0})
		}
	}
	steps = append(steps, map[string]any{"type": "pointerUp", "button": 0})
	return []any{map[string]any{"type": "pointer", "id": "mouse", "parameters": map[string]any{"pointerType": "mouse"}, "actions": steps}}
}

// webDriverKeys are the keys that WebDriver writes as private characters.
var webDriverKeys = map[string]string{"Shift": "\ue008", "Control": "\ue009", "Escape": "\ue00c", "ArrowRight": "\ue014"}

func keyActions(keys []string) []any {
	var steps []any
	value := func(k string) string {
		if v, ok := webDriverKeys[k]; ok {
			return v
		}
		return k
	}
	for _, k := range keys {
		steps = append(steps, map[string]any{"type": "keyDown", "value": value(k)})
	}
	for i := len(keys) - 1; i >= 0; i-- {
		steps = append(steps, map[string]any{"type": "keyUp", "value": value(keys[i])})
	}
	return []any{map[string]any{"type": "key", "id": "keyboard", "actions": steps}}
}
