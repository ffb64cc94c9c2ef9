/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_SECRET_H
#define SHOPMGR_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "shopmgr/base/err.h"

/* Passwords, by Argon2id, and digests (libsodium, the only user of it). */

#define SECRET_SIZE 128 /* of a stored hash, terminated */

/* Takes about 70 ms and 64 MiB, on purpose. ERR_IO when that is not there.
 * With SHOPMGR_TEST_WEAK_HASH set in the environment the smallest cost is
 * used, so that tests stay quick. */
int secret_hash(const char *password, char out[SECRET_SIZE], struct err *err)
    MUST_CHECK;
bool secret_verify(const char *hash, const char *password);
/* Overwrite, so that the compiler cannot drop it. */
void secret_wipe(void *p, size_t n);
/* Random bytes. */
void secret_random(void *p, size_t n);

#define SECRET_DIGEST 65 /* of a digest in lower-case hex, terminated */

struct secret_part {
	const void *p;
	size_t n;
};

/* BLAKE2b-256 over the parts, each behind its length: no other parts in a row
 * give the same bytes. */
void secret_digest(
    const struct secret_part *parts, size_t n, char out[SECRET_DIGEST]);

#endif
