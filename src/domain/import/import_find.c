/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"

#include "import_priv.h"

/*
 * Which order a number belongs to. When loading, a table in memory knows. When
 * merging, the index of the database does; but a file mostly has its orders in
 * the order in which they once came, so after two neighbours the ones behind
 * are read ahead, a page at a time: that is ten times cheaper than the index.
 * What was found or made in a step of a merge is remembered until its end, as
 * rows of items follow those of their orders.
 */

#define AHEAD_MIN  16
#define AHEAD_MAX  256
#define AHEAD_SKIP 8 /* orders that the file may leave out */

#define FLAG_MARK  3u /* enum order_mark */
#define FLAG_LINES 4u /* has had lines of this import */
#define FLAG_FRESH 8u
#define STATE_AT   4 /* the state is in the upper bits */

struct ahead_row {
	struct imp_order o;
	uint8_t len;
	char no[41];
};

struct finder {
	uint8_t *flags; /* by order id */
	size_t cap;
	/* load */
	struct lean numbers; /* -> id */
	uint64_t *keys;      /* of plain numbers, by order id */
	uint16_t *shops;     /* by order id */
	size_t cap_ids;
	int64_t last; /* order that was asked for */
	/* merge */
	struct ahead_row rows[AHEAD_MAX];
	size_t n, at, size, asked;
	int64_t last_id;
	int run;          /* neighbours in a row */
	struct lean none; /* numbers that a sift did not find, to NONE */
	struct lean step; /* number, or id -> index of an order, from 1 */
	struct imp_order *met;
	size_t nmet, cap_met;
};

enum { NONE = 1, MADE };
#define NONE_MOST 65536u

#define BY_ID UINT32_MAX /* check of an id in step */

struct finder *
finder_new(struct job *j)
{
	struct finder *f = xcalloc(1, sizeof(*f));

	(void)j;
	f->size = AHEAD_MIN;
	return f;
}

void
finder_free(struct finder *f)
{
	if (f == NULL)
		return;
	free(f->flags);
	free(f->shops);
	free(f->keys);
	free(f->met);
	lean_done(&f->numbers);
	lean_done(&f->step);
	lean_done(&f->none);
	free(f);
}

/* After a sift: what it marked goes, what it did not find is known. */
struct finder *
finder_sifted(struct job *j, struct finder *old)
{
	struct finder *f = finder_new(j);

	f->none = old->none;
	old->none = (struct lean){ 0 };
	finder_free(old);
	return f;
}

/* Others may have made them. */
void
finder_forget(struct finder *f)
{
	finder_look_again(f);
	lean_done(&f->none);
}

/* What was read ahead may have changed; the marks stay. */
void
finder_look_again(struct finder *f)
{
	f->n = f->at = 0;
	f->size = AHEAD_MIN;
	f->run = 0;
	f->nmet = 0;
	lean_clear(&f->step);
}

static uint8_t *
flags_of(struct finder *f, int64_t id)
{
	size_t cap = f->cap != 0 ? f->cap : 4096;

	while (cap <= (size_t)id)
		cap += cap / 2;
	if (cap != f->cap) {
		f->flags = xrealloc(f->flags, cap);
		memset(f->flags + f->cap, 0, cap - f->cap);
		f->cap = cap;
	}
	return &f->flags[id];
}

/*
 * Digits are their own key. The same number on another platform is another
 * order; on some, in another shop, too.
 */
static uint64_t
number_key(
    const struct platform *p, struct slice no, int64_t shop_id, uint32_t *check)
{
	uint32_t whose =
	    p->id << 16 | (p->own_numbers ? (uint32_t)shop_id & 0xFFFF : 0);
	uint64_t n = 0;
	size_t i;

	*check = whose;
	if (no.n <= 19 && no.s[0] != '0') {
		for (i = 0; i < no.n && no.s[i] >= '0' && no.s[i] <= '9'; i++)
			n = n * 10 + (uint64_t)(no.s[i] - '0');
		if (i == no.n)
			return n;
	}
	*check = (uint32_t)hash_bytes(no.s, no.n, 1 + (uint64_t)whose) | 1;
	return hash_bytes(no.s, no.n, 2 + (uint64_t)whose);
}

static bool
seek_memory(struct finder *f, const struct platform *p, struct slice no,
    int64_t shop_id, struct imp_order *out)
{
	uint32_t check, *at;
	uint64_t key = number_key(p, no, shop_id, &check);
	int64_t id = f->last + 1;

	/* Files have their orders mostly in the same order. */
	if (check != 0 || (size_t)id >= f->cap_ids || f->keys[id] != key) {
		if ((at = lean_get(&f->numbers, key, check)) == NULL)
			return false;
		id = *at;
	}
	f->last = id;
	*out = (struct imp_order){
		.id = id,
		.shop_id = f->shops[id],
		.state = f->flags[id] >> STATE_AT,
		.fresh = true,
	};
	return true;
}

/* Is it in the shop, or where that is not said, on the platform? */
static int
is_whose(struct job *j, const struct platform *p, int64_t shop_id,
    const struct imp_order *o, bool *is)
{
	*is = o->shop_id == shop_id;
	return shop_id != 0 ? 0 : shop_is_on(j, p, o->shop_id, is);
}

static int
seek_ahead(struct job *j, const struct platform *p, struct slice no,
    int64_t shop_id, struct imp_order *out, bool *found)
{
	struct finder *f = j->finder;
	bool is;
	size_t i;
	int rc;

	for (i = f->at; i < f->n && i < f->at + AHEAD_SKIP; i++) {
		const struct ahead_row *r = &f->rows[i];

		if (r->len != no.n || memcmp(r->no, no.s, no.n) != 0)
			continue;
		if ((rc = is_whose(j, p, shop_id, &r->o, &is)) < 0)
			return rc;
		if (is) {
			*out = r->o;
			f->at = i + 1;
			*found = true;
			return 0;
		}
	}
	return 0;
}

static const char sql_ahead[] =
    "SELECT id, shop_id, source_hash, state, order_no FROM orders"
    " WHERE id > $1 ORDER BY id LIMIT $2";

static int
read_ahead(struct job *j, int64_t from)
{
	struct finder *f = j->finder;
	struct db_rows *rows;
	int rc;

	f->n = f->at = 0;
	f->asked = f->size;
	rc = db_query(j->s->db, sql_ahead,
	    DB_ARGS(db_i(from), db_i((int64_t)f->size)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		struct ahead_row *r = &f->rows[f->n++];
		size_t len = db_len(rows, 4);

		r->o = (struct imp_order){
			.id = db_int(rows, 0),
			.shop_id = db_int(rows, 1),
			.source_hash = db_int(rows, 2),
			.state = (int)db_int(rows, 3),
		};
		r->len = (uint8_t)(len < sizeof(r->no) ? len : 0);
		memcpy(r->no, db_text(rows, 4), r->len);
	}
	db_done(rows);
	if (f->size < AHEAD_MAX)
		f->size *= 2;
	return rc;
}

/* The index found @id: is it worth reading on from there? */
static int
follow(struct job *j, int64_t id)
{
	struct finder *f = j->finder;
	bool near = id > f->last_id && id <= f->last_id + AHEAD_SKIP;

	f->run = near ? f->run + 1 : 0;
	f->last_id = id;
	while (f->at < f->n && f->rows[f->at].o.id <= id)
		f->at++;
	if (!near)
		f->size = AHEAD_MIN;
	if (f->run < 2 || f->at < f->n)
		return 0;
	return read_ahead(j, id);
}

static const char sql_seek[] =
    "SELECT id, shop_id, source_hash, state FROM orders WHERE order_no = $1"
    " ORDER BY shop_id";

/* The same number in another shop is another order, unless only its items
 * are known so far: they did not say which shop it was. */
static int
take_better(struct job *j, const struct platform *p, int64_t shop_id,
    const struct imp_order *o, struct imp_order *out, bool *found)
{
	bool is = false;
	int rc;

	if (o->shop_id != shop_id && *found)
		return 0;
	if ((rc = shop_is_on(j, p, o->shop_id, &is)) < 0 || !is)
		return rc;
	if (o->shop_id == shop_id || shop_id == 0 || o->source_hash == 0) {
		*found = true;
		*out = *o;
	}
	return 0;
}

/* Where each shop has numbers of its own, the same one may be another order. */
static uint32_t *
none_of(struct finder *f, const struct platform *p, struct slice no, bool put)
{
	uint32_t check;
	uint64_t key;

	if (p == NULL || p->own_numbers)
		return NULL;
	key = number_key(p, no, 0, &check);
	return put ? lean_put(&f->none, key, check)
		   : lean_get(&f->none, key, check);
}

/* A sift looked it up already, and nobody else wrote since then? */
static bool
is_none(struct job *j, const struct platform *p, struct slice no)
{
	uint32_t *at = j->sift ? NULL : none_of(j->finder, p, no, false);

	return at != NULL && *at == NONE;
}

static void
note_none(struct job *j, const struct platform *p, struct slice no)
{
	uint32_t *at = j->sift && j->finder->none.n < NONE_MOST
			   ? none_of(j->finder, p, no, true)
			   : NULL;

	if (at != NULL)
		*at = NONE;
}

static void
note_made(struct job *j, const struct platform *p, struct slice no)
{
	uint32_t *at = none_of(j->finder, p, no, false);

	if (at != NULL)
		*at = MADE;
}

static int
seek_index(struct job *j, const struct platform *p, struct slice no,
    int64_t shop_id, struct imp_order *out, bool *found)
{
	struct db_rows *rows;
	struct imp_order o;
	bool any = false;
	int rc;

	rc = db_query(j->s->db, sql_seek, DB_ARGS(slice_val(no)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		any = true;
		o = (struct imp_order){
			.id = db_int(rows, 0),
			.shop_id = db_int(rows, 1),
			.source_hash = db_int(rows, 2),
			.state = (int)db_int(rows, 3),
		};
		if ((rc = take_better(j, p, shop_id, &o, out, found)) < 0 ||
		    (*found && out->shop_id == shop_id))
			break;
	}
	db_done(rows);
	if (rc == 0 && !any)
		note_none(j, p, no);
	if (rc < 0 || !*found)
		return rc < 0 ? rc : 0;
	return follow(j, out->id);
}

static void
remember(struct job *j, const struct platform *p, struct slice no,
    const struct imp_order *o)
{
	struct finder *f = j->finder;
	uint32_t check;
	uint64_t key;

	if (j->sift || p == NULL)
		return;
	if (f->nmet == f->cap_met) {
		f->cap_met = f->cap_met != 0 ? f->cap_met * 2 : 256;
		f->met = xreallocarray(f->met, f->cap_met, sizeof(*f->met));
	}
	f->met[f->nmet++] = *o;
	key = number_key(p, no, o->shop_id, &check);
	*lean_put(&f->step, key, check) = (uint32_t)f->nmet;
	*lean_put(&f->step, (uint64_t)o->id, BY_ID) = (uint32_t)f->nmet;
}

static bool
seek_met(struct finder *f, const struct platform *p, struct slice no,
    int64_t shop_id, struct imp_order *out)
{
	const struct imp_order *o;
	uint32_t check, *at;
	uint64_t key;

	if (f->nmet == 0 || p == NULL)
		return false;
	key = number_key(p, no, shop_id, &check);
	if ((at = lean_get(&f->step, key, check)) == NULL)
		return false;
	o = &f->met[*at - 1];
	if (shop_id != 0 && o->shop_id != shop_id)
		return false;
	*out = *o;
	return true;
}

int
order_seek(struct job *j, const struct platform *p, struct slice no,
    int64_t shop_id, struct imp_order *out, bool *found)
{
	struct finder *f = j->finder;
	int rc = 0;

	*found = false;
	if (j->load) {
		*found = seek_memory(f, p, no, shop_id, out);
		return 0;
	}
	if ((*found = seek_met(f, p, no, shop_id, out)))
		return 0;
	if (f->n > 0 && f->at == f->n && f->n == f->asked &&
	    (rc = read_ahead(j, f->rows[f->n - 1].o.id)) < 0)
		return rc;
	if ((rc = seek_ahead(j, p, no, shop_id, out, found)) < 0)
		return rc;
	if (*found)
		f->last_id = out->id;
	else if (!is_none(j, p, no))
		rc = seek_index(j, p, no, shop_id, out, found);
	if (rc < 0 || !*found)
		return rc;
	out->fresh = (*flags_of(f, out->id) & FLAG_FRESH) != 0;
	remember(j, p, no, out);
	return 0;
}

void
order_made(struct job *j, const struct platform *p, struct slice no,
    const struct imp_order *o)
{
	struct finder *f = j->finder;
	uint8_t *flags = flags_of(f, o->id);
	uint32_t check;
	uint64_t key;

	*flags = (uint8_t)(FLAG_FRESH | (unsigned)o->state << STATE_AT);
	order_mark(j, o, MARK_NEW);
	if (!j->load) {
		note_made(j, p, no);
		remember(j, p, no, o);
		return;
	}
	if (f->cap_ids != f->cap) {
		f->shops = xreallocarray(f->shops, f->cap, sizeof(*f->shops));
		f->keys = xreallocarray(f->keys, f->cap, sizeof(*f->keys));
		memset(f->keys + f->cap_ids, 0,
		    (f->cap - f->cap_ids) * sizeof(*f->keys));
		f->cap_ids = f->cap;
	}
	f->shops[o->id] = (uint16_t)o->shop_id;
	key = number_key(p, no, o->shop_id, &check);
	f->keys[o->id] = check == 0 ? key : 0;
	*lean_put(&f->numbers, key, check) = (uint32_t)o->id;
}

void
order_note_state(struct job *j, const struct imp_order *o)
{
	struct finder *f = j->finder;
	uint8_t *flags = flags_of(f, o->id);
	const uint32_t *at;

	*flags = (uint8_t)((*flags & 15u) | (unsigned)o->state << STATE_AT);
	if (j->load)
		f->shops[o->id] = (uint16_t)o->shop_id;
	else if ((at = lean_get(&f->step, (uint64_t)o->id, BY_ID)) != NULL)
		f->met[*at - 1] = *o;
}

void
order_note_lines(struct job *j, int64_t id)
{
	*flags_of(j->finder, id) |= FLAG_LINES;
}

bool
order_has_lines(struct job *j, int64_t id)
{
	return (*flags_of(j->finder, id) & FLAG_LINES) != 0;
}

void
order_mark(struct job *j, const struct imp_order *o, enum order_mark mark)
{
	struct import_summary *sum = &j->im->sum;
	int64_t *counts[] = { NULL, &sum->unchanged_n, &sum->updated_n,
		&sum->new_n };
	uint8_t *flags = flags_of(j->finder, o->id);
	unsigned old = *flags & FLAG_MARK;

	if ((unsigned)mark <= old)
		return;
	if (old != MARK_NONE)
		--*counts[old];
	++*counts[mark];
	*flags = (uint8_t)((*flags & ~FLAG_MARK) | (unsigned)mark);
}

bool
order_is_unchanged(struct job *j, int64_t id)
{
	return (*flags_of(j->finder, id) & FLAG_MARK) == MARK_UNCHANGED;
}

void
order_counted(struct job *j, int64_t id)
{
	*flags_of(j->finder, id) |= MARK_UNCHANGED;
}

bool
order_is_fresh(struct job *j, int64_t id)
{
	return j->finder == NULL ||
	       (*flags_of(j->finder, id) & FLAG_FRESH) != 0;
}
