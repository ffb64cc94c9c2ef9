/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_MERGE_H
#define DOMAIN_IMPORT_MERGE_H

#include "import_model.h"

/* How an import goes in beside the work of others, and out again. */

/* import_sift.c */
int sift(struct job *j) MUST_CHECK;
/* Does what was sifted still hold? If not, it is done again. */
int sift_check(struct job *j) MUST_CHECK;
/* True, and noted, when looking only: the caller then must not write. */
bool sift_differs(struct job *j);
/* Which order the rows held are about, before sift_decide(); @id 0: it is not
 * there yet. */
void sift_about(struct job *j, struct slice no, int64_t id);
/* A new order: whose it will be. */
int sift_customer(struct job *j, const struct imp_row *row) MUST_CHECK;
/* Keep the rows held if what they say differs, else drop them. */
int sift_decide(struct job *j, struct imp_file *f) MUST_CHECK;

/* import_spool.c: rows as bytes. */
struct spool *spool_new(void);
void spool_free(struct spool *sp);
void spool_hold(struct spool *sp, const struct sheet_row *row);
struct slice spool_held(const struct spool *sp);
void spool_drop(struct spool *sp);
/* What spool_held() once gave, to be handed out again. */
void spool_add(struct spool *sp, const char *rows, size_t n);
void spool_empty(struct spool *sp);
void spool_rewind(struct spool *sp);
int spool_next(struct spool *sp, struct sheet_row *row, struct err *err)
    MUST_CHECK;
void pack_number(struct str *out, uint64_t n);
bool unpack_number(const char *s, size_t size, size_t *at, uint64_t *n);

/* import_plan.c: the rows that a sift kept, by order. */
struct plan *plan_new(void);
void plan_free(struct plan *p);
/* @id: 0, the order's, or, of one that is not there, less the customer's. */
int plan_keep(struct plan *p, size_t file, struct slice no, int64_t id,
    struct slice rows, struct err *err) MUST_CHECK;
bool plan_has(const struct plan *p, struct slice no);
/* Nothing more comes. */
int plan_end(struct job *j, struct plan *p) MUST_CHECK;
size_t plan_orders(const struct plan *p);
size_t plan_bytes(const struct plan *p);
/*
 * Adds what there is of orders @from to below @to, counted from 0, to @out:
 * for each piece the number of its file, its length and its rows; before them,
 * behind PLAN_COUNTED, how many and which orders of them are counted as
 * unchanged already.
 */
#define PLAN_COUNTED 255
int plan_read(struct plan *p, size_t from, size_t to, struct str *out,
    struct err *err) MUST_CHECK;

/* import_step.c: an import into a shop that has something already. */
extern size_t import_step_most; /* orders that go without a journal; tests */
int merge_orders(struct job *j) MUST_CHECK;
/* What was written down, to its end; also by import_recover(). */
int steps_run(struct job *j) MUST_CHECK;
#define STEP_FIRST 32u /* orders of the first one */
/* What is remembered of the database is so only while nobody else writes. */
void steps_look_again(struct job *j);
/* The rows of one, and what follows from them, inside its transaction. */
int step_take(struct job *j, const struct str *rows) MUST_CHECK;
/* How many orders the next one should have; @took: ticks of @orders. */
size_t step_next(size_t orders, int64_t took);
/* May a step that began at @start (ticks) be followed by the next in the same
 * transaction? While nobody waits for the right to write, for a while. */
bool step_goes_on(struct job *j, int64_t start);
/* One import at a time: waits for another one. */
int import_claim(struct job *j) MUST_CHECK;
/* Is it the first time that @key of @kind is made? When trying out, the same
 * is made in several steps. */
bool job_first(struct job *j, char kind, struct slice key);

/* import_alone.c: the same while nobody else has the shop open. Tests: how many
 * steps before somebody comes, and how many in one transaction. */
extern struct alone_limits {
	size_t steps, pause;
} import_alone;
bool alone_may(const struct job *j);
int alone_run(struct job *j) MUST_CHECK;

/* import_pieces.c: lists, and rows that are kept. */
extern size_t import_piece_rows; /* the most in one; tests */
int pieces_run(struct job *j) MUST_CHECK;
/* A row is done with: others may have their turn. */
int piece_row(struct job *j) MUST_CHECK;
/* From the first of them on it stands as one that is being taken back. */
int piece_commit(struct job *j) MUST_CHECK;
/* The last one: it is done. */
int pieces_end(struct job *j) MUST_CHECK;
/* It did not come to its end: what it has put in goes again. Gives back why. */
int pieces_back(struct job *j) MUST_CHECK;

/* import_forget.c: what is too old to be taken back. */
void import_forget_old(struct job *j);
/* Imports before that time are. */
int import_old(struct session *s, int64_t *before) MUST_CHECK;

/* import_made.c: before the rows of a transaction, and behind them. */
int made_before(struct job *j) MUST_CHECK;
int made_after(struct job *j) MUST_CHECK;
extern const char *const made_kinds[MADE_MAX];

/* import_undo.c */
int undo_carry_on(struct session *s, int64_t batch) MUST_CHECK;

/* import_change.c */
struct noted {
	const char *kind;
	int64_t subject;
	const char *what;
	const char *before, *after; /* as people read them; NULL: nothing */
	const char *image;          /* what undo needs */
	bool urgent;
};
/* A record that was there before is changed. */
int change_note(struct job *j, const struct noted *n) MUST_CHECK;
int changes_flush(struct job *j) MUST_CHECK;
void changes_free(struct changes *c);
void image_int(struct str *image, const char *name, int64_t v);
void image_text(struct str *image, const char *name, struct slice v);
/* The next of them, in place; false at the end. */
bool image_next(char **at, char **name, struct slice *v);
/* What a record is called: its number, its code. A setting has a number in the
 * log, which record_label() makes its name of. */
#define LABEL_OF(kind, id) \
	" coalesce(CASE " kind " WHEN 'order' THEN" \
	" (SELECT o.order_no FROM orders o WHERE o.id = " id ")" \
	" WHEN 'variant' THEN" \
	" (SELECT v.sku_code FROM variant v WHERE v.id = " id ")" \
	" WHEN 'customer' THEN" \
	" (SELECT u.nick FROM customer u WHERE u.id = " id ")" \
	" WHEN 'company' THEN" \
	" (SELECT m.name FROM company m WHERE m.id = " id ")" \
	" WHEN 'courier' THEN" \
	" (SELECT k.name FROM courier k WHERE k.id = " id ")" \
	" WHEN 'bin' THEN" \
	" (SELECT i.code FROM bin i WHERE i.id = " id ")" \
	" WHEN 'freight-template' THEN" \
	" (SELECT f.name FROM freight_template f WHERE f.id = " id ")" \
	" WHEN 'warehouse' THEN" \
	" (SELECT w.name FROM warehouse w WHERE w.id = " id ")" \
	" WHEN 'material' THEN" \
	" (SELECT b.code FROM material b WHERE b.id = " id ")" \
	" WHEN 'grade' THEN" \
	" (SELECT g.name FROM grade g WHERE g.id = " id ")" \
	" WHEN 'review-rule' THEN" \
	" (SELECT r.name FROM review_rule r WHERE r.id = " id ")" \
	" WHEN 'gift-rule' THEN" \
	" (SELECT p.name FROM gift_rule p WHERE p.id = " id ")" \
	" WHEN 'text' THEN" \
	" (SELECT x.name FROM text_template x WHERE x.id = " id ")" \
	" WHEN 'attr' THEN" \
	" (SELECT y.title FROM attr_def y WHERE y.id = " id ")" \
	" WHEN 'setting' THEN CAST(" id " AS TEXT)" \
	" END, '')"

const char *record_label(const char *kind, const char *label);

/* import_journal.c */
/* Write the plan down: afterwards it is going to be done. */
int journal_write(struct job *j) MUST_CHECK;
/* The same of orders @from on, whose batch and those before are done in this
 * transaction: commits it. */
int journal_rest(struct job *j, size_t from) MUST_CHECK;
/* Steps behind number *@last, about @orders of them, to @out; *@last gets the
 * number of the last one, *@end whether nothing is behind it. */
int journal_read(struct job *j, size_t orders, struct str *out, int64_t *last,
    bool *end) MUST_CHECK;
/* Inside the transaction that did them. */
int journal_done(struct job *j, int64_t last) MUST_CHECK;
/* What it was about, from what was written down. */
int journal_open(struct job *j, struct import_options *opt, int64_t *staff)
    MUST_CHECK;
int journal_drop(struct session *s, int64_t batch) MUST_CHECK;

#endif
