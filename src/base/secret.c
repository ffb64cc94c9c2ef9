/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/secret.h"

_Static_assert(SECRET_SIZE >= crypto_pwhash_STRBYTES, "a hash must fit");

static void
start(void)
{
	int rc = sodium_init();

	assert(rc >= 0);
	(void)rc;
}

int
secret_hash(const char *password, char out[SECRET_SIZE], struct err *err)
{
	unsigned long long ops = crypto_pwhash_OPSLIMIT_INTERACTIVE;
	size_t mem = crypto_pwhash_MEMLIMIT_INTERACTIVE;
	char hash[crypto_pwhash_STRBYTES] = "";

	start();
	if (getenv("SHOPMGR_TEST_WEAK_HASH") != NULL) {
		ops = crypto_pwhash_OPSLIMIT_MIN;
		mem = crypto_pwhash_MEMLIMIT_MIN;
	}
	if (crypto_pwhash_str(hash, password, strlen(password), ops, mem) != 0)
		return err_set(err, ERR_IO, "",
		    _("There is not enough memory to protect the password"));
	memset(out, 0, SECRET_SIZE);
	memcpy(out, hash, sizeof(hash));
	return 0;
}

bool
secret_verify(const char *hash, const char *password)
{
	/* libsodium reads all of its size, whatever the length. */
	char padded[crypto_pwhash_STRBYTES] = "";
	size_t n = strlen(hash);

	start();
	if (n >= sizeof(padded))
		return false;
	memcpy(padded, hash, n);
	return crypto_pwhash_str_verify(padded, password, strlen(password)) ==
	       0;
}

void
secret_wipe(void *p, size_t n)
{
	sodium_memzero(p, n);
}

void
secret_random(void *p, size_t n)
{
	start();
	randombytes_buf(p, n);
}

void
secret_digest(
    const struct secret_part *parts, size_t n, char out[SECRET_DIGEST])
{
	unsigned char digest[crypto_generichash_BYTES], len[8];
	crypto_generichash_state state;
	size_t i, b;

	start();
	crypto_generichash_init(&state, NULL, 0, sizeof(digest));
	for (i = 0; i < n; i++) {
		for (b = 0; b < sizeof(len); b++)
			len[b] = (unsigned char)((uint64_t)parts[i].n >> 8 * b);
		crypto_generichash_update(&state, len, sizeof(len));
		if (parts[i].n > 0)
			crypto_generichash_update(
			    &state, parts[i].p, parts[i].n);
	}
	crypto_generichash_final(&state, digest, sizeof(digest));
	sodium_bin2hex(out, SECRET_DIGEST, digest, sizeof(digest));
}
