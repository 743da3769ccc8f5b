# make run     builds the program and serves it on http://localhost:8000 (PORT=… to change)
# make test    runs every test, those in a real browser included; installs what they need
# make engines  runs one reader's day in Chromium, Firefox and WebKit; installs them
# make lighthouse  lets Lighthouse look at the served and the static site
# make bench   prints the measures (BENCH_JSON=file writes them too)
# make dist    writes the static site to dist/ (URL=https://… adds a sitemap)
# make fuzz    fuzzes every parser for a minute each; make test for some hundred inputs
# make soak    kills a browser a hundred times while it is being worked in
# make parts   lists anew which functions a start runs (web/slim/start.txt), after changes to it
# make generate  makes the dictionaries anew

GO ?= go
PORT ?= 8000
export PORT
export CGO_ENABLED = 0

.PHONY: run parts test engines lighthouse bench dist build fuzz soak generate browser browsers clean

run: build
	@$(GO) run ./web

# The program is built anew when a source of it has changed; Go's own cache
# makes that a matter of a second. The overlay leaves out what a browser has no
# use for (web/slim), and names are for the tool that begins it and cuts it in two.
# The code of the page is compiled without inlining, which made it a twentieth
# larger to send and no faster: none of it is a hot loop.
PLAIN = pizhu/app pizhu/app/browser pizhu/app/annotation/foreign pizhu/app/annotation/formats \
  github.com/maxence-charriere/... github.com/google/... encoding/json time net/url net/netip

build:
	@$(GO) run ./web/slim overlay web/slim/overlay.json
	@GOOS=js GOARCH=wasm $(GO) build -trimpath -overlay web/slim/overlay.json -ldflags=-w -tags ne $(PLAIN:%=-gcflags=%=-l) -o .build/app.wasm ./wasm
	@$(GO) run ./web/slim pack .build/app.wasm web/program

# A browser and a Chinese font: by the package manager where it is Debian's,
# otherwise said in words.
browser:
	@sh web/browser.sh

# Firefox and WebKit too.
browsers:
	@sh web/browser.sh engines

engines: build browsers
	@$(GO) test -count=1 -v -run '^TestEngines$$' ./web

# On a quiet machine: performance is measured. CHROME_PATH is for Lighthouse.
lighthouse: build browser
	@PIZHU_LIGHTHOUSE=1 CHROME_PATH="$${CHROME_PATH:-$$(command -v chromium || true)}" $(GO) test -count=1 -timeout 20m -v -run '^TestLighthouse$$' ./web

test: build browsers
	@$(GO) vet ./...
	@$(GO) test -timeout 45m ./...
	@$(MAKE) -s fuzz FUZZTIME=300x

bench: build browser
	@$(GO) run ./web/bench

dist: build
	@rm -rf dist
	@$(GO) run ./web -dist dist $(if $(URL),-url $(URL))
	@echo "The static site is in dist/; any web server can serve it, from any path."

# A minute is a minute: what is found interesting is not made small for another
# one. Failures are, by ten tries.
fuzz:
	@log=$$(mktemp); for file in $$(grep -rl --include='*_test.go' '^func Fuzz' app corpus web); do \
	  for f in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\).*/\1/p' $$file); do \
	    echo "$$(dirname $$file) $$f"; \
	    $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $${FUZZTIME:-1m} -fuzzminimizetime 10x ./$$(dirname $$file) >$$log 2>&1 || { cat $$log; exit 1; }; \
	    grep execs $$log | tail -n 1; \
	  done; \
	done; rm -f $$log

parts: build browser
	@$(GO) run ./web/bench -started | $(GO) run ./web/slim name .build/app.wasm >.build/start.txt
	@cp .build/start.txt web/slim/start.txt

soak: build browser
	@PIZHU_SOAK=$${PIZHU_SOAK:-100} $(GO) test -count=1 -timeout 60m -run TestKilledBrowserLosesNothing -v ./web

generate:
	@$(GO) generate ./...

clean:
	@rm -rf dist web/program/app.*
