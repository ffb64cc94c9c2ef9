/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/session_priv.h"
#include "../orders/order_priv.h"
#include "../review/review_priv.h"
#include "attrs_priv.h"
#include "confirm_priv.h"

/* Recording what the buyer confirmed, and what changed since. */

static const struct op op_confirm = { "order-confirm", PERM_ORDER_EDIT,
	"order" };

static int
check(struct session *s, const struct confirm_entry *e)
{
	size_t i;

	if (e->what <= 0 || (e->what & ~CONFIRM_ALL) != 0)
		return err_set(&s->err, ERR_INVALID, "what",
		    _("Say what the buyer confirmed: name, phone, address, "
		      "attrs, ship_date or delivery"));
	if (!utf8_valid(e->note, strlen(e->note)) || strlen(e->note) > 500)
		return err_set(&s->err, ERR_INVALID, "note",
		    _("The text is not valid UTF-8, or too long"));
	for (i = 0; e->channel[0] != '\0'; i++)
		if (confirm_channels[i] == NULL)
			return err_set(&s->err, ERR_INVALID, "channel",
			    _("%s is no way to confirm: wangwang, phone, sms, "
			      "wechat, email, in_person or other"),
			    e->channel);
		else if (strcmp(confirm_channels[i], e->channel) == 0)
			break;
	return 0;
}

static int
apply(struct session *s, struct txn *txn, int64_t order_id,
    const struct confirm_entry *e)
{
	struct order_now now;
	int rc;

	if ((rc = order_now(s, txn, order_id, &now)) < 0)
		return rc;
	if (now.state != ORDER_UNPAID && !order_can_hold(now.state))
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is %s: there is nothing left to confirm"),
		    now.order_no, order_state_text(now.state));
	if ((e->what & CONFIRM_ATTRS) &&
	    (rc = attrs_agreed(s, order_id, 0)) < 0)
		return rc;
	rc = confirm_add(s, txn, order_id, e->what, e->channel, e->note);
	if (rc == 0)
		rc = confirm_agent(s, txn, order_id);
	return rc < 0 ? rc : courier_again(s, txn, order_id);
}

static void
tell(struct str *words, const struct confirm_entry *e)
{
	int64_t bit;

	for (bit = 1; bit < CONFIRM_ALL; bit *= 2)
		if (e->what & bit)
			str_addf(words, "%s%s", words->len > 0 ? ", " : "",
			    confirm_name(bit));
	if (e->channel[0] != '\0')
		str_addf(words, " (%s)", e->channel);
	if (e->note[0] != '\0')
		str_addf(words, ": %s", e->note);
}

int
confirm_save(struct session *s, int64_t order_id, const struct confirm_entry *e)
{
	struct str words = STR_INIT;
	struct txn *txn;
	int rc;

	if ((rc = check(s, e)) < 0 || (rc = op_begin(s, &op_confirm, &txn)) < 0)
		return rc;
	tell(&words, e);
	rc = apply(s, txn, order_id, e);
	if (rc == 0)
		rc = op_commit(s, &op_confirm, &txn, order_id, "%s", words.s);
	op_abort(s, &txn);
	str_done(&words);
	return rc;
}

int
confirm_everything(
    struct session *s, int64_t order_id, const char *channel, const char *note)
{
	struct confirm_entry e = { .channel = channel, .note = note };
	int64_t confirmed;
	int rc;

	if ((rc = confirm_stands(s, order_id, &e.what, &confirmed)) < 0)
		return rc;
	return confirm_save(s, order_id, &e);
}

/* Who last had this fact confirmed. */
static const char sql_confirmer[] =
    "SELECT staff_id FROM confirmation WHERE order_id = $1 AND what > 0"
    " AND what & $2 <> 0 ORDER BY id DESC LIMIT 1";

int
confirm_changed(struct session *s, struct txn *txn, int64_t order_id,
    int64_t bit, const char *before, const char *after)
{
	struct correcting c = { .order_id = order_id,
		.name = confirm_name(bit),
		.before = before,
		.after = after };
	int rc;

	rc = db_fetch1(txn, sql_confirmer, DB_ARGS(db_i(order_id), db_i(bit)),
	    &c.typed_by);
	if (rc == ERR_NOTFOUND)
		return 0;
	if (rc < 0 || (rc = correction_add(s, txn, &c)) < 0)
		return rc;
	return confirm_take_back(s, txn, order_id, bit,
	    _("It was changed after it had been confirmed"));
}
