/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/staff.h"

#include "../core/session_priv.h"
#include "record_priv.h"

/* Customers, staff, what they did, and who carries it away. */

#define F(name, label, type) \
	{ \
#name, label, type, offsetof(ROW, name), NULL \
	}

#define ROW struct customer
static const struct rec_field customer_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(platform, N_("Platform"), REC_WORD),
	F(nick, N_("Nick"), REC_TEXT),
	F(name, N_("Name"), REC_TEXT),
	F(phone, N_("Phone"), REC_TEXT),
	F(province, N_("Province"), REC_TEXT),
	F(city, N_("City"), REC_TEXT),
	F(first_at, N_("First order"), REC_TIME),
	F(last_at, N_("Last order"), REC_TIME),
	F(order_n, N_("Orders placed"), REC_INT),
	F(paid_n, N_("Paid orders"), REC_INT),
	F(paid, N_("Total paid"), REC_MONEY),
	{ "average_order_value", N_("Average order value"), REC_MONEY,
	    offsetof(ROW, average), NULL },
	F(note, N_("Remark"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static int
customer_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return customer_list(s, arg, dir, from, limit, out);
}

static const char *const customer_sorts[CUSTOMER_SORT_MAX] = {
	[CUSTOMER_SORT_NICK] = "nick",
	[CUSTOMER_SORT_NAME] = "name",
	[CUSTOMER_SORT_PLACE] = "province",
	[CUSTOMER_SORT_ORDERS] = "order_n",
	[CUSTOMER_SORT_PAID] = "paid",
	[CUSTOMER_SORT_AVERAGE] = "average_order_value",
	[CUSTOMER_SORT_FIRST] = "first_at",
	[CUSTOMER_SORT_LAST] = "last_at",
};
static const struct rec_field sort_filter[] = {
	{ "sort", NULL, REC_TEXT, 0, NULL },
	FIELD_END,
};

static int
customer_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const char *const done[] = { "sort", NULL };
	struct customer_filter f = { .sort = CUSTOMER_SORT_OWN };
	const struct rec_sift sift = { &rec_customers, filters, nfilters, done,
		customer_read, &f };
	int sort, rc;

	rc = rec_want_sort(s, filters, nfilters, customer_sorts,
	    CUSTOMER_SORT_MAX, &sort, &f.desc);
	if (rc < 0)
		return rc;
	f.sort = (enum customer_sort)sort;
	return rec_sift(s, &sift, dir, from, limit, out);
}

/* Oldest first: who is taken in again stands behind those before, too. */
static int
customer_rec_each(struct session *s, const struct rec_filter *filters,
    size_t nfilters, int (*row)(void *arg, const void *row), void *arg)
{
	return rec_each_back(s, &rec_customers, filters, nfilters, row, arg);
}

const struct rec_kind rec_customers = {
	.name = "customers",
	.fields = customer_fields,
	.row_size = sizeof(struct customer),
	.page = customer_rec_page,
	.get = customer_get,
	.filters = sort_filter,
	.each = customer_rec_each,
};

#define ROW struct parcel
static const struct rec_field parcel_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(order_no, N_("Order no."), REC_TEXT),
	F(platform, N_("Platform"), REC_WORD),
	F(shop, N_("Shop"), REC_TEXT),
	F(waybill_no, N_("Waybill no."), REC_TEXT),
	F(courier, N_("Courier"), REC_TEXT),
	F(weight, N_("Weight"), REC_INT),
	F(shipped_at, N_("Shipped at"), REC_TIME),
	F(picker, N_("Picker"), REC_TEXT),
	F(checker, N_("Checked by"), REC_TEXT),
	F(packer, N_("Packer"), REC_TEXT),
	F(shipper, N_("Shipped by"), REC_TEXT),
	F(exported_at, N_("Exported at"), REC_TIME),
	F(expected, N_("Expected weight"), REC_INT),
	F(material, N_("Packed in"), REC_TEXT),
	F(also, N_("Other orders in it"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static const struct rec_field parcel_filters[] = {
	{ "exported", NULL, REC_TEXT, 0, NULL },
	{ "since", NULL, REC_TIME, 0, NULL },
	{ "until", NULL, REC_TIME, 0, NULL },
	{ "sort", NULL, REC_TEXT, 0, NULL },
	FIELD_END,
};
static const char *const parcel_sorts[PARCEL_SORT_MAX] = {
	[PARCEL_SORT_SHIPPED_AT] = "shipped_at",
	[PARCEL_SORT_WAYBILL] = "waybill_no",
	[PARCEL_SORT_NO] = "order_no",
	[PARCEL_SORT_COURIER] = "courier",
	[PARCEL_SORT_WEIGHT] = "weight",
	[PARCEL_SORT_PACKER] = "packer",
};

/* exported=no has its own index; exported=yes is looked for. */
static int
want_exported(struct session *s, const struct rec_filter *filters,
    size_t nfilters, struct parcel_filter *f)
{
	const char *value = rec_want(filters, nfilters, "exported");
	bool yes;
	int rc;

	rc = rec_want_yes(s, filters, nfilters, "exported", &yes);
	if (rc == 0 && value != NULL) {
		f->unexported = !yes;
		f->exported = yes;
	}
	return rc;
}

static int
parcel_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return parcel_page(s, arg, dir, from, limit, out);
}

static int
parcel_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const char *const done[] = { "platform", "exported", "since",
		"until", "sort", NULL };
	struct parcel_filter f = { .platform = rec_want(
				       filters, nfilters, "platform") };
	const struct rec_sift sift = { &rec_parcels, filters, nfilters, done,
		parcel_read, &f };
	int sort, rc;

	rc = rec_want_sort(s, filters, nfilters, parcel_sorts, PARCEL_SORT_MAX,
	    &sort, &f.desc);
	f.sort = (enum parcel_sort)sort;
	if (rc < 0 || (rc = want_exported(s, filters, nfilters, &f)) < 0 ||
	    (rc = rec_want_time(s, filters, nfilters, "since", &f.since)) < 0 ||
	    (rc = rec_want_time(s, filters, nfilters, "until", &f.until)) < 0)
		return rc;
	return rec_sift(s, &sift, dir, from, limit, out);
}

static const char sql_parcel_time[] =
    "SELECT shipped_at FROM parcel WHERE id = $1";

static int
parcel_rec_get(struct session *s, int64_t id, struct page *out)
{
	const struct parcel_filter all = { .platform = NULL };
	struct parcel above = { .id = id + 1 };
	int rc;

	rc = db_get1(
	    s->db, sql_parcel_time, DB_ARGS(db_i(id)), &above.shipped_at);
	if (rc == ERR_NOTFOUND)
		return err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such record"));
	if (rc == 0)
		rc = parcel_page(s, &all, PAGE_AFTER, &above, 1, out);
	return rc < 0 ? rc : rec_only(s, id, out);
}

const struct rec_kind rec_parcels = {
	.name = "parcels",
	.fields = parcel_fields,
	.row_size = sizeof(struct parcel),
	.page = parcel_rec_page,
	.get = parcel_rec_get,
	.filters = parcel_filters,
};

#define ROW struct staff
static const struct rec_field staff_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(login, N_("Log-in"), REC_TEXT),
	F(name, N_("Name"), REC_TEXT),
	F(roles, N_("Roles"), REC_WORD),
	F(active, N_("Active"), REC_BOOL),
	F(created_at, N_("Created"), REC_TIME),
	F(last_login_at, N_("Last log-in"), REC_TIME),
	F(badge, N_("Badge"), REC_BOOL),
	F(otp, N_("One-time code"), REC_BOOL),
	F(must_change, N_("Must change the password"), REC_BOOL),
	F(locked_until, N_("Locked until"), REC_TIME),
	FIELD_END,
};
#undef ROW

static int
staff_rec_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	(void)arg;
	return staff_page(s, dir, from, limit, out);
}

static int
staff_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct rec_sift sift = { &rec_staff, filters, nfilters, NULL,
		staff_rec_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_staff = {
	.name = "staff",
	.fields = staff_fields,
	.row_size = sizeof(struct staff),
	.page = staff_rec_page,
	.get = staff_get,
};

#define ROW struct audit_row
static const struct rec_field audit_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(at, N_("Time"), REC_TIME),
	F(staff, N_("Staff"), REC_TEXT),
	F(op, N_("Operation"), REC_WORD),
	F(kind, N_("Kind"), REC_WORD),
	F(subject, N_("Record"), REC_INT),
	F(detail, N_("Details"), REC_TEXT),
	F(approved, N_("Approved by"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static const struct rec_field audit_filters[] = {
	{ "since", NULL, REC_TIME, 0, NULL },
	{ "until", NULL, REC_TIME, 0, NULL },
	FIELD_END,
};

static int
audit_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return audit_list(s, arg, dir, from, limit, out);
}

static const char sql_staff_named[] =
    "SELECT id FROM staff WHERE name = $1 OR login = $1 LIMIT 2 /*scan*/";

/*
 * By name or by log-in name. Of several who are called so it stays a filter
 * row by row.
 */
static int
want_staff(struct session *s, const char *name, struct audit_filter *f)
{
	struct db_rows *rows;
	int64_t id = 0;
	int n = 0, rc;

	if (name == NULL || name[0] == '\0')
		return 0;
	rc = db_query(s->db, sql_staff_named, DB_ARGS(db_t(name)), &rows);
	if (rc < 0)
		return rc;
	for (; (rc = db_next(rows)) == 1; n++)
		id = db_int(rows, 0);
	db_done(rows);
	if (n == 1)
		f->staff_id = id;
	return rc;
}

static int
audit_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const char *subject = rec_want(filters, nfilters, "subject");
	struct audit_filter f = {
		.op = rec_want(filters, nfilters, "op"),
		.kind = rec_want(filters, nfilters, "kind"),
	};
	const char *done[] = { "op", "kind", "since", "until", NULL, NULL };
	const struct rec_sift sift = { &rec_audit, filters, nfilters, done,
		audit_read, &f };
	int rc;

	if ((rc = rec_want_time(s, filters, nfilters, "since", &f.since)) < 0 ||
	    (rc = rec_want_time(s, filters, nfilters, "until", &f.until)) < 0 ||
	    (rc = want_staff(s, rec_want(filters, nfilters, "staff"), &f)) < 0)
		return rc;
	/* Of no kind, and what is no number, are for the rest to judge. */
	if (f.kind != NULL && subject != NULL &&
	    count_parse(subject, &f.subject) < 0)
		f.subject = 0;
	if (f.staff_id != 0)
		done[4] = "staff";
	return rec_sift(s, &sift, dir, from, limit, out);
}

static int
audit_rec_get(struct session *s, int64_t id, struct page *out)
{
	const struct audit_row above = { .id = id + 1 };
	int rc;

	rc = audit_list(s, NULL, PAGE_AFTER, &above, 1, out);
	return rc < 0 ? rc : rec_only(s, id, out);
}

const struct rec_kind rec_audit = {
	.name = "audit",
	.fields = audit_fields,
	.row_size = sizeof(struct audit_row),
	.page = audit_rec_page,
	.get = audit_rec_get,
	.filters = audit_filters,
};

#define ROW struct import_batch
/* As the summary of an import calls them. */
#define N(name, label, field) \
	{ \
		name, label, REC_INT, offsetof(ROW, field), NULL \
	}
static const struct rec_field import_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(kind, N_("Kind"), REC_WORD),
	F(files, N_("Files"), REC_TEXT),
	F(staff, N_("Staff"), REC_TEXT),
	F(at, N_("Time"), REC_TIME),
	N("new", N_("New"), new_n),
	N("updated", N_("Updated"), updated_n),
	N("unchanged", N_("Unchanged"), unchanged_n),
	N("rejected", N_("Refused"), rejected_n),
	N("lines_new", N_("Lines"), line_n),
	N("held", N_("Held"), held_n),
	{ "state", N_("State"), REC_CODE, offsetof(ROW, state),
	    import_state_name },
	FIELD_END,
};
#undef N
#undef ROW

/* "name TAB hash" a line becomes "name, name". */
static const char *
file_names(struct arena *arena, const char *files)
{
	struct str names = STR_INIT;
	const char *copy;

	while (*files != '\0') {
		if (names.len > 0)
			str_add(&names, ", ");
		str_addn(&names, files, strcspn(files, "\t\n"));
		files += strcspn(files, "\n");
		files += *files == '\n';
	}
	copy = names.len > 0 ? arena_strdup(arena, names.s) : "";
	str_done(&names);
	return copy;
}

static int
import_page(struct session *s, enum page_dir dir, const void *from,
    size_t limit, struct page *out)
{
	struct import_batch *b;
	size_t i;
	int rc;

	if ((rc = import_batch_page(s, dir, from, limit, out)) < 0)
		return rc;
	for (i = 0, b = out->rows; i < out->n; i++)
		b[i].files = file_names(&out->arena, b[i].files);
	return 0;
}

static int
import_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	(void)arg;
	return import_page(s, dir, from, limit, out);
}

static int
import_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct rec_sift sift = { &rec_imports, filters, nfilters, NULL,
		import_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

static int
import_rec_get(struct session *s, int64_t id, struct page *out)
{
	const struct import_batch above = { .id = id + 1 };
	int rc;

	rc = import_page(s, PAGE_AFTER, &above, 1, out);
	return rc < 0 ? rc : rec_only(s, id, out);
}

const struct rec_kind rec_imports = {
	.name = "imports",
	.fields = import_fields,
	.row_size = sizeof(struct import_batch),
	.page = import_rec_page,
	.get = import_rec_get,
};
