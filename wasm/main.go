// Command wasm is the program that runs in the browser.
package main

import pizhu "pizhu/app"

func main() { pizhu.Run() }
