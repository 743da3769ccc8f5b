// Package cipher stands in for crypto/cipher in the browser's program, where
// go-app's encrypted state is not used.
package cipher

import "errors"

var errAbsent = errors.New("crypto/cipher is not part of the browser's program")

// Block would be a block cipher.
type Block interface {
	BlockSize() int
	Encrypt(dst, src []byte)
	Decrypt(dst, src []byte)
}

// AEAD would be an authenticated cipher.
type AEAD interface {
	NonceSize() int
	Overhead() int
	Seal(dst, nonce, plaintext, additionalData []byte) []byte
	Open(dst, nonce, ciphertext, additionalData []byte) ([]byte, error)
}

// NewGCM fails.
func NewGCM(Block) (AEAD, error) { return nil, errAbsent }
