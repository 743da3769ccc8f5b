// Command asks wants something of its page as it begins.
package main

import "syscall/js"

func main() { println(js.Global().Get("document").Truthy()) }
