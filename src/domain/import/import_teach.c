/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/query.h"

#include "../core/row_priv.h"
#include "import_priv.h"
#include "staged_priv.h"

/* Layouts that somebody taught: kept in the words of data/formats, and known by
 * their header from then on. */

static const struct op op_teach = { "layout-teach", PERM_SETTING_EDIT,
	"layout" };
static const struct op op_unteach = { "layout-unteach", PERM_SETTING_EDIT,
	"layout" };

#define NAME_MOST 60 /* bytes */

/* What the columns of a kind can be, in the order in which people look for
 * it. MUST: a file of it is nothing without. */
struct choice {
	enum imp_field field;
	bool must;
};

static const struct choice of_orders[] = {
	{ F_ORDER_NO, true },
	{ F_CREATED_AT, true },
	{ F_STATE, false },
	{ F_TITLE, false },
	{ F_ATTRS, false },
	{ F_SKU, false },
	{ F_QTY, false },
	{ F_PRICE, false },
	{ F_LINE_TOTAL, false },
	{ F_LINE_PAID, false },
	{ F_SUB_ORDER_NO, false },
	{ F_ITEM_NO, false },
	{ F_TOTAL, false },
	{ F_GOODS_TOTAL, false },
	{ F_POSTAGE, false },
	{ F_PAID, false },
	{ F_REFUND, false },
	{ F_REFUND_STATE, false },
	{ F_LINE_REFUND, false },
	{ F_SETTLED, false },
	{ F_PAID_AT, false },
	{ F_SHIPPED_AT, false },
	{ F_FINISHED_AT, false },
	{ F_NICK, false },
	{ F_RECEIVER, false },
	{ F_PHONE, false },
	{ F_TEL, false },
	{ F_PROVINCE, false },
	{ F_CITY, false },
	{ F_DISTRICT, false },
	{ F_STREET, false },
	{ F_ADDRESS, false },
	{ F_ADDRESS2, false },
	{ F_POSTCODE, false },
	{ F_COUNTRY, false },
	{ F_BUYER_NOTE, false },
	{ F_MEMO, false },
	{ F_COURIER, false },
	{ F_WAYBILL, false },
	{ F_PAYMENT_NO, false },
	{ F_CLOSE_REASON, false },
	{ F_SHOP, false },
	{ F_MAX, false },
};

static const struct choice of_products[] = {
	{ F_SKU, true },
	{ F_NAME, false },
	{ F_PRODUCT, false },
	{ F_BARCODES, false },
	{ F_PRICE, false },
	{ F_WEIGHT, false },
	{ F_REORDER_AT, false },
	{ F_TARGET_LEVEL, false },
	{ F_BIN, false },
	{ F_CATEGORY, false },
	{ F_BRAND, false },
	{ F_UNIT, false },
	{ F_SUPPLIER, false },
	{ F_COST, false },
	{ F_LENGTH, false },
	{ F_WIDTH, false },
	{ F_HEIGHT, false },
	{ F_GUARANTEE_DAYS, false },
	{ F_GUARANTEE, false },
	{ F_NOTE, false },
	{ F_IMAGES, false },
	{ F_MAX, false },
};

static const struct choice of_stock[] = {
	{ F_SKU, true },
	{ F_QTY, true },
	{ F_COST, false },
	{ F_BIN, false },
	{ F_SUPPLIER, false },
	{ F_MAX, false },
};

static const struct choice of_customers[] = {
	{ F_NAME, true },
	{ F_NICK, false },
	{ F_PHONE, false },
	{ F_NOTE, false },
	{ F_MAX, false },
};

static const struct choice of_listings[] = {
	{ F_TITLE, true },
	{ F_ATTRS, false },
	{ F_SKU, false },
	{ F_ITEM_NO, false },
	{ F_SHOP, false },
	{ F_PRODUCT, false },
	{ F_MAX, false },
};

static const struct {
	const char *kind;
	const struct choice *choices;
} teachable[] = {
	{ "orders", of_orders },
	{ "products", of_products },
	{ "stock", of_stock },
	{ "customers", of_customers },
	{ "listings", of_listings },
};

static const struct choice *
own_choices(const char *kind)
{
	size_t i;

	for (i = 0; i < sizeof(teachable) / sizeof(teachable[0]); i++)
		if (strcmp(teachable[i].kind, kind) == 0)
			return teachable[i].choices;
	return NULL;
}

/* Of customers there are kept layouts, too, but also a list of our own. */
static bool
is_kept(const char *kind)
{
	return own_choices(kind) == NULL && kept_teachable(kind);
}

bool
import_teachable(const char *kind)
{
	return own_choices(kind) != NULL || kept_teachable(kind);
}

static const struct choice *
choices_of(struct session *s, const char *kind)
{
	const struct choice *c = own_choices(kind);

	if (c == NULL)
		err_set(&s->err, ERR_INVALID, "kind",
		    _("The columns of such files cannot be named"));
	return c;
}

int
import_field_page(struct session *s, const char *kind, struct page *out)
{
	const struct choice *c;
	struct import_field *f;
	int rc;

	if ((rc = session_need(s, PERM_IMPORT)) < 0)
		return rc;
	if (is_kept(kind)) {
		kept_field_page(kind, out);
		return 0;
	}
	if ((c = choices_of(s, kind)) == NULL)
		return ERR_INVALID;
	page_init(out, sizeof(*f), F_MAX);
	for (; c->field != F_MAX; c++) {
		f = page_add(out);
		f->name = field_name(c->field);
		f->label = field_label(c->field);
		f->must = c->must;
	}
	return 0;
}

/* A layout being put together. */
struct lesson {
	struct session *s;
	const struct import_look *look;
	const char *kind, *platform, *name;
	const char *const *fields;
	const struct choice *choices;
	uint64_t has;
};

static int
is_missing(const struct lesson *t, enum imp_field field)
{
	return err_set(&t->s->err, ERR_INVALID, field_name(field),
	    _("\"%s\" must be one of the columns"), field_label(field));
}

static bool
may_be(const struct choice *c, enum imp_field field)
{
	while (c->field != F_MAX && c->field != field)
		c++;
	return field != F_MAX && c->field == field;
}

/* Each field once, and all that must be there. */
static int
check_fields(struct lesson *t)
{
	const struct choice *c;
	bool taken[F_MAX] = { false };
	enum imp_field field;
	size_t i;

	for (i = 0; i < t->look->ncols; i++) {
		if (t->fields[i] == NULL)
			continue;
		field = field_by_name(t->fields[i]);
		if (!may_be(t->choices, field))
			return err_set(&t->s->err, ERR_INVALID, t->fields[i],
			    _("There is no field %s"), t->fields[i]);
		if (taken[field])
			return err_set(&t->s->err, ERR_INVALID, t->fields[i],
			    _("Two columns cannot both be \"%s\""),
			    field_label(field));
		if (t->look->header[i][0] == '\0')
			return err_set(&t->s->err, ERR_INVALID, t->fields[i],
			    _("The column for \"%s\" has no header"),
			    field_label(field));
		taken[field] = true;
		t->has |= BIT(field);
	}
	for (c = t->choices; c->field != F_MAX; c++)
		if (c->must && !(t->has & BIT(c->field)))
			return is_missing(t, c->field);
	return 0;
}

#define GOODS (BIT(F_TITLE) | BIT(F_SKU) | BIT(F_ATTRS))

/* Orders with lines need to say what and how many of it. */
static int
check_lines(struct lesson *t)
{
	if (strcmp(t->kind, "orders") != 0)
		return 0;
	if ((t->has & BIT(F_QTY)) && !(t->has & GOODS))
		return is_missing(t, F_TITLE);
	if ((t->has &
		(BIT(F_PRICE) | BIT(F_LINE_TOTAL) | BIT(F_SUB_ORDER_NO))) &&
	    !(t->has & BIT(F_QTY)))
		return is_missing(t, F_QTY);
	return 0;
}

static int
check_name(struct lesson *t)
{
	const char *p;

	if (t->name[0] == '\0' || strlen(t->name) > NAME_MOST ||
	    strpbrk(t->name, "\t\r\n") != NULL)
		return err_set(&t->s->err, ERR_INVALID, "name",
		    _("The layout needs a name, of one line"));
	for (p = t->platform; isalnum((unsigned char)*p) || *p == '-'; p++)
		;
	if (*p != '\0' || p == t->platform)
		return err_set(&t->s->err, ERR_INVALID, "platform",
		    _("A platform is called by letters and digits: taobao"));
	return 0;
}

/* Are there rows that leave the order number to the one above? */
static bool
is_filled(const struct lesson *t)
{
	size_t col, row, empty = 0;

	for (col = 0; col < t->look->ncols; col++)
		if (t->fields[col] != NULL &&
		    strcmp(t->fields[col], field_name(F_ORDER_NO)) == 0)
			break;
	for (row = 0; row < t->look->nrows; row++)
		empty += t->look->raw[row * t->look->ncols + col][0] == '\0';
	return empty > 0;
}

static const char *
shape_of(const struct lesson *t)
{
	if (strcmp(t->kind, "orders") != 0)
		return "table";
	if (!(t->has & BIT(F_QTY)))
		return "orders";
	return is_filled(t) ? "fill" : "rows";
}

/* A header in the words of the tables: what they have a meaning for is left
 * out, and the rest found inside it. */
static void
add_header(struct str *out, const char *header)
{
	size_t n = strcspn(header, ";*\t\r\n");

	str_addn(out, header, n);
	if (header[n] != '\0')
		str_addc(out, '*');
}

static void
write_layout(const struct lesson *t, struct str *out)
{
	size_t i;

	str_addf(out, "platform\t%s\nlayout\t%s\t%s\t%s\t%s\n", t->platform,
	    t->name, t->kind, t->name, shape_of(t));
	for (i = 0; i < t->look->ncols; i++) {
		if (t->fields[i] == NULL)
			continue;
		str_addf(out, "field\t%s\tmust\t", t->fields[i]);
		add_header(out, t->look->header[i]);
		str_addc(out, '\n');
	}
	if (strcmp(t->kind, "orders") == 0 && !(t->has & BIT(F_STATE)))
		str_add(out, "option\tstate\tpaid\n");
	if (strcmp(t->kind, "orders") == 0 && !(t->has & BIT(F_PAID_AT)))
		str_add(out, "option\tpaid\twhen-made\n");
}

static const char sql_add[] =
    "INSERT INTO layout_taught (name, kind, platform, text, staff_id, at)"
    " VALUES ($1, $2, $3, $4, $5, $6)";
static const char sql_again[] =
    "UPDATE layout_taught SET name = $1, kind = $2, platform = $3, text = $4,"
    " staff_id = $5, at = $6 WHERE name = $1";
static const char sql_name[] =
    "SELECT coalesce(max(id), 0) FROM layout_taught WHERE name = $1";

/* What the file is known as already is changed; another of that name is not. */
static int
write_lesson(const struct lesson *t, const char *text)
{
	struct session *s = t->s;
	const struct db_val args[] = { db_t(t->name), db_t(t->kind),
		db_t(t->platform), db_t(text), db_i(s->staff_id),
		db_i(time_now()) };
	struct txn *txn;
	int64_t id;
	int rc;

	if ((rc = op_begin(s, &op_teach, &txn)) < 0)
		return rc;
	rc = db_fetch1(txn, sql_name, DB_ARGS(db_t(t->name)), &id);
	if (rc == 0 && id == 0)
		rc = db_insert(txn, sql_add, args, 6, &id);
	else if (rc == 0 && t->look->kind != NULL &&
		 strcmp(t->look->what, t->name) == 0)
		rc = db_exec(txn, sql_again, args, 6, NULL);
	else if (rc == 0)
		rc = err_set(&s->err, ERR_CONFLICT, "name",
		    _("There is a layout %s already"), t->name);
	if (rc == 0)
		rc = op_commit(s, &op_teach, &txn, id, "%s (%s, %s)", t->name,
		    t->kind, t->platform);
	op_abort(s, &txn);
	return rc;
}

int
import_teach(struct session *s, const struct import_look *look,
    const char *kind, const char *platform, const char *name,
    const char *const *fields)
{
	struct lesson t = { .s = s,
		.look = look,
		.kind = kind,
		.platform = platform != NULL && platform[0] != '\0' ? platform
								    : "manual",
		.name = name,
		.fields = fields };
	struct str text = STR_INIT;
	int rc;

	if ((rc = session_need(s, PERM_IMPORT)) < 0 ||
	    (rc = session_need(s, PERM_SETTING_EDIT)) < 0)
		return rc;
	if ((rc = check_name(&t)) < 0)
		return rc;
	if (is_kept(kind)) {
		rc =
		    kept_lesson(s, look, kind, t.platform, name, fields, &text);
	} else if ((t.choices = choices_of(s, kind)) == NULL) {
		rc = ERR_INVALID;
	} else if ((rc = check_fields(&t)) == 0 &&
		   (rc = check_lines(&t)) == 0) {
		write_layout(&t, &text);
	}
	if (rc == 0)
		rc = write_lesson(&t, text.s);
	str_done(&text);
	return rc;
}

/* "订单号, 金额": the headers in the text of a layout. */
static const char *
columns_of(const char *text, struct arena *arena)
{
	struct str out = STR_INIT;
	const char *kept, *line, *end, *cell;

	for (line = text; *line != '\0'; line = end + (*end == '\n')) {
		end = strchrnul(line, '\n');
		if (strncmp(line, "field\t", 6) != 0 &&
		    strncmp(line, "col\t", 4) != 0)
			continue;
		cell = memrchr(line, '\t', (size_t)(end - line));
		cell++;
		if (cell == end)
			continue;
		if (out.len > 0)
			str_add(&out, C_("list", ", "));
		str_addn(&out, cell, (size_t)(end - cell));
	}
	kept = arena_strdup(arena, out.s);
	str_done(&out);
	return kept;
}

static void
fill(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct import_taught *t = out;

	t->id = db_int(rows, 0);
	t->name = row_text(rows, 1, arena);
	t->kind = row_text(rows, 2, arena);
	t->platform = row_text(rows, 3, arena);
	t->columns = columns_of(row_text(rows, 4, NULL), arena);
	t->staff = row_text(rows, 5, arena);
	t->at = db_int(rows, 6);
}

int
import_taught_page(struct session *s, enum page_dir dir,
    const struct import_taught *from, size_t limit, struct page *out)
{
	struct query q =
	    QUERY("SELECT l.id, l.name, l.kind, l.platform, l.text,"
		  " s.name, l.at FROM layout_taught l"
		  " JOIN staff s ON s.id = l.staff_id WHERE 1 = 1");
	struct query_key key = { .column = "l.id" };
	int rc;

	if ((rc = session_need(s, PERM_IMPORT)) < 0)
		return rc;
	if (from != NULL)
		key.from = db_i(from->id);
	query_page(&q, &key, 1, true, dir, limit);
	return query_fetch(
	    s->db, &q, dir, sizeof(struct import_taught), limit, fill, out);
}

static const char sql_what[] = "SELECT name FROM layout_taught WHERE id = $1";
static const char sql_forget[] = "DELETE FROM layout_taught WHERE id = $1";

static int
name_of(struct session *s, int64_t id, char *buf, size_t size)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql_what, DB_ARGS(db_i(id)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		copy_text(buf, size, db_text(rows, 0));
	db_done(rows);
	return rc;
}

int
import_unteach(struct session *s, int64_t id)
{
	char name[NAME_MOST + 1];
	struct txn *txn;
	int rc;

	if ((rc = session_need(s, PERM_IMPORT)) < 0 ||
	    (rc = op_begin(s, &op_unteach, &txn)) < 0)
		return rc;
	rc = name_of(s, id, name, sizeof(name));
	if (rc == 0)
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such layout"));
	if (rc > 0 &&
	    (rc = db_exec(txn, sql_forget, DB_ARGS(db_i(id)), NULL)) == 0)
		rc = op_commit(s, &op_unteach, &txn, id, "%s", name);
	op_abort(s, &txn);
	return rc;
}

static const char sql_taught[] =
    "SELECT name, text FROM layout_taught ORDER BY id DESC /*scan*/";

int
taught_read(struct job *j)
{
	struct db_rows *rows;
	const char *text;
	int rc;

	rc = db_query(j->s->db, sql_taught, DB_NOARGS, &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		text = arena_strdup(&j->arena, db_text(rows, 1));
		if (strncmp(text, "kept\t", 5) == 0)
			kept_load_taught(&j->kept, &j->arena, text);
		else
			formats_read(j,
			    arena_strdup(&j->arena, db_text(rows, 0)), text,
			    true);
	}
	db_done(rows);
	return rc;
}
