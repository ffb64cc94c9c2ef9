/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/pinyin.h"
#include "shopmgr/db/bulk.h"

#include "../core/tsv_priv.h"
#include "../customers/filed_priv.h"
#include "../orders/order_priv.h"
#include "import_priv.h"

/*
 * One row for one thing: shops, couriers, listings with the variants that they
 * mean, and receivers. What was met is remembered; when that grows beyond what
 * a merge may take, it is forgotten again and asked of the database.
 */

#define REMEMBER_MERGE 150000u /* entries */
#define REMEMBER_LOAD  8000000u

struct dict {
	struct lean receivers; /* -> id */
	struct lean listings;  /* -> index in refs, from 1 */
	struct listing_ref *refs;
	size_t nrefs, cap_refs;
	struct map shops;    /* platform and name -> id */
	struct map couriers; /* name -> id */
	struct lean shop_on; /* id -> platform, from 1 */
	struct bulk *bulk;   /* of receivers, when loading */
	int64_t last_receiver;
};

/* When loading, ids are those that the database will give by itself: that is
 * quicker than telling it. */
#define RECEIVER_COLUMNS \
	"customer_id, name, pinyin, pinyin2, phone, phone_tail, province," \
	" city, district, address"
#define NRECEIVER_COLUMNS 10

struct dict *
dict_new(struct job *j)
{
	struct dict *d = xcalloc(1, sizeof(*d));

	if (j->load)
		d->bulk = bulk_new(
		    j->txn, "receiver", RECEIVER_COLUMNS, NRECEIVER_COLUMNS);
	return d;
}

void
dict_free(struct dict *d)
{
	if (d == NULL)
		return;
	lean_done(&d->receivers);
	lean_done(&d->listings);
	free(d->refs);
	map_done(&d->shops);
	map_done(&d->couriers);
	lean_done(&d->shop_on);
	bulk_free(d->bulk);
	free(d);
}

int
dict_flush(struct job *j)
{
	return j->dict->bulk != NULL ? bulk_flush(j->dict->bulk) : 0;
}

int64_t
dict_last_receiver(const struct job *j)
{
	return j->dict->last_receiver;
}

/* Taobao and Tmall are one to their files: see kin(). */
static const char sql_shop[] =
    "SELECT coalesce((SELECT min(id) FROM shop WHERE platform IN ($2, $3)"
    " AND name = $1), (SELECT min(shop_id) FROM shop_alias"
    " WHERE platform IN ($2, $3) AND name = $1), 0)";
static const char sql_shop_add[] =
    "INSERT INTO shop (platform, name) VALUES ($2, $1)";
/* The one that there is, when it is the only one. */
static const char sql_shop_only[] = "SELECT CASE WHEN count(*) = 1 THEN"
				    " min(id) ELSE 0 END FROM shop"
				    " WHERE platform IN ($1, $2)";
static const char sql_shop_platform[] =
    "SELECT platform FROM shop WHERE id = $1";

static const char *
kin(const struct platform *p)
{
	return p->id == 0 ? "tmall" : p->name;
}

/* Only shops of Tmall may be called like this. */
static bool
named_as_tmall(struct slice name)
{
	static const char *const tails[] = { "旗舰店", "专卖店", "专营店" };
	size_t i, n;

	for (i = 0; i < 3; i++) {
		n = strlen(tails[i]);
		if (name.n > n && memcmp(name.s + name.n - n, tails[i], n) == 0)
			return true;
	}
	return false;
}

static int
shop_make(struct job *j, const struct platform *p, const char *on,
    struct slice name, int64_t *id)
{
	int rc = db_get1(j->s->db, sql_shop,
	    DB_ARGS(slice_val(name), db_t(p->name), db_t(kin(p))), id);

	if (rc < 0 || *id != 0 || sift_differs(j))
		return rc;
	if (on == NULL)
		on = p->id == 0 && named_as_tmall(name) ? kin(p) : p->name;
	return db_insert(
	    j->txn, sql_shop_add, DB_ARGS(slice_val(name), db_t(on)), id);
}

static int
shop_default(struct job *j, const struct platform *p, int64_t *out)
{
	const char *name = j->opt->shop;
	int64_t id = 0;
	int rc = 0;

	if (name == NULL || name[0] == '\0') {
		rc = db_get1(j->s->db, sql_shop_only,
		    DB_ARGS(db_t(p->name), db_t(kin(p))), &id);
		name = p->shop;
	}
	if (rc == 0 && id == 0)
		rc = shop_make(j, p, NULL, slice_of(name), &id);
	if (rc == 0)
		*out = id;
	return rc;
}

static int
shop_find_on(struct job *j, const struct platform *p, const char *on,
    struct slice name, int64_t *id)
{
	char key[200];
	int64_t *at;
	size_t n;
	bool fresh;
	int rc = 0;

	if (name.n == 0) {
		at = &j->default_shops[p->id];
		if (*at == 0)
			rc = shop_default(j, p, at);
		*id = *at;
		return rc;
	}
	if (name.n > sizeof(key) - sizeof(p->id))
		return shop_make(j, p, on, name, id);
	n = sizeof(p->id);
	memcpy(key, &p->id, n);
	memcpy(key + n, name.s, name.n);
	at = map_put(&j->dict->shops, key, n + name.n, &fresh);
	if (fresh || *at == 0)
		rc = shop_make(j, p, on, name, at);
	*id = *at;
	return rc;
}

int
shop_find(
    struct job *j, const struct platform *p, struct slice name, int64_t *id)
{
	return shop_find_on(j, p, NULL, name, id);
}

int
shop_of(struct job *j, const struct imp_row *row, int64_t *id)
{
	return shop_find_on(j, row->platform, row->on, row->f[F_SHOP], id);
}

static int
ask_platform(struct job *j, int64_t shop_id, uint32_t *value)
{
	struct db_rows *rows;
	size_t i;
	int rc;

	rc = db_query(
	    j->s->db, sql_shop_platform, DB_ARGS(db_i(shop_id)), &rows);
	if (rc < 0)
		return rc;
	/* One that no layout knows is none of theirs. */
	*value = UINT32_MAX;
	if ((rc = db_next(rows)) > 0)
		for (i = 0; i < j->fmt.nplatforms; i++) {
			const struct platform *p = j->fmt.platforms[i];

			if (strcmp(db_text(rows, 0), p->name) == 0 ||
			    strcmp(db_text(rows, 0), kin(p)) == 0)
				*value = p->id + 1;
		}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
shop_is_on(struct job *j, const struct platform *p, int64_t shop_id, bool *is)
{
	uint32_t *at = lean_get(&j->dict->shop_on, (uint64_t)shop_id, 0);
	uint32_t value;
	int rc = 0;

	*is = true;
	if (p == NULL)
		return 0;
	if (at == NULL) {
		if ((rc = ask_platform(j, shop_id, &value)) < 0)
			return rc;
		at = lean_put(&j->dict->shop_on, (uint64_t)shop_id, 0);
		*at = value;
	}
	*is = *at == p->id + 1;
	return rc;
}

int
row_shop(struct job *j, const struct imp_row *row, int64_t *shop)
{
	*shop = 0;
	if (row->f[F_SHOP].n == 0 && !row->platform->own_numbers)
		return 0;
	return shop_of(j, row, shop);
}

static const char sql_courier[] =
    "SELECT id FROM courier WHERE name = $1"
    " OR aliases LIKE '%;' || $1 || ';%' OR lower(code) = lower($1)"
    " ORDER BY name <> $1, id LIMIT 1 /*scan*/ /*sort*/";
static const char sql_courier_add[] =
    "INSERT INTO courier (name, code, aliases, waybill_shape, phone)"
    " VALUES ($1, '', '', '', '')";

/* "zhongtong", "YZPY": what those who follow parcels for others call it. */
static int
courier_by_code(struct job *j, struct slice code, int64_t *id)
{
	static const char *const columns[] = { "kdniao_code",
		"kuaidi100_code" };
	int rc = ERR_NOTFOUND;
	struct tsv t;
	size_t i;

	if ((unsigned char)code.s[0] >= 0x80)
		return rc;
	tsv_open(&t, "couriers.tsv");
	while (rc == ERR_NOTFOUND && tsv_next(&t) == 1)
		for (i = 0; i < 2 && rc == ERR_NOTFOUND; i++) {
			const char *is = tsv_get(&t, columns[i]);

			if (strlen(is) == code.n &&
			    strncasecmp(is, code.s, code.n) == 0)
				rc = db_get1(j->s->db, sql_courier,
				    DB_ARGS(db_t(tsv_get(&t, "name"))), id);
		}
	tsv_done(&t);
	return rc;
}

int
courier_known(struct job *j, struct slice name, int64_t *id)
{
	int64_t *at;
	bool fresh;
	int rc = 0;

	*id = 0;
	if (name.n == 0)
		return 0;
	at = map_put(&j->dict->couriers, name.s, name.n, &fresh);
	if (fresh || *at == 0) {
		rc = db_get1(
		    j->s->db, sql_courier, DB_ARGS(slice_val(name)), at);
		if (rc == ERR_NOTFOUND)
			rc = courier_by_code(j, name, at);
		if (rc == ERR_NOTFOUND && sift_differs(j))
			return 0;
		if (rc == ERR_NOTFOUND)
			rc = db_insert(j->txn, sql_courier_add,
			    DB_ARGS(slice_val(name)), at);
	}
	*id = *at;
	return rc;
}

static const char sql_variant[] = "SELECT id FROM variant WHERE sku_code = $1";
static const char sql_product[] =
    "SELECT id FROM product WHERE name = $1 ORDER BY id LIMIT 1";
static const char sql_product_add[] =
    "INSERT INTO product (name, created_at) VALUES ($1, $2)";
static const char sql_variant_add[] =
    "INSERT INTO variant (product_id, sku_code, name, price, created_at)"
    " VALUES ($1, $2, $3, $4, $5)";

/* The variant with this merchant code, made from the item if need be. */
static int
variant_find(struct job *j, const struct imp_row *row, struct slice title,
    struct slice code, int64_t *id)
{
	struct slice attrs = row->f[F_ATTRS];
	int64_t product;
	char *name;
	int rc;

	rc = db_fetch1(j->txn, sql_variant, DB_ARGS(slice_val(code)), id);
	if (rc != ERR_NOTFOUND)
		return rc;
	rc =
	    db_fetch1(j->txn, sql_product, DB_ARGS(slice_val(title)), &product);
	if (rc == ERR_NOTFOUND)
		rc = db_insert(j->txn, sql_product_add,
		    DB_ARGS(slice_val(title), db_i(j->now)), &product);
	if (rc < 0)
		return rc;
	name = arena_printf(&j->scratch, "%.*s%s%.*s", (int)title.n, title.s,
	    attrs.n > 0 ? " " : "", (int)attrs.n, attrs.s);
	j->im->sum.products_new += job_first(j, 'v', code);
	return db_insert(j->txn, sql_variant_add,
	    DB_ARGS(db_i(product), slice_val(code), db_t(name),
		db_i(row->n[F_PRICE]), db_i(j->now)),
	    id);
}

static const char sql_listing[] =
    "SELECT id, variant_id FROM listing WHERE shop_id = $1 AND title = $2"
    " AND attrs = $3 AND sku_code = $4";
static const char sql_listing_add[] =
    "INSERT INTO listing (shop_id, title, attrs, sku_code, item_no, variant_id)"
    " VALUES ($1, $2, $3, $4, $5, $6)";

/* Ours name the product that it is, whatever the platform calls it. */
static int
listing_means(struct job *j, const struct imp_row *row, struct slice title,
    struct slice code, int64_t *variant)
{
	if (row->file->layout != NULL && row->file->layout->ours)
		code = row->f[F_PRODUCT];
	*variant = 0;
	return code.n > 0 ? variant_find(j, row, title, code, variant) : 0;
}

static int
listing_ask(struct job *j, const struct imp_row *row, int64_t shop_id,
    struct slice title, struct slice code, struct listing_ref *out)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(j->s->db, sql_listing,
	    DB_ARGS(db_i(shop_id), slice_val(title), slice_val(row->f[F_ATTRS]),
		slice_val(code)),
	    &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		out->id = db_int(rows, 0);
		out->variant_id = db_int(rows, 1);
	}
	db_done(rows);
	if (rc != 0)
		return rc < 0 ? rc : 0;
	*out = (struct listing_ref){ 0 };
	if (sift_differs(j))
		return 0;
	if ((rc = listing_means(j, row, title, code, &out->variant_id)) < 0)
		return rc;
	return db_insert(j->txn, sql_listing_add,
	    DB_ARGS(db_i(shop_id), slice_val(title), slice_val(row->f[F_ATTRS]),
		slice_val(code), slice_val(row->f[F_ITEM_NO]),
		db_id(out->variant_id)),
	    &out->id);
}

static uint64_t
mix_slice(uint64_t h, struct slice v)
{
	return hash_bytes(v.s, v.n, h);
}

int
listing_find(struct job *j, const struct imp_row *row, int64_t shop_id,
    struct listing_ref *out)
{
	struct dict *d = j->dict;
	struct slice title = row->f[F_TITLE], code = row->f[F_SKU];
	uint64_t key;
	uint32_t check, *at;
	int rc;

	if (code.n == 0)
		code = row->f[F_SKU2];
	if (title.n == 0)
		title = row->f[F_ATTRS].n > 0 ? row->f[F_ATTRS] : code;
	key = mix_slice((uint64_t)shop_id, title);
	key = mix_slice(mix_slice(key, row->f[F_ATTRS]), code);
	check = (uint32_t)mix_slice(title.n, title) ^ (uint32_t)code.n;
	if (d->nrefs >= (j->load ? REMEMBER_LOAD : REMEMBER_MERGE)) {
		lean_clear(&d->listings);
		d->nrefs = 0;
	}
	if ((at = lean_get(&d->listings, key, check)) != NULL) {
		*out = d->refs[*at - 1];
		return 0;
	}
	rc = listing_ask(j, row, shop_id, title, code, out);
	if (rc < 0 || out->id == 0)
		return rc;
	if (d->nrefs == d->cap_refs) {
		d->cap_refs = d->cap_refs != 0 ? d->cap_refs * 2 : 256;
		d->refs = xreallocarray(d->refs, d->cap_refs, sizeof(*d->refs));
	}
	d->refs[d->nrefs++] = *out;
	*lean_put(&d->listings, key, check) = (uint32_t)d->nrefs;
	return 0;
}

/*
 * Among the newest of those that look alike: the buyer's own, or where nobody
 * knows the buyer, those with the same last digits or the same name. Some are
 * found twice over; that costs less than looking through thousands.
 */
#define RECEIVER \
	"SELECT id, customer_id, name, phone, province, city, district," \
	" address FROM receiver"
static const char sql_receiver_of[] =
    RECEIVER " WHERE customer_id = $1 ORDER BY id DESC LIMIT 64";
static const char sql_receiver_tail[] =
    RECEIVER " WHERE filed = $2 AND phone_tail = $1 AND phone_tail <> ''"
	     " ORDER BY id DESC LIMIT 64";
static const char sql_receiver_name[] =
    RECEIVER " WHERE filed = $2 AND name = $1 ORDER BY id DESC LIMIT 64";

static bool
is_receiver(const struct db_rows *rows, const struct imp_receiver *r)
{
	const struct slice parts[] = { r->name, r->phone, r->province, r->city,
		r->district, r->address };
	int i;

	for (i = 0; i < 6; i++)
		if (!slice_same(
			parts[i], db_text(rows, 2 + i), db_len(rows, 2 + i)))
			return false;
	return true;
}

static int
receiver_among(struct job *j, const char *sql, const struct db_val *args,
    size_t nargs, const struct imp_receiver *r, int64_t customer, int64_t *id)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(j->s->db, sql, args, nargs, &rows)) < 0)
		return rc;
	while (*id == 0 && (rc = db_next(rows)) > 0)
		if (db_int(rows, 1) == customer && is_receiver(rows, r))
			*id = db_int(rows, 0);
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
receiver_ask(
    struct job *j, const struct imp_receiver *r, int64_t customer, int64_t *id)
{
	struct slice tail = phone_tail(r->phone);
	const char *sql = tail.n > 0 ? sql_receiver_tail : sql_receiver_name;
	int filed, rc = 0;

	*id = 0;
	if (customer != 0)
		return receiver_among(j, sql_receiver_of,
		    DB_ARGS(db_i(customer)), r, customer, id);
	for (filed = 0; rc == 0 && *id == 0 && filed <= 1; filed++)
		rc = receiver_among(j, sql,
		    DB_ARGS(
			slice_val(tail.n > 0 ? tail : r->name), db_i(filed)),
		    r, 0, id);
	return rc;
}

static const char sql_receiver_add[] =
    "INSERT INTO receiver (filed, " RECEIVER_COLUMNS ") VALUES (0, $1, $2, $3,"
    " $4, $5, $6, $7, $8, $9, $10)";

static int
receiver_add(
    struct job *j, const struct imp_receiver *r, int64_t customer, int64_t *id)
{
	char pinyin[64], plain[64] = "";
	const char *name = slice_text(&j->scratch, r->name);

	pinyin_initials(name, pinyin, sizeof(pinyin));
	if (!pinyin_initials_plain(name, plain, sizeof(plain)))
		plain[0] = '\0';
	const struct db_val vals[NRECEIVER_COLUMNS] = { db_id(customer),
		slice_val(r->name), db_t(pinyin), db_t(plain),
		slice_val(r->phone), slice_val(phone_tail(r->phone)),
		slice_val(r->province), slice_val(r->city),
		slice_val(r->district), slice_val(r->address) };

	if (!j->load)
		return db_insert(
		    j->txn, sql_receiver_add, vals, NRECEIVER_COLUMNS, id);
	*id = ++j->dict->last_receiver;
	return bulk_row(j->dict->bulk, vals);
}

#define PLACE_PARTS \
	(BIT(F_PROVINCE) | BIT(F_CITY) | BIT(F_DISTRICT) | BIT(F_STREET) | \
	    BIT(F_ADDRESS2) | BIT(F_POSTCODE) | BIT(F_COUNTRY))

/* Where the address is in columns of its own. */
static uint64_t
mix_parts(uint64_t h, const struct imp_row *row)
{
	static const enum imp_field parts[] = { F_PROVINCE, F_CITY, F_DISTRICT,
		F_STREET, F_ADDRESS2, F_POSTCODE, F_COUNTRY };
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		h = mix_slice(h + 1, row->f[parts[i]]);
	return h;
}

int
receiver_find(
    struct job *j, const struct imp_row *row, int64_t *id, int64_t *customer)
{
	struct dict *d = j->dict;
	struct slice address = row->f[F_NEW_ADDRESS].n > 0
				   ? row->f[F_NEW_ADDRESS]
				   : row->f[F_ADDRESS];
	struct imp_receiver r;
	uint64_t key;
	uint32_t check, *at;
	int rc;

	*id = *customer = 0;
	receiver_who(row, &r);
	if (r.nick.n == 0 && r.name.n == 0 && r.phone.n == 0 && address.n == 0)
		return 0;
	if ((rc = person_find(j, &r, customer)) < 0)
		return rc;
	key = mix_slice((uint64_t)*customer, r.name);
	key = mix_slice(mix_slice(key, r.phone), address);
	if (row->file->has & PLACE_PARTS)
		key = mix_parts(key, row);
	check = (uint32_t)(mix_slice(~(uint64_t)*customer, address) ^
			   mix_slice(7, r.phone));
	if (d->receivers.n >= (j->load ? REMEMBER_LOAD : REMEMBER_MERGE))
		lean_clear(&d->receivers);
	if ((at = lean_get(&d->receivers, key, check)) != NULL) {
		*id = *at;
		return 0;
	}
	receiver_read(&j->scratch, row, &r);
	if (!j->load)
		rc = receiver_ask(j, &r, *customer, id);
	if (rc == 0 && *id == 0 && sift_differs(j))
		return 0;
	if (rc == 0 && *id == 0)
		rc = receiver_add(j, &r, *customer, id);
	if (rc == 0)
		*lean_put(&d->receivers, key, check) = (uint32_t)*id;
	return rc;
}
