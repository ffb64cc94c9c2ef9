/* SPDX-License-Identifier: MIT */
#ifndef DB_BEHIND_H
#define DB_BEHIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/*
 * Writes that a thread does behind the caller's back, in their order for each
 * file. Of one database there are two files: its own, and its journal.
 */

struct behind;
enum behind_file { BEHIND_DATABASE, BEHIND_JOURNAL, BEHIND_FILES };

/* What is done to a file, in the thread. 0, or what is then told. */
struct behind_ops {
	int (*write)(void *file, const void *data, size_t n, int64_t at);
	int (*sync)(void *file);
};

/* NULL: there is no thread for it. */
struct behind *behind_new(const struct behind_ops *ops);
/* All is written. */
void behind_free(struct behind *b);
/* Where writes to this file go from here on; NULL: there are no more. */
void behind_open(struct behind *b, enum behind_file which, void *file);

/*
 * A write that failed is told by whatever is asked next, and by all that is
 * asked until behind_forget(): what was to be written since is not. errno is
 * what it was then.
 */
int behind_write(struct behind *b, enum behind_file which, const void *data,
    size_t n, int64_t at) MUST_CHECK;
/* Waits until what was to be written there is. */
int behind_meet(struct behind *b, enum behind_file which, size_t n, int64_t at)
    MUST_CHECK;
int behind_drain(struct behind *b) MUST_CHECK;
void behind_forget(struct behind *b);

#endif
