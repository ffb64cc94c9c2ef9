/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/session_priv.h"
#include "../orders/order_priv.h"
#include "attrs_priv.h"
#include "confirm_priv.h"

/* Typing attributes: the first time, the second, and corrections. */

static const struct op op_type = { "attr-type", PERM_ORDER_EDIT, "order" };

struct typing {
	struct session *s;
	struct txn *txn;
	int64_t order_id;
	const struct attr_typing *t;
	struct page attrs;
	struct str words; /* for the log */
	int differ;
	bool corrected;
};

static const struct line_attr *
find(const struct typing *y, const struct attr_entry *e)
{
	const struct line_attr *a;
	size_t i;

	for (i = 0; i < y->attrs.n; i++) {
		a = page_row(&y->attrs, i);
		if (a->line_no == e->line_no &&
		    (strcmp(a->name, e->name) == 0 ||
			strcmp(a->title, e->name) == 0))
			return a;
	}
	return NULL;
}

static int
parse(struct typing *y, const struct line_attr *a, const char *text,
    char value[ATTR_VALUE])
{
	const struct attr_def d = { .name = a->name,
		.title = a->title,
		.type = a->type,
		.unit = a->unit,
		.choices = a->choices,
		.least = a->least,
		.most = a->most };

	return attr_parse(y->s, &d, text, value);
}

static void
log_it(struct typing *y, const struct line_attr *a, const char *what)
{
	str_addf(&y->words, "%sline %" PRId64 " %s%s",
	    y->words.len > 0 ? "; " : "", a->line_no, a->name, what);
}

static const char sql_first[] =
    "INSERT INTO line_attr (order_id, line_no, name, value, typed_by, typed_at)"
    " VALUES ($1, $2, $3, $4, $5, $6)";

static int
first(struct typing *y, const struct line_attr *a, const char *value)
{
	/* The log must not tell whoever types it again. */
	log_it(y, a, a->critical ? " typed" : "");
	return db_exec(y->txn, sql_first,
	    DB_ARGS(db_i(y->order_id), db_i(a->line_no), db_t(a->name),
		db_t(value), db_i(y->s->staff_id), db_i(time_now())),
	    NULL);
}

static int
wrong(struct typing *y, const struct line_attr *a, const char *before,
    const char *after, int64_t typed_by)
{
	char words[ATTR_VALUE + 64];
	const struct correcting c = { .order_id = y->order_id,
		.line_no = a->line_no,
		.name = a->name,
		.before = before,
		.after =
		    attr_words(a->type, a->unit, after, words, sizeof(words)),
		.reason = y->t->reason,
		.typed_by = typed_by,
		.loss = y->t->loss };

	return correction_add(y->s, y->txn, &c);
}

static int
need_reason(struct typing *y, const struct line_attr *a)
{
	if (y->t->reason != NULL && y->t->reason[0] != '\0')
		return 0;
	return err_set(&y->s->err, ERR_INVALID, "reason",
	    _("%s was typed already: say why it is corrected"), a->title);
}

static const char sql_settle[] =
    "UPDATE line_attr SET value = $4, typed_by = $5, again = $4,"
    " again_by = $6, again_at = $7"
    " WHERE order_id = $1 AND line_no = $2 AND name = $3";

/* Which of the two is right, or neither; both were on the screen. */
static int
settle(struct typing *y, const struct line_attr *a, const char *value)
{
	bool first_right = strcmp(a->value, value) == 0;
	int rc = need_reason(y, a);

	if (rc == 0 && !first_right)
		rc = wrong(y, a, a->words, value, a->typed_by);
	if (rc == 0 && strcmp(a->again, value) != 0)
		rc = wrong(y, a, a->again_words, value, a->again_by);
	log_it(y, a, " settled: ");
	str_addf(&y->words, "%s, %s -> %s", a->value, a->again, value);
	if (rc < 0)
		return rc;
	return db_exec(y->txn, sql_settle,
	    DB_ARGS(db_i(y->order_id), db_i(a->line_no), db_t(a->name),
		db_t(value), db_i(first_right ? a->typed_by : y->s->staff_id),
		db_i(y->s->staff_id), db_i(time_now())),
	    NULL);
}

static const char sql_correct[] =
    "UPDATE line_attr SET value = $4, typed_by = $5, typed_at = $6,"
    " again = '', again_by = NULL, again_at = 0"
    " WHERE order_id = $1 AND line_no = $2 AND name = $3";

static int
correct(struct typing *y, const struct line_attr *a, const char *value)
{
	int rc;

	if (strcmp(a->value, value) == 0)
		return 0;
	if ((rc = need_reason(y, a)) < 0 ||
	    (rc = wrong(y, a, a->words, value, a->typed_by)) < 0)
		return rc;
	/* What was typed only once is still to be typed again, unseen. */
	log_it(y, a, " corrected");
	if (a->state == ATTR_AGREED)
		str_addf(&y->words, ": %s -> %s", a->value, value);
	y->corrected = true;
	return db_exec(y->txn, sql_correct,
	    DB_ARGS(db_i(y->order_id), db_i(a->line_no), db_t(a->name),
		db_t(value), db_i(y->s->staff_id), db_i(time_now())),
	    NULL);
}

static const char sql_again[] =
    "UPDATE line_attr SET again = $4, again_by = $5, again_at = $6"
    " WHERE order_id = $1 AND line_no = $2 AND name = $3";

static int
again(struct typing *y, const struct line_attr *a, const char *value)
{
	bool same = strcmp(a->value, value) == 0;

	if (a->state == ATTR_MISSING)
		return err_set(&y->s->err, ERR_STATE, a->name,
		    _("%s has not been typed a first time"), a->title);
	if (a->state == ATTR_DIFFERS)
		return err_set(&y->s->err, ERR_STATE, a->name,
		    _("%s was typed as %s and as %s: settle which is right"),
		    a->title, a->words, a->again_words);
	if (a->state == ATTR_AGREED && !same)
		return err_set(&y->s->err, ERR_STATE, a->name,
		    _("%s is agreed as %s: correct it, if that is wrong"),
		    a->title, a->words);
	if (a->state == ATTR_AGREED)
		return 0;
	if (y->t->how == ATTR_AGAIN && a->typed_by == y->s->staff_id)
		return err_set(&y->s->err, ERR_STATE, a->name,
		    _("You typed %s yourself: somebody else types it again, "
		      "or you do while the buyer confirms it"),
		    a->title);
	y->differ += !same;
	log_it(y, a, same ? " agrees" : " differs: ");
	if (!same)
		str_addf(&y->words, "%s, %s", a->value, value);
	return db_exec(y->txn, sql_again,
	    DB_ARGS(db_i(y->order_id), db_i(a->line_no), db_t(a->name),
		db_t(value), db_i(y->s->staff_id), db_i(time_now())),
	    NULL);
}

static int
type_one(struct typing *y, const struct attr_entry *e)
{
	const struct line_attr *a = find(y, e);
	char value[ATTR_VALUE];
	int rc;

	if (a == NULL)
		return err_set(&y->s->err, ERR_INVALID, "name",
		    _("Line %lld has no %s to be typed: is its product made "
		      "to order?"),
		    (long long)e->line_no, e->name);
	if ((rc = parse(y, a, e->text, value)) < 0)
		return rc;
	if (y->t->how != ATTR_FIRST)
		return again(y, a, value);
	if (a->state == ATTR_MISSING)
		return first(y, a, value);
	if (a->state == ATTR_DIFFERS)
		return settle(y, a, value);
	return correct(y, a, value);
}

static int
apply(struct typing *y)
{
	struct order_now now;
	size_t i;
	int rc;

	if ((rc = order_now(y->s, y->txn, y->order_id, &now)) < 0)
		return rc;
	if (now.state != ORDER_UNPAID && !order_can_hold(now.state))
		return err_set(&y->s->err, ERR_STATE, "",
		    _("Order %s is %s: there is nothing left to type"),
		    now.order_no, order_state_text(now.state));
	for (i = 0; rc == 0 && i < y->t->n; i++) {
		rc = line_attrs_all(y->s, y->order_id, &y->attrs);
		if (rc == 0)
			rc = type_one(y, &y->t->entries[i]);
		page_free(&y->attrs);
		y->attrs = (struct page){ 0 };
	}
	if (rc == 0 && y->corrected)
		rc = confirm_take_back(y->s, y->txn, y->order_id, CONFIRM_ATTRS,
		    _("What was to be made was corrected"));
	return rc < 0 ? rc : confirm_agent(y->s, y->txn, y->order_id);
}

int
attrs_type(struct session *s, int64_t order_id, const struct attr_typing *t,
    int *differ)
{
	struct typing y = {
		.s = s, .order_id = order_id, .t = t, .words = STR_INIT
	};
	int rc;

	if (t->loss < 0)
		return err_set(&s->err, ERR_INVALID, "loss",
		    _("A loss is an amount from 0 upwards"));
	if (t->reason != NULL && (strlen(t->reason) > 400 ||
				     !utf8_valid(t->reason, strlen(t->reason))))
		return err_set(&s->err, ERR_INVALID, "reason",
		    _("The text is not valid UTF-8, or too long"));
	if ((rc = op_begin(s, &op_type, &y.txn)) < 0)
		return rc;
	rc = apply(&y);
	if (rc == 0)
		rc = op_commit(s, &op_type, &y.txn, order_id, "%s", y.words.s);
	op_abort(s, &y.txn);
	str_done(&y.words);
	if (rc == 0 && differ != NULL)
		*differ = y.differ;
	return rc;
}
