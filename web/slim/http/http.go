// Package http stands in for net/http in the browser's program: the names that
// the host's half of go-app is written with, so that it compiles, and nothing
// behind them. What is fetched in the browser is fetched by the browser.
package http

import (
	"errors"
	"io"
	"net/url"
)

// Statuses that go-app's handler answers with.
const (
	StatusOK                  = 200
	StatusNotModified         = 304
	StatusNotFound            = 404
	StatusInternalServerError = 500
)

// Header is what a message says about itself.
type Header map[string][]string

// Get is the first value of a key.
func (h Header) Get(key string) string {
	if v := h[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// Set replaces the values of a key.
func (h Header) Set(key, value string) { h[key] = []string{value} }

// Request is what a handler is asked.
type Request struct {
	Method     string
	URL        *url.URL
	Header     Header
	Host       string
	RemoteAddr string
	TLS        *struct{} // nil: there is no connection
}

// Response is what Get would give.
type Response struct {
	StatusCode int
	Header     Header
	Body       io.ReadCloser
}

// ResponseWriter takes a handler's answer.
type ResponseWriter interface {
	Header() Header
	Write([]byte) (int, error)
	WriteHeader(status int)
}

// Handler answers requests: none, in a browser.
type Handler interface {
	ServeHTTP(ResponseWriter, *Request)
}

// Dir is a folder.
type Dir string

// FileServer serves nothing.
func FileServer(Dir) Handler { return nothing{} }

type nothing struct{}

func (nothing) ServeHTTP(w ResponseWriter, r *Request) { NotFound(w, r) }

// NotFound answers that there is nothing.
func NotFound(w ResponseWriter, _ *Request) { w.WriteHeader(StatusNotFound) }

// Get always fails.
func Get(string) (*Response, error) {
	return nil, errors.New("net/http is not part of the browser's program")
}
