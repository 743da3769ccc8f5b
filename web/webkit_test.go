package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// webkit is WebKitGTK's small browser, driven by WebDriver (w3.org/TR/webdriver2).
// It needs a screen, so it gets one of its own in memory.
type webkit struct {
	session string // its address
	folder  string

	mu   sync.Mutex
	said []string
}

func startWebKit(t *testing.T) engine {
	t.Helper()
	driver, err := exec.LookPath("WebKitWebDriver")
	if err != nil {
		missing(t, "WebKitWebDriver", "webkit2gtk-driver")
	}
	browsers, _ := filepath.Glob("/usr/lib/*/webkit2gtk-4.*/MiniBrowser")
	if len(browsers) == 0 {
		missing(t, "WebKit's MiniBrowser", "webkit2gtk-driver")
	}
	home, err := os.MkdirTemp("", "pizhu-webkit")
	if err != nil {
		t.Fatal(err)
	}
	w := &webkit{folder: filepath.Join(home, "saved")}
	for _, dir := range []string{w.folder, filepath.Join(home, ".config")} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	writeFile(t, filepath.Join(home, ".config", "user-dirs.dirs"), `XDG_DOWNLOAD_DIR="`+w.folder+`"`+"\n")
	t.Cleanup(func() { os.RemoveAll(home) })

	env := append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+filepath.Join(home, ".config"), "XDG_RUNTIME_DIR="+home,
		"LANG=C.UTF-8", "NO_AT_BRIDGE=1", "GDK_BACKEND=x11", "LIBGL_ALWAYS_SOFTWARE=1", "DISPLAY="+screen(t))
	port := freePort(t)
	cmd := exec.Command(driver, "--port="+port)
	cmd.Env = env
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("WebKitWebDriver does not start: %v", err)
	}
	go w.listen(out)
	t.Cleanup(func() {
		w.command(http.MethodDelete, "", nil, nil)
		end(cmd.Process.Pid)
		cmd.Wait()
	})
	root := "http://127.0.0.1:" + port + "/session"
	for limit := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if c, err := net.Dial("tcp", "127.0.0.1:"+port); err == nil {
			c.Close()
			break
		} else if time.Now().After(limit) {
			t.Fatalf("WebKitWebDriver did not listen in 20 s: %v", err)
		}
	}
	var made struct{ SessionID string }
	w.session = root
	err = w.command(http.MethodPost, "", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"webkitgtk:browserOptions": map[string]any{"binary": browsers[len(browsers)-1], "args": []string{"--automation", "--enable-write-console-messages-to-stdout=true"}},
	}}}, &made)
	if err != nil {
		t.Fatalf("WebKit does not start: %v", err)
	}
	w.session = root + "/" + made.SessionID
	if err := w.command(http.MethodPost, "/window/rect", map[string]any{"width": 1280, "height": 900}, nil); err != nil {
		t.Fatalf("WebKit's window: %v", err)
	}
	return w
}

// screen is a display in memory, for as long as the test runs.
func screen(t *testing.T) string {
	t.Helper()
	binary, err := exec.LookPath("Xvfb")
	if err != nil {
		missing(t, "Xvfb", "xvfb")
	}
	r, number, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	cmd := exec.Command(binary, "-displayfd", "3", "-screen", "0", "1400x1000x24", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{number}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatalf("Xvfb does not start: %v", err)
	}
	number.Close()
	t.Cleanup(func() { end(cmd.Process.Pid); cmd.Wait() })
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb gave no display: %v", err)
	}
	return ":" + strings.TrimSpace(line)
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// listen keeps the errors of the page's console, which the browser prints.
func (w *webkit) listen(out io.Reader) {
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if line := lines.Text(); strings.Contains(line, "CONSOLE") && strings.Contains(line, "ERROR") {
			w.mu.Lock()
			w.said = append(w.said, line)
			w.mu.Unlock()
		}
	}
}

func (w *webkit) command(method, path string, body, value any) error {
	var sent io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return err
		}
		sent = bytes.NewReader(data)
	}
	request, err := http.NewRequest(method, w.session+path, sent)
	if err != nil {
		return err
	}
	response, err := (&http.Client{Timeout: time.Minute}).Do(request)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	defer response.Body.Close()
	var answer struct{ Value json.RawMessage }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if response.StatusCode != http.StatusOK {
		var e struct{ Error, Message string }
		json.Unmarshal(answer.Value, &e)
		return fmt.Errorf("%s: %s: %s", path, e.Error, e.Message)
	}
	if value == nil {
		return nil
	}
	return json.Unmarshal(answer.Value, value)
}

func (w *webkit) visit(url string) error {
	if url == "" {
		return w.command(http.MethodPost, "/refresh", map[string]any{}, nil)
	}
	return w.command(http.MethodPost, "/url", map[string]any{"url": url}, nil)
}

func (w *webkit) run(js string) ([]byte, error) {
	var answer []string
	err := w.command(http.MethodPost, "/execute/async", map[string]any{"args": []any{},
		"script": `const done = arguments[arguments.length - 1]; ` + asJSON(js) + `.then(v => done([v]), e => done(["", String(e)]))`}, &answer)
	if err == nil && len(answer) > 1 {
		err = fmt.Errorf("%s", answer[1])
	}
	if err != nil || len(answer) == 0 {
		return nil, err
	}
	return []byte(answer[0]), nil
}

func (w *webkit) perform(actions []any) error {
	return w.command(http.MethodPost, "/actions", map[string]any{"actions": actions}, nil)
}

func (w *webkit) drag(points ...point) error { return w.perform(mouseActions(points)) }
func (w *webkit) press(keys ...string) error { return w.perform(keyActions(keys)) }
func (w *webkit) picture() ([]byte, error) {
	var png []byte
	err := w.command(http.MethodGet, "/screenshot", nil, &png)
	return png, err
}

func (w *webkit) saved() string { return w.folder }

func (w *webkit) faults() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string(nil), w.said...)
}
