/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_PRIV_H
#define DOMAIN_IMPORT_PRIV_H

#include "import_kept.h"
#include "import_merge.h"
#include "import_model.h"
#include "import_read.h"
#include "import_take.h"

/*
 * The importer, from the file up:
 *
 *	formats	reads data/formats, the user's own and what was taught
 *	layout	knows a file by its header
 *	row	turns a row into values, or refuses it
 *	derive	what follows from them: states, amounts of unpaid orders
 *	foreign	amounts and days as they are written abroad
 *	regroup	brings together the rows of an order that stand apart
 *	load	the first orders of a shop, without the indexes
 *	dict	shops, couriers, listings, receivers: one row for one thing
 *	people	the customers and their kept figures
 *	find	which order a number belongs to
 *	order	the rows of order files
 *	group	the rows of other files, those of an order together
 *	line	the lines that orders have
 *	settle	what follows for orders touched: holds, promises, slips
 *	lists	our own lists
 *	pieces	lists, and rows that are kept, a little at a time
 *	sift	leaves out of a merge what is known already
 *	plan	where it puts the rest
 *	spool	rows as bytes
 *	journal	the plan in the database, before any of it is done
 *	step	does it, little by little
 *	alone	the same while nobody else has the shop open
 *	change	notes what was changed, and what was made
 *	undo	takes it back
 *	forget	throws away what that takes, when it is old
 *	recover	finishes what was interrupted
 *
 * An empty shop is loaded: ids are ours, rows go in bulk, nothing is looked up
 * in the database. Any other is merged into, in bounded memory.
 */

/* import.c */
extern const struct op op_import;
/* import_run(); @mends: the import whose refused rows they are, or NULL. */
int import_rows(struct session *s, const char *kind, const char *const *files,
    size_t nfiles, const struct import_options *opt, const struct import *mends,
    struct import **out) MUST_CHECK;
/* The next row that could be read: 1, 0 at the end, or a failure. */
int job_next(struct job *j, struct imp_file *f, struct sheet_row *row)
    MUST_CHECK;
int file_next(struct imp_file *f, struct sheet_row *row) MUST_CHECK;
/* How its text is written, where somebody said so; or NULL. */
const char *file_encoding(const struct job *j, const struct imp_file *f);
int job_tick(struct job *j, int64_t bytes) MUST_CHECK;
int job_phase(struct job *j, const char *phase) MUST_CHECK;
int job_stopped(struct job *j);
/* The rows there are, what follows from them, and both, inside the
 * transaction. */
int job_read(struct job *j) MUST_CHECK;
int job_rest(struct job *j) MUST_CHECK;
int job_take(struct job *j) MUST_CHECK;
/* Once more before the commit: figures, what was changed and made. */
int job_close(struct job *j) MUST_CHECK;
int job_commit(struct job *j) MUST_CHECK; /* the last one, with its record */
/* import_load.c: orders into an empty shop; j->load is false when it is not. */
int load_begin(struct job *j) MUST_CHECK;
int load_run(struct job *j) MUST_CHECK;
int batch_begin(struct job *j, enum import_state state) MUST_CHECK;
int batch_end(struct job *j) MUST_CHECK;
/* As they stand in the database, whoever began it. */
int batch_counts(struct job *j, struct import_summary *sum) MUST_CHECK;
int formats_of(struct job *j) MUST_CHECK;
int files_known(struct job *j) MUST_CHECK; /* which kinds there are */
void job_files_done(struct job *j); /* they are read, and their buffers go */
void job_done(struct job *j);
/* What remembers while rows come; and let go of it. */
void job_begin(struct job *j);
void job_forget(struct job *j);
/* Who is known stays known, as long as nobody else writes; marks do not. */
void job_sifted(struct job *j);
void warn(struct job *j, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
