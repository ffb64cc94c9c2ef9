/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/pinyin.h"
#include "shopmgr/db/bulk.h"
#include "shopmgr/db/query.h"

#include "../customers/filed_priv.h"
#include "import_priv.h"

/*
 * The customers and their kept figures. When an empty shop is loaded they all
 * stay in memory and are written at the end; else what changes is gathered for
 * some thousands at a time.
 */

#define PENDING        16384u
#define REMEMBER_MERGE 150000u

struct person {
	int64_t id;
	const char *nick, *name, *phone; /* NULL: not said */
	int64_t first_at, last_at;       /* 0: not said */
	int64_t paid;
	int32_t order_n, paid_n;
	/* By whose nick it is known; NULL: that is hidden, or not said. */
	const struct platform *by;
};

struct people {
	struct lean known;   /* hash of the identity -> id */
	struct lean pending; /* id -> index of person, from 1 */
	struct person *v;
	size_t n, cap;
	struct arena texts;
	int64_t *again; /* whose dates must be asked of their orders */
	size_t nagain, cap_again;
};

struct people *
people_new(struct job *j)
{
	(void)j;
	return xcalloc(1, sizeof(struct people));
}

void
people_free(struct people *p)
{
	if (p == NULL)
		return;
	lean_done(&p->known);
	lean_done(&p->pending);
	free(p->v);
	free(p->again);
	arena_done(&p->texts);
	free(p);
}

static struct person *
person_add(struct people *p, int64_t id)
{
	if (p->n == p->cap) {
		p->cap = p->cap != 0 ? p->cap + p->cap / 2 : 1024;
		p->v = xreallocarray(p->v, p->cap, sizeof(*p->v));
	}
	p->v[p->n++] = (struct person){ .id = id };
	return &p->v[p->n - 1];
}

/* Known by the nick, or by the phone where that is hidden or not there. */
static bool
known_by(
    const struct imp_receiver *r, const struct platform **by, struct slice *who)
{
	bool nick = r->nick.n > 0 && memchr(r->nick.s, '*', r->nick.n) == NULL;

	*by = nick ? r->platform : NULL;
	*who = nick ? r->nick : r->phone;
	return nick || phone_is_whole(r->phone);
}

static const char *
identity(struct arena *a, const struct platform *by, struct slice who)
{
	return arena_printf(
	    a, "%s:%.*s", by != NULL ? by->name : "tel", (int)who.n, who.s);
}

static const char sql_person[] =
    "SELECT c.id FROM " CUSTOMERS " AND c.identity = $1";
static const char sql_person_add[] =
    "INSERT INTO customer (filed, identity, nick, name, phone, pinyin,"
    " first_at, last_at, order_n, paid_n, paid)"
    " VALUES (0, $1, $2, '', '', '', 0, 0, 0, 0, 0)";

static int
person_ask(struct job *j, const struct platform *by, struct slice who,
    struct slice nick, int64_t *id)
{
	const char *key = identity(&j->scratch, by, who);
	int rc;

	rc = db_get1(j->s->db, sql_person, DB_ARGS(db_t(key)), id);
	if (rc != ERR_NOTFOUND)
		return rc;
	if (sift_differs(j)) {
		*id = 0;
		return 0;
	}
	j->im->sum.customers_new += job_first(j, 'c', slice_of(key));
	return db_insert(
	    j->txn, sql_person_add, DB_ARGS(db_t(key), slice_val(nick)), id);
}

int
person_find(struct job *j, const struct imp_receiver *r, int64_t *id)
{
	struct people *p = j->people;
	struct person *person;
	struct slice who;
	const struct platform *by;
	uint64_t key;
	uint32_t check, *at;
	int rc = 0;

	*id = 0;
	if (!known_by(r, &by, &who))
		return 0;
	key = hash_bytes(who.s, who.n, by != NULL ? by->id + 1 : 0);
	check = (uint32_t)hash_bytes(
	    who.s, who.n, ~(uint64_t)(by != NULL ? by->id + 1 : 0));
	if (!j->load && p->known.n >= REMEMBER_MERGE)
		lean_clear(&p->known);
	if ((at = lean_get(&p->known, key, check)) != NULL) {
		*id = *at;
		return 0;
	}
	if (j->load) {
		*id = (int64_t)p->n + 1;
		person = person_add(p, *id);
		person->by = by;
		if (r->nick.n > 0)
			person->nick =
			    arena_strndup(&p->texts, r->nick.s, r->nick.n);
		j->im->sum.customers_new++;
	} else {
		rc = person_ask(j, by, who, r->nick, id);
	}
	if (rc == 0 && *id != 0)
		*lean_put(&p->known, key, check) = (uint32_t)*id;
	return rc;
}

static int
person_get(struct job *j, int64_t id, struct person **out)
{
	struct people *p = j->people;
	uint32_t *at;
	int rc;

	if (j->load) {
		*out = &p->v[id - 1];
		return 0;
	}
	if (p->n >= PENDING && lean_get(&p->pending, (uint64_t)id, 0) == NULL &&
	    (rc = people_flush(j)) < 0)
		return rc;
	at = lean_put(&p->pending, (uint64_t)id, 0);
	if (*at == 0) {
		person_add(p, id);
		*at = (uint32_t)p->n;
	}
	*out = &p->v[*at - 1];
	return 0;
}

static void
keep_text(struct people *p, const char **to, struct slice v)
{
	if (v.n == 0 || (*to != NULL && slice_same(v, *to, strlen(*to))))
		return;
	*to = arena_strndup(&p->texts, v.s, v.n);
}

/* An order went away from it: the dates may be those of that one. */
void
people_ask_dates(struct job *j, int64_t id)
{
	struct people *p = j->people;

	if (p->nagain == p->cap_again) {
		p->cap_again = p->cap_again != 0 ? p->cap_again * 2 : 64;
		p->again =
		    xreallocarray(p->again, p->cap_again, sizeof(*p->again));
	}
	p->again[p->nagain++] = id;
}

int
person_count(struct job *j, int64_t id, int n, const struct person_order *o)
{
	struct person *p;
	int rc;

	if (id == 0)
		return 0;
	if ((rc = person_get(j, id, &p)) < 0)
		return rc;
	p->order_n += n;
	if (o->paid_at != 0) {
		p->paid_n += n;
		p->paid += n * o->net;
	}
	if (n < 0)
		return 0;
	if (p->first_at == 0 || o->created_at < p->first_at)
		p->first_at = o->created_at;
	if (o->created_at >= p->last_at) {
		p->last_at = o->created_at;
		keep_text(j->people, &p->name, o->name);
		keep_text(j->people, &p->phone, o->phone);
	}
	return 0;
}

/* Of their orders: the first and the last of each receiver. */
#define DATES \
	" first_at = coalesce((SELECT min((SELECT min(o.created_at)" \
	" FROM orders o WHERE o.receiver_id = r.id AND o.origin <> 3))" \
	" FROM receiver r WHERE r.customer_id = $1), 0)," \
	" last_at = coalesce((SELECT max((SELECT max(o.created_at)" \
	" FROM orders o WHERE o.receiver_id = r.id AND o.origin <> 3))" \
	" FROM receiver r WHERE r.customer_id = $1), 0) WHERE id = $1"
static const char sql_dates[] = "UPDATE customer SET" DATES;
static const char sql_fewer[] =
    "UPDATE customer SET order_n = order_n + $2, paid_n = paid_n + $3,"
    " paid = paid + $4," DATES;

/* Of somebody who was there before, when a newer order calls them otherwise. */
static const char sql_image[] =
    "INSERT INTO import_image (batch_id, customer_id, name, phone, pinyin)"
    " SELECT $2, id, name, phone, pinyin FROM customer WHERE id = $1"
    " ON CONFLICT DO NOTHING";

static const char sql_known[] =
    "SELECT first_at, last_at, name, phone FROM customer WHERE id = $1";

/* What of a customer becomes something else. */
struct news {
	int64_t first_at, last_at; /* 0: what it was */
	bool called;               /* by another name or phone */
};

static bool
differs(const char *is, const char *was)
{
	return is != NULL && strcmp(is, was) != 0;
}

static int
news_of(struct job *j, const struct person *v, struct news *n)
{
	struct db_rows *rows;
	int64_t first, last;
	int rc;

	*n = (struct news){ 0 };
	rc = db_query(j->s->db, sql_known, DB_ARGS(db_i(v->id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		first = db_int(rows, 0);
		last = db_int(rows, 1);
		if (v->first_at != 0 && (first == 0 || v->first_at < first))
			n->first_at = v->first_at;
		if (v->last_at > last)
			n->last_at = v->last_at;
		n->called = v->last_at >= last &&
			    (differs(v->name, db_text(rows, 2)) ||
				differs(v->phone, db_text(rows, 3)));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
keep_image(struct job *j, const struct person *v)
{
	if (v->id > j->made_from[MADE_CUSTOMER])
		return 0;
	return db_exec(
	    j->txn, sql_image, DB_ARGS(db_i(v->id), db_i(j->batch)), NULL);
}

static void
set(struct query *q, const char *to, struct db_val v)
{
	query_add_lit(q, to);
	query_add_val(q, v);
}

/* The index of dates is written only where one changes. */
static int
write_one(struct job *j, const struct person *v)
{
	struct query q = QUERY("UPDATE customer SET");
	char pinyin[64];
	struct news n;
	int rc = news_of(j, v, &n);

	if (rc == 0 && n.called)
		rc = keep_image(j, v);
	if (rc < 0 || (v->order_n == 0 && v->paid_n == 0 && v->paid == 0 &&
			  n.first_at == 0 && n.last_at == 0 && !n.called))
		return rc;
	set(&q, " order_n = order_n + ", db_i(v->order_n));
	set(&q, ", paid_n = paid_n + ", db_i(v->paid_n));
	set(&q, ", paid = paid + ", db_i(v->paid));
	if (n.first_at != 0)
		set(&q, ", first_at = ", db_i(n.first_at));
	if (n.last_at != 0)
		set(&q, ", last_at = ", db_i(n.last_at));
	if (n.called && v->name != NULL) {
		pinyin_initials(v->name, pinyin, sizeof(pinyin));
		set(&q, ", name = ", db_t(v->name));
		set(&q, ", pinyin = ", db_t(pinyin));
	}
	if (n.called && v->phone != NULL)
		set(&q, ", phone = ", db_t(v->phone));
	set(&q, " WHERE id = ", db_i(v->id));
	return db_exec(j->txn, q.sql, q.args, q.nargs, NULL);
}

/* Orders went away from it, and none came: one statement says all. */
static int
write_fewer(struct job *j, const struct person *v)
{
	return db_exec(j->txn, sql_fewer,
	    DB_ARGS(
		db_i(v->id), db_i(v->order_n), db_i(v->paid_n), db_i(v->paid)),
	    NULL);
}

static int
by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static void
sort_again(struct people *p)
{
	if (p->nagain > 1)
		qsort(p->again, p->nagain, sizeof(*p->again), by_number);
}

/* Are the dates of this one asked for? From *@at on; then they no longer are.
 */
static bool
asked(struct people *p, int64_t id, size_t *at)
{
	bool is = false;

	while (*at < p->nagain && p->again[*at] < id)
		++*at;
	for (; *at < p->nagain && p->again[*at] == id; ++*at) {
		p->again[*at] = 0;
		is = true;
	}
	return is;
}

static int
by_id(const void *a, const void *b)
{
	const struct person *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

/* In the order in which they are stored: each page is fetched once. */
static int
write_pending(struct job *j)
{
	struct people *p = j->people;
	size_t i, at = 0;
	int rc = 0;

	if (p->n > 1)
		qsort(p->v, p->n, sizeof(*p->v), by_id);
	sort_again(p);
	for (i = 0; rc == 0 && i < p->n; i++)
		if (p->v[i].last_at == 0 && asked(p, p->v[i].id, &at))
			rc = write_fewer(j, &p->v[i]);
		else
			rc = write_one(j, &p->v[i]);
	p->n = 0;
	lean_clear(&p->pending);
	arena_reset(&p->texts);
	return rc;
}

static int
write_all(struct job *j)
{
	struct people *p = j->people;
	struct bulk *bulk = bulk_new(j->txn, "customer",
	    "identity, nick, name, phone, pinyin, first_at, last_at, order_n,"
	    " paid_n, paid",
	    10);
	char pinyin[64];
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < p->n; i++) {
		const struct person *v = &p->v[i];
		const char *name = v->name != NULL ? v->name : "";
		const char *phone = v->phone != NULL ? v->phone : "";
		const char *nick = v->nick != NULL ? v->nick : "";
		const char *key;

		arena_reset(&j->scratch);
		key = identity(
		    &j->scratch, v->by, slice_of(v->by != NULL ? nick : phone));
		pinyin_initials(name, pinyin, sizeof(pinyin));
		const struct db_val vals[] = { db_t(key), db_t(nick),
			db_t(name), db_t(phone), db_t(pinyin),
			db_i(v->first_at), db_i(v->last_at), db_i(v->order_n),
			db_i(v->paid_n), db_i(v->paid) };

		rc = bulk_row(bulk, vals);
	}
	if (rc == 0)
		rc = bulk_flush(bulk);
	bulk_free(bulk);
	free(p->v);
	p->v = NULL;
	p->n = p->cap = 0;
	lean_done(&p->known);
	arena_done(&p->texts);
	return rc;
}

int
people_flush(struct job *j)
{
	return j->load ? write_all(j) : write_pending(j);
}

int
people_dates(struct job *j)
{
	struct people *p = j->people;
	size_t i;
	int rc = 0;

	sort_again(p);
	for (i = 0; rc == 0 && i < p->nagain; i++)
		if (p->again[i] != 0 &&
		    (i == 0 || p->again[i] != p->again[i - 1]))
			rc = db_exec(j->txn, sql_dates,
			    DB_ARGS(db_i(p->again[i])), NULL);
	p->nagain = 0;
	return rc;
}
