/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_AUDIT_CHAIN_PRIV_H
#define DOMAIN_AUDIT_CHAIN_PRIV_H

#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/db/db.h"

/*
 * The chain of the audit log: each entry's hash is a digest over the hash of
 * the entry before and all that the entry says, and table audit_head knows the
 * last one. Entries from before there was a chain have none stored; theirs are
 * worked out in the same way, so that the first one stored guards them too.
 *
 * Nothing in it is secret: who may write the file and knows this program can
 * make another chain that holds. Against that helps a hash that was written
 * down elsewhere: audit_head(), and every backup.
 */

struct audit_entry {
	int64_t id, at;
	int64_t staff_id; /* 0: the program itself */
	struct secret_part op, kind;
	int64_t subject;
	struct secret_part detail;
	int64_t approved_by; /* 0: nobody had to */
	char hash[SECRET_DIGEST];
};

struct audit_end {
	int64_t id;
	char hash[SECRET_DIGEST];
};

/* @e->hash, behind the entry whose hash is @before ("" for the first). */
void audit_hash(struct audit_entry *e, const char *before);

/* All entries in their order; read one by audit_read(). The hash is the one
 * stored, the texts are valid until db_next(). */
extern const char sql_audit_entries[];
void audit_read(const struct db_rows *rows, struct audit_entry *e);

/* 1; 0 while nothing is chained yet. */
int audit_end(struct db *db, struct audit_end *end) MUST_CHECK;
/* Gives @e its number and its hash, and writes it. */
int audit_append(struct txn *txn, struct audit_entry *e) MUST_CHECK;

#endif
