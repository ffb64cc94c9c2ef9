/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/settings.h"

#include "rates_priv.h"
#include "row_priv.h"
#include "session_priv.h"
#include "settings_priv.h"
#include "tsv_priv.h"

static const struct op op_save = { "setting-save", PERM_SETTING_EDIT,
	"setting" };

/* What data/settings.tsv cannot say, as it is to be translated. */
static const struct {
	const char *name, *unit, *meaning;
} known[SETTING_MAX] = {
	[SETTING_SHOP_NAME] = { "shop_name", "",
	    N_("Name of the shop, in the title line") },
	[SETTING_SHIP_HOURS] = { "ship_hours", N_("hours"),
	    N_("Time to ship an order, once it is paid") },
	[SETTING_LOGIN_SLOW_AFTER] = { "login_slow_after", N_("refusals"),
	    N_("Refused log-ins in a row before the next one must wait") },
	[SETTING_LOGIN_LOCK_AFTER] = { "login_lock_after", N_("refusals"),
	    N_("Refused log-ins in a row before the name is locked") },
	[SETTING_LOGIN_LOCK_MIN] = { "login_lock_min", N_("minutes"),
	    N_("How long a name stays locked after refused log-ins") },
	[SETTING_BACKUP_DAILY] = { "backup_daily", N_("days"),
	    N_("Of how many days a copy of each is kept") },
	[SETTING_BACKUP_MONTHLY] = { "backup_monthly", N_("months"),
	    N_("Of how many months a copy of each is kept") },
	[SETTING_BACKUP_DIR] = { "backup_dir", "",
	    N_("Folder for the copy that is made when the last one leaves; "
	       "empty: none is made") },
	[SETTING_IMPORT_HOLD_REMARK] = { "import_hold_remark", "",
	    N_("Hold orders whose remark a file changes") },
	[SETTING_IMPORT_UNDO_DAYS] = { "import_undo_days", N_("days"),
	    N_("How long an import can be taken back") },
	[SETTING_CURRENCY_RATES] = { "currency_rates", "",
	    N_("What foreign money is worth in yuan, for orders from abroad: "
	       "USD 7.12, EUR 7.80") },
	[SETTING_CLAIM_MIN] = { "claim_min", N_("minutes"),
	    N_("How long an order stays with whoever packs it, when nothing is done") },
	[SETTING_WAVE_ORDERS] = { "wave_orders", "",
	    N_("Orders in a pick wave, at most") },
	[SETTING_WAVE_SLOTS] = { "wave_slots", N_("slots"),
	    N_("Slots of the sorting wall: orders of several products in a wave") },
	[SETTING_WEIGH_GRAMS] = { "weigh_grams", N_("grams"),
	    N_("A parcel's weight may differ by so much from what is expected") },
	[SETTING_WEIGH_PERCENT] = { "weigh_percent", "%",
	    N_("and by so many hundredths of it, whichever is more") },
	[SETTING_REVIEW] = { "review", "",
	    N_("Paid orders ship only after their review") },
	[SETTING_REVIEW_WAIT_MIN] = { "review_wait_min", N_("minutes"),
	    N_("A paid order is reviewed so long after its payment") },
	[SETTING_REMIND_AFTER_MIN] = { "remind_after_min", N_("minutes"),
	    N_("An unpaid order is in the list of reminders after that") },
	[SETTING_REMIND_UNTIL_H] = { "remind_until_h", N_("hours"),
	    N_("and leaves it after that") },
	[SETTING_MERGE_DAYS] = { "merge_days", N_("days"),
	    N_("Orders to the same hands so far apart are proposed for one parcel") },
	[SETTING_TRACK_COLLECT_H] = { "track_collect_h", N_("hours"),
	    N_("A parcel that the courier has not collected after that is looked after") },
	[SETTING_TRACK_STILL_DAYS] = { "track_still_days", N_("days"),
	    N_("and one that has not moved for so long") },
	[SETTING_TRACK_LATE_DAYS] = { "track_late_days", N_("days"),
	    N_("and one that has not arrived after that") },
	[SETTING_FREIGHT_OVER] = { "freight_over", N_("fen"),
	    N_("A courier's bill may differ by so much for a parcel") },
	[SETTING_DELIVER_DAYS] = { "deliver_days", N_("days"),
	    N_("Time on the way, once it is shipped, that buyers count on; 0: none") },
	[SETTING_PRINT_QUEUE] = { "print_queue", "",
	    N_("Printer for labels and lists; empty: they are kept as files") },
	[SETTING_CONFIRM_NEED] = { "confirm_need", "",
	    N_("Orders ship only once they are confirmed with the buyer; "
	       "what is made to order always is") },
	[SETTING_HANDOVER_HOUR] = { "handover_hour", N_("o'clock"),
	    N_("The day's sales are handed to production by then") },
	[SETTING_COVER_DAYS] = { "cover_days", N_("days"),
	    N_("Days of sales that a proposed purchase is to last for") },
	[SETTING_OVER_RECEIPT_PERCENT] = { "over_receipt_percent", "%",
	    N_("So many hundredths more than was ordered may be received") },
	[SETTING_INVOICE_OVER_PERCENT] = { "invoice_over_percent", "%",
	    N_("A supplier's invoice may differ by so many hundredths from what was ordered and came") },
	[SETTING_RECOUNT_OVER] = { "recount_over", N_("fen"),
	    N_("A counted difference worth more than that is counted again") },
	[SETTING_DEAD_DAYS] = { "dead_days", N_("days"),
	    N_("Stock that nobody bought for so long is dead") },
	[SETTING_ABC_A_PERCENT] = { "abc_a_percent", "%",
	    N_("The best products that make so much of the sales are class A") },
	[SETTING_ABC_B_PERCENT] = { "abc_b_percent", "%",
	    N_("and those up to there are class B") },
	[SETTING_PUT_AWAY_H] = { "put_away_h", N_("hours"),
	    N_("Goods that came in are to be on their shelf after that") },
	[SETTING_QUOTE_DAYS] = { "quote_days", N_("days"),
	    N_("How long a quotation is valid") },
};

#define VALUE_SIZE SETTING_VALUE

/* A line of data/settings.tsv. */
struct bounds {
	char value[VALUE_SIZE];
	int64_t min, max; /* both 0: a text */
};

static bool
is_number(const struct bounds *b)
{
	return b->max > b->min;
}

static void
read_bounds(struct bounds out[SETTING_MAX])
{
	struct tsv t;
	int i;

	tsv_open(&t, "settings.tsv");
	for (i = 0; tsv_next(&t); i++) {
		assert(i < SETTING_MAX);
		assert(strcmp(tsv_get(&t, "name"), known[i].name) == 0);
		out[i] = (struct bounds){ .min = 0 };
		copy_text(
		    out[i].value, sizeof(out[i].value), tsv_get(&t, "value"));
		if (count_parse(tsv_get(&t, "min"), &out[i].min) < 0 ||
		    count_parse(tsv_get(&t, "max"), &out[i].max) < 0)
			out[i].min = out[i].max = 0;
	}
	assert(i == SETTING_MAX);
	tsv_done(&t);
}

static const char sql_seed[] =
    "INSERT INTO setting (name, value) VALUES ($1, $2)";

int
settings_seed(struct txn *txn, const char *shop_name)
{
	struct bounds b[SETTING_MAX];
	int i, rc = 0;

	read_bounds(b);
	for (i = 0; rc == 0 && i < SETTING_MAX; i++)
		rc = db_exec(txn, sql_seed,
		    DB_ARGS(db_t(known[i].name),
			db_t(i == SETTING_SHOP_NAME ? shop_name : b[i].value)),
		    NULL);
	return rc;
}

static const char sql_value[] = "SELECT value FROM setting WHERE name = $1";

/* As it stands in the shop; a shop older than the setting has the default. */
static int
read_value(
    struct session *s, int id, const struct bounds *b, char value[VALUE_SIZE])
{
	struct db_rows *rows;
	int rc;

	copy_text(value, VALUE_SIZE, b->value);
	rc = db_query(s->db, sql_value, DB_ARGS(db_t(known[id].name)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) == 1)
		copy_text(value, VALUE_SIZE, db_text(rows, 0));
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static enum setting_shape
shape_of(int id, const struct bounds *b)
{
	const char *unit = known[id].unit;

	if (!is_number(b))
		return SETTING_TEXT;
	if (strcmp(unit, "fen") == 0)
		return SETTING_MONEY;
	return unit[0] == '\0' && b->min == 0 && b->max == 1 ? SETTING_YES_NO
							     : SETTING_NUMBER;
}

int
setting_page(struct session *s, struct page *out)
{
	struct bounds b[SETTING_MAX];
	char value[VALUE_SIZE];
	struct setting *row;
	int i, rc;

	page_init(out, sizeof(*row), SETTING_MAX);
	rc = session_need(s, PERM_SETTING_EDIT);
	read_bounds(b);
	for (i = 0; rc == 0 && i < SETTING_MAX; i++) {
		if ((rc = read_value(s, i, &b[i], value)) < 0)
			break;
		row = page_add(out);
		*row = (struct setting){
			.id = i + 1,
			.shape = shape_of(i, &b[i]),
			.name = known[i].name,
			.value = arena_strdup(&out->arena, value),
			.min = b[i].min,
			.max = b[i].max,
			.unit =
			    known[i].unit[0] != '\0' ? _(known[i].unit) : "",
			.meaning = _(known[i].meaning),
		};
	}
	if (rc < 0)
		page_free(out);
	return rc;
}

static int
find(struct session *s, const char *name)
{
	int i;

	for (i = 0; i < SETTING_MAX; i++)
		if (strcmp(known[i].name, name) == 0)
			return i;
	return err_set(
	    &s->err, ERR_NOTFOUND, "name", _("There is no setting %s"), name);
}

/* What may be left empty says nothing then. */
static bool
may_be_empty(int id)
{
	return id == SETTING_BACKUP_DIR || id == SETTING_CURRENCY_RATES ||
	       id == SETTING_PRINT_QUEUE;
}

static int
check_rates(struct session *s, const char *value)
{
	int64_t yuan;
	char code[4];
	int rc;

	while ((rc = rates_next(&value, code, &yuan)) > 0)
		;
	return rc == 0 ? 0
		       : err_set(&s->err, ERR_INVALID, "value",
			     _("Currencies and what one of each is worth in "
			       "yuan are wanted: USD 7.12, EUR 7.80"));
}

/* @typed as it is kept. */
static int
check_value(struct session *s, int id, const struct bounds *b,
    const char *typed, char value[VALUE_SIZE])
{
	int64_t n;

	if (is_number(b)) {
		if (count_parse(typed, &n) < 0 || n < b->min || n > b->max)
			return err_set(&s->err, ERR_INVALID, "value",
			    _("A whole number from %lld to %lld is wanted"),
			    (long long)b->min, (long long)b->max);
		snprintf(value, VALUE_SIZE, "%" PRId64, n);
		return 0;
	}
	if (!utf8_valid(typed, strlen(typed)) ||
	    !trim_text(value, VALUE_SIZE, typed))
		return err_set(&s->err, ERR_INVALID, "value",
		    _("The text is too long: %d bytes at most"),
		    VALUE_SIZE - 1);
	if (id == SETTING_BACKUP_DIR && value[0] != '\0' && value[0] != '/')
		return err_set(&s->err, ERR_INVALID, "value",
		    _("The whole path of the folder is wanted, from / on"));
	if (value[0] == '\0' && !may_be_empty(id))
		return err_set(&s->err, ERR_INVALID, "value",
		    _("Something is wanted here"));
	return id == SETTING_CURRENCY_RATES ? check_rates(s, value) : 0;
}

static const char sql_save[] =
    "INSERT INTO setting (name, value) VALUES ($1, $2)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value";

int
setting_find(struct session *s, const char *name, int64_t *id)
{
	int at = find(s, name);

	*id = at + 1;
	return at < 0 ? at : 0;
}

const char *
setting_name(int64_t id)
{
	return id > 0 && id <= SETTING_MAX ? known[id - 1].name : "";
}

int
setting_write(struct session *s, struct txn *txn, int64_t id, const char *typed,
    char value[VALUE_SIZE])
{
	struct bounds b[SETTING_MAX];
	int rc;

	read_bounds(b);
	s->settings.read = false;
	if ((rc = check_value(s, (int)id - 1, &b[id - 1], typed, value)) < 0)
		return rc;
	return db_exec(
	    txn, sql_save, DB_ARGS(db_t(setting_name(id)), db_t(value)), NULL);
}

int
setting_save(struct session *s, const char *name, const char *typed)
{
	char before[VALUE_SIZE], value[VALUE_SIZE];
	struct txn *txn;
	int64_t id;
	int rc;

	if ((rc = setting_find(s, name, &id)) < 0 ||
	    (rc = op_begin(s, &op_save, &txn)) < 0)
		return rc;
	rc = setting_text(s, (enum setting_id)(id - 1), before, sizeof(before));
	if (rc == 0)
		rc = setting_write(s, txn, id, typed, value);
	if (rc == 0 && strcmp(before, value) != 0)
		rc = op_commit(
		    s, &op_save, &txn, id, "%s: %s -> %s", name, before, value);
	op_abort(s, &txn);
	s->settings.read = false;
	return rc;
}

/* Read again what may have been changed. */
static int
refresh(struct session *s, int64_t version)
{
	struct bounds b[SETTING_MAX];
	char value[VALUE_SIZE];
	int64_t n;
	int i, rc;

	read_bounds(b);
	for (i = 0; i < SETTING_MAX; i++) {
		if ((rc = read_value(s, i, &b[i], value)) < 0)
			return rc;
		if (i == SETTING_SHOP_NAME)
			copy_text(s->shop_name, sizeof(s->shop_name), value);
		else if (count_parse(value, &n) == 0)
			s->settings.value[i] = n;
	}
	s->settings.read = true;
	s->settings.version = version;
	return 0;
}

int
setting_int(struct session *s, enum setting_id id, int64_t *n)
{
	int64_t version = session_version(s);
	int rc;

	if (!s->settings.read || s->settings.version != version) {
		if ((rc = refresh(s, version)) < 0)
			return rc;
	}
	*n = s->settings.value[id];
	return 0;
}

int
setting_text(struct session *s, enum setting_id id, char *buf, size_t size)
{
	char value[VALUE_SIZE];
	struct bounds b[SETTING_MAX];
	int rc;

	read_bounds(b);
	if ((rc = read_value(s, (int)id, &b[id], value)) == 0)
		copy_text(buf, size, value);
	return rc;
}
