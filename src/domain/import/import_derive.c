/* SPDX-License-Identifier: MIT */
#include "../orders/order_priv.h"
#include "import_priv.h"

/* Values of a row that follow from others, by the options of its layout. */

static void
say(struct imp_row *row, enum imp_field field, int64_t n)
{
	row->n[field] = n;
	row->has |= BIT(field);
}

static int64_t
further(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/*
 * Some say in two columns whether an order is paid and how far it is sent, some
 * only when. What is closed stays closed.
 */
static void
derive_state(struct imp_row *row)
{
	const struct layout *l = row->file->layout;
	int64_t state = row->n[F_STATE];

	if (!(row->has & BIT(F_STATE))) {
		/* The rows below an order's first one say nothing of it. */
		if (l->state == 0 || !(row->has & BIT(F_CREATED_AT)))
			return;
		state = l->state;
		if (row->has & BIT(F_PAID_AT))
			state = further(state, ORDER_PAID);
		if (row->has & BIT(F_SHIPPED_AT))
			state = further(state, ORDER_SHIPPED);
		if (row->has & BIT(F_FINISHED_AT))
			state = ORDER_DONE;
	}
	if (row->has & BIT(F_CANCELLED_AT))
		state = ORDER_CLOSED;
	if (row->has & BIT(F_SHIP_STATE))
		state = further(state, row->n[F_SHIP_STATE]);
	say(row, F_STATE, state);
}

static void
derive_paid(struct imp_row *row, int64_t said)
{
	const struct layout *l = row->file->layout;
	int64_t state = row->n[F_STATE];
	bool back = row->n[F_REFUND_STATE] == 2;

	if (!(row->has & BIT(F_STATE)))
		return;
	if (l->paid_when_made && !(row->has & BIT(F_PAID_AT)) &&
	    (row->has & BIT(F_CREATED_AT)) && state >= ORDER_PAID &&
	    (state != ORDER_CLOSED || back || row->n[F_REFUND] > 0))
		say(row, F_PAID_AT, row->n[F_CREATED_AT]);
	if (l->paid_is_due &&
	    (said == ORDER_UNPAID || (state == ORDER_CLOSED && !back &&
					 !(row->has & BIT(F_PAID_AT)))))
		row->n[F_PAID] = row->n[F_LINE_PAID] = row->n[F_SETTLED] = 0;
}

/* "Ann" and "Example" are one name. */
static void
join_names(struct job *j, struct imp_row *row)
{
	struct slice first = { .s = "" }, last = row->f[F_LAST_NAME];

	if (row->has & BIT(F_RECEIVER))
		first = row->f[F_RECEIVER];
	if (last.n == 0)
		return;
	row->f[F_RECEIVER].s = arena_printf(&j->scratch, "%.*s%s%.*s",
	    (int)first.n, first.s, first.n > 0 ? " " : "", (int)last.n, last.s);
	row->f[F_RECEIVER].n = strlen(row->f[F_RECEIVER].s);
	row->has |= BIT(F_RECEIVER);
	row->f[F_LAST_NAME].n = 0;
}

static bool
is_number(struct slice v)
{
	size_t i;

	for (i = 0; i < v.n; i++)
		if ((unsigned char)v.s[i] >= 0x80)
			return false;
	return v.n > 0;
}

/* "中通快递:7800...", "7800...-中通快递": number and courier in one cell. */
static void
split_waybill(struct imp_row *row)
{
	static const char *const seps[] = { ":", "：", "-", NULL };
	struct slice v = row->f[F_WAYBILL], head, tail;
	const char *at;
	int i;

	if (is_number(v) || v.n == 0)
		return;
	for (i = 0; seps[i] != NULL; i++) {
		at = memmem(v.s, v.n, seps[i], strlen(seps[i]));
		if (at == NULL)
			continue;
		head = (struct slice){ .s = v.s, .n = (size_t)(at - v.s) };
		tail.s = at + strlen(seps[i]);
		tail.n = v.n - head.n - strlen(seps[i]);
		if (is_number(head) == is_number(tail))
			continue;
		row->f[F_WAYBILL] = is_number(head) ? head : tail;
		if (!(row->has & BIT(F_COURIER)))
			row->f[F_COURIER] = is_number(head) ? tail : head;
		row->has |= BIT(F_COURIER);
		return;
	}
}

void
row_derive(struct job *j, struct imp_row *row)
{
	int64_t said;

	if (row->file->layout->shape == SHAPE_TABLE)
		return;
	said = row->n[F_STATE];
	derive_state(row);
	derive_paid(row, said != 0 ? said : row->n[F_STATE]);
	join_names(j, row);
	if (row->has & BIT(F_WAYBILL))
		split_waybill(row);
	else if (!(row->file->has & BIT(F_COURIER)))
		row->f[F_COURIER].n = 0;
}
