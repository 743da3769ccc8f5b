package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"pizhu/app/annotation"
)

// mortal is a browser of its own, with a profile on the disk, that can be
// killed with all its processes at once.
type mortal struct {
	*testing.T
	profile string
	cmd     *exec.Cmd
	tab     *tab
	end     func()
}

func (m *mortal) start() {
	m.Helper()
	opts := append(browserOptions(), chromedp.UserDataDir(m.profile), chromedp.ModifyCmdFunc(func(cmd *exec.Cmd) {
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		m.cmd = cmd
	}))
	alloc, end := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, cancel := chromedp.NewContext(alloc)
	ctx, stop := context.WithTimeout(ctx, 2*time.Minute)
	m.end = func() { m.kill(); cancel(); stop(); end() }
	m.Cleanup(m.end)
	m.tab = &tab{T: m.T, ctx: ctx}
	m.tab.attach()
}

// kill ends every process of the browser, without a word of warning.
func (m *mortal) kill() {
	if m.cmd != nil && m.cmd.Process != nil {
		syscall.Kill(-m.cmd.Process.Pid, syscall.SIGKILL)
	}
	m.cmd = nil
}

// tagging makes annotations one after the other, as a reader makes them: it
// selects, waits for the palette, presses a digit, and at times writes a note.
// Each is told once the page says that all is saved.
const tagging = `(async () => {
	const sleep = (ms) => new Promise(r => setTimeout(r, ms));
	const until = async (f) => { while (!f()) await sleep(4); };
	const keys = () => Object.keys(localStorage).filter(k => k.startsWith("pizhu/1/a/"));
	const saved = () => document.querySelector(".status .saved");
	let known = new Set(keys());
	for (let i = $1; ; i++) {
		const block = [...document.querySelectorAll("[data-block]")].filter(p => p.textContent.length > 20)[i % 15];
		const unit = (i / 15 | 0) * 2 % (block.textContent.length - 3);
		pizhu.select(+block.dataset.block, unit, +block.dataset.block, unit + 2);
		await until(() => !document.getElementById("palette").hidden);
		dispatchEvent(new KeyboardEvent("keydown", {key: String(1 + i % 9), bubbles: true, cancelable: true}));
		let made;
		await until(() => made = keys().find(k => !known.has(k)));
		known.add(made);
		await until(saved);
		acknowledged(JSON.stringify([made, localStorage[made]]));
		if (i % 3 === 0) {
			document.querySelector('[data-annotation="urn:uuid:' + made.split("/").pop() + '"] .pick')?.click();
			const note = () => document.getElementById("edit-note");
			for (let n = 0; n < 100 && !note(); n++) await sleep(4);
			if (note()) {
				const before = localStorage[made];
				note().value = "第" + i + "條";
				note().dispatchEvent(new InputEvent("input", {bubbles: true}));
				await until(() => localStorage[made] !== before);
				await until(saved);
				acknowledged(JSON.stringify([made, localStorage[made]]));
				note().blur();
			}
		}
	}
})()`

// TestKilledBrowserLosesNothing kills a browser at random moments while
// annotations are being made. PIZHU_SOAK is how often; each round starts from
// what the one before has left.
func TestKilledBrowserLosesNothing(t *testing.T) {
	rounds := 6
	if n, err := strconv.Atoi(os.Getenv("PIZHU_SOAK")); err == nil {
		rounds = n
	}
	h := start(t)
	profile, err := os.MkdirTemp("", "pizhu-killed")
	if err != nil {
		t.Fatal(err)
	}
	m := &mortal{T: t, profile: profile}
	t.Cleanup(func() { os.RemoveAll(profile) })
	acknowledged := map[string]string{} // key → the last record that was said to be saved
	made, said, onDisk := 0, 0, 0
	for round := range rounds {
		began := time.Now()
		m.start()
		b := m.tab
		type ack struct {
			at         time.Time
			key, value string
		}
		acks := make(chan ack, 10000)
		b.do(call(runtime.AddBinding, runtime.AddBindingParams{Name: "acknowledged"}))
		chromedp.Listen(b.ctx, func(ev any) {
			if e, ok := ev.(*runtime.EventBindingCalled); ok {
				var pair [2]string
				if json.Unmarshal([]byte(e.Payload), &pair) == nil {
					acks <- ack{time.Now(), pair[0], pair[1]}
				}
			}
		})
		// What the disk had of localStorage, before the program has put it right.
		b.do(chromedp.Navigate(h.url + "/404.html"))
		was := eval[map[string]string](b, `({...localStorage})`)
		b.open(h.url + "/")
		b.until(fmt.Sprintf("round %d: every annotation that was said to be saved to be there again", round),
			`Object.keys($1).every(k => k in localStorage)`, acknowledged)
		b.until("what was brought back to be shown", `document.querySelectorAll("#list [data-annotation]").length > 0 || !Object.keys($1).length`, acknowledged)
		kept := eval[map[string]string](b, `({...localStorage})`)
		for key, value := range acknowledged {
			said++
			if was[key] == value {
				onDisk++
			}
			// It may have been changed in the last moments before the kill.
			if kept[key] != value && !later(kept[key], value) {
				t.Errorf("round %d: %s was saved as %q, it is now %q", round, key, value, kept[key])
			}
		}
		for key, value := range kept {
			if strings.HasPrefix(key, "pizhu/quarantine/") {
				t.Errorf("round %d: expected no unreadable record, %s is one: %q", round, key, value)
			}
		}
		if n := eval[int](b, `document.querySelectorAll('[data-notice="damaged"]').length`); n > 0 {
			t.Errorf("round %d: the page says that records were damaged", round)
		}
		b.clean()

		acknowledged = map[string]string{}
		for key, value := range kept {
			if strings.HasPrefix(key, "pizhu/1/a/") {
				acknowledged[key] = value
			}
		}
		go chromedp.Do(b.ctx, call(runtime.Evaluate, runtime.EvaluateParams{Expression: strings.ReplaceAll(tagging, "$1", strconv.Itoa(made))}))
		var first ack
		select {
		case first = <-acks:
		case <-time.After(30 * time.Second):
			t.Fatalf("round %d: expected an annotation to be made and saved; none was in 30 s: %v", round, b.problems())
		}
		time.Sleep(time.Duration(rand.IntN(900)) * time.Millisecond)
		killed := time.Now()
		m.end()
		for list := []ack{first}; len(list) > 0; {
			if a := list[0]; killed.Sub(a.at) > 200*time.Millisecond {
				acknowledged[a.key] = a.value
			}
			list = nil
			select {
			case a := <-acks:
				list = []ack{a}
				made++
			default:
			}
		}
		made++
		t.Logf("round %d: %d annotations, %v", round, len(acknowledged), time.Since(began).Round(10*time.Millisecond))
	}
	t.Logf("of %d annotations that had been said to be saved, localStorage alone had %d on the disk", said, onDisk)
}

// later reports whether a record is one that was written after another.
func later(record, than string) bool {
	a, err := annotation.Unmarshal("urn:uuid:0", "a", record)
	b, err2 := annotation.Unmarshal("urn:uuid:0", "a", than)
	return err == nil && err2 == nil && a.Modified.After(b.Modified)
}
