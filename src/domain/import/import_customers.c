/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/pinyin.h"

#include "../customers/contact_priv.h"
#include "../customers/filed_priv.h"
#include "import_list.h"
#include "import_priv.h"

/* Lists of customers, our own and those of shops. */

static const char sql_customer[] =
    "SELECT c.id FROM " CUSTOMERS " AND c.identity = $1";
static const char sql_customer_add[] =
    "INSERT INTO customer (filed, identity, nick, name, phone, pinyin, note,"
    " first_at, last_at, order_n, paid_n, paid)"
    " VALUES (0, $1, $2, $3, $4, $5, $6, 0, 0, 0, 0, 0)";
static const char sql_customer_set[] =
    "UPDATE customer SET"
    " name = CASE WHEN $2 <> '' THEN $2 ELSE name END,"
    " pinyin = CASE WHEN $2 <> '' THEN $3 ELSE pinyin END,"
    " phone = CASE WHEN $4 <> '' THEN $4 ELSE phone END,"
    " note = CASE WHEN $5 <> '' THEN $5 ELSE note END,"
    " version = version + 1"
    " WHERE id = $1 AND (($2 <> '' AND name <> $2) OR"
    " ($4 <> '' AND phone <> $4) OR ($5 <> '' AND note <> $5))";

/* A list that does not say is one of Taobao's. */
static const char *
whose_nick(const struct job *j, const struct imp_row *row)
{
	return row->has & BIT(F_PLATFORM) ? row->platform->name
					  : j->fmt.platforms[0]->name;
}

static bool
customer_identity(struct job *j, const struct imp_row *row, char **identity)
{
	struct slice nick = row->f[F_NICK], phone = row->f[F_PHONE];
	bool by_nick = nick.n > 0 && memchr(nick.s, '*', nick.n) == NULL;
	struct slice who = by_nick ? nick : phone;

	if (!by_nick && !phone_is_whole(phone)) {
		reject(j, row->file, row->raw, nick.n > 0 ? F_NICK : F_PHONE,
		    _("The row has neither a whole nick nor a whole mobile "
		      "number to know the customer by"));
		return false;
	}
	*identity = arena_printf(&j->scratch, "%s:%.*s",
	    by_nick ? whose_nick(j, row) : "tel", (int)who.n, who.s);
	return true;
}

static const char sql_customer_now[] =
    "SELECT name, pinyin, phone, note FROM customer WHERE id = $1";

/* Stars where more is known: written by somebody who does not see it. */
static void
unless_masked(struct slice *v, struct slice known)
{
	if (memchr(v->s, '*', v->n) != NULL && known.n > 0 &&
	    memchr(known.s, '*', known.n) == NULL)
		v->n = 0;
}

/* The same of free text, in which a star may be a star. */
static void
unless_same_masked(struct job *j, struct slice *v, struct slice known)
{
	const char *seen = mask_text(&j->scratch, known.s);

	if (slice_same(*v, seen, strlen(seen)))
		v->n = 0;
}

/* What is known of somebody, as an image; @says keeps what tells more. */
static int
customer_image(
    struct job *j, int64_t id, struct contact_says *says, struct str *image)
{
	static const char *const names[] = { "name", "pinyin", "phone",
		"note" };
	struct db_rows *rows;
	int i, rc;

	rc = db_query(j->s->db, sql_customer_now, DB_ARGS(db_i(id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		for (i = 0; i < 4; i++)
			image_text(image, names[i], list_text(j, rows, i));
		unless_masked(&says->name, list_text(j, rows, 0));
		unless_masked(&says->phone, list_text(j, rows, 2));
		unless_same_masked(j, &says->note, list_text(j, rows, 3));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
customer_set(struct job *j, struct contact_says *says, int64_t id,
    const char *pinyin, enum outcome *what)
{
	struct noted note = {
		.kind = "customer", .subject = id, .what = "customer"
	};
	struct str image = STR_INIT;
	int64_t changed = 0;
	int rc = customer_image(j, id, says, &image);

	if (rc == 0)
		rc = db_exec(j->txn, sql_customer_set,
		    DB_ARGS(db_i(id), slice_val(says->name), db_t(pinyin),
			slice_val(says->phone), slice_val(says->note)),
		    &changed);
	*what = rc == 0 && changed > 0 ? CHANGED : SAME;
	note.image = image.s;
	if (*what == CHANGED)
		rc = change_note(j, &note);
	str_done(&image);
	return rc;
}

int
customer_take(struct job *j, const struct contact_says *told)
{
	struct contact_says says = *told;
	enum outcome what = MADE;
	char pinyin[64];
	int64_t id;
	int rc;

	pinyin_initials(
	    slice_text(&j->scratch, says.name), pinyin, sizeof(pinyin));
	if ((rc = list_look_up(j, sql_customer, slice_of(says.identity), &id)) <
	    0)
		return rc;
	if (id == 0) {
		/* When trying out, a piece does not see those before it. */
		if (!job_first(j, 'c', slice_of(says.identity)))
			what = CHANGED;
		j->im->sum.customers_new += what == MADE;
		rc = db_insert(j->txn, sql_customer_add,
		    DB_ARGS(db_t(says.identity), slice_val(says.nick),
			slice_val(says.name), slice_val(says.phone),
			db_t(pinyin), slice_val(says.note)),
		    &id);
	} else {
		rc = customer_set(j, &says, id, pinyin, &what);
	}
	list_count(j, what);
	if (rc < 0 || what == SAME)
		return rc;
	return op_note(j->s, &op_import, j->txn, "customer", id, "%s",
	    what == MADE ? "made" : "changed");
}

static int
customer_row(struct job *j, struct imp_row *row, enum outcome *what)
{
	struct contact_says says = { .nick = row->f[F_NICK],
		.name = row->f[F_NAME],
		.phone = row->f[F_PHONE],
		.note = row->f[F_NOTE] };
	char *identity;

	*what = REFUSED; /* counted by customer_take() */
	if (!customer_identity(j, row, &identity))
		return 0;
	says.identity = identity;
	return customer_take(j, &says);
}

int
customers_file(struct job *j, struct imp_file *f)
{
	return list_each_row(j, f, customer_row);
}
