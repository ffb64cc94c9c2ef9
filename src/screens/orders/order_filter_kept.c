/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "order_filter.h"
#include "order_filter_kept.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/view.h"
#include "shopmgr/tui/ui.h"

/*
 * A line each, in one of the person's views: its name, then "key=value", tabs
 * between. What a later program added is left alone by this one.
 */

#define VIEW     "orders.filters"
#define KEPT_MAX 50

#define NUMBER(name, member) \
	{ \
		name, offsetof(struct order_view, member), 0 \
	}
#define TEXT(name, member) \
	{ \
		name, offsetof(struct order_view, member), \
		    sizeof(((struct order_view *)0)->member) \
	}
static const struct part {
	const char *name;
	size_t offset, size; /* size 0: an int64_t */
} parts[] = {
	NUMBER("since", since),
	NUMBER("until", until),
	NUMBER("shop", sieve.shop_id),
	NUMBER("courier", sieve.courier_id),
	NUMBER("agent", sieve.agent_id),
	NUMBER("warehouse", sieve.warehouse_id),
	NUMBER("least", sieve.least),
	NUMBER("most", sieve.most),
	NUMBER("origin", sieve.origin),
	NUMBER("done", sieve.done),
	NUMBER("undone", sieve.undone),
	NUMBER("flag", sieve.flag),
	TEXT("province", sieve.province),
	TEXT("hold", sieve.hold),
	TEXT("shop_name", shop),
	TEXT("courier_name", courier),
	TEXT("agent_name", agent),
	TEXT("warehouse_name", warehouse),
};
#define PARTS (sizeof(parts) / sizeof(parts[0]))

static const struct {
	const char *name;
	size_t offset;
} yeses[] = {
	{ "remarked", offsetof(struct order_view, sieve.remarked) },
	{ "noted", offsetof(struct order_view, sieve.noted) },
	{ "nobody", offsetof(struct order_view, sieve.nobody) },
	{ "late", offsetof(struct order_view, sieve.late) },
};
#define YESES (sizeof(yeses) / sizeof(yeses[0]))

static void
write_view(const struct order_view *v, struct str *out)
{
	const char *at = (const char *)v;
	int64_t n;
	bool yes;
	size_t i;

	for (i = 0; i < PARTS; i++) {
		if (parts[i].size != 0) {
			if (at[parts[i].offset] != '\0')
				str_addf(out, "\t%s=%s", parts[i].name,
				    at + parts[i].offset);
			continue;
		}
		memcpy(&n, at + parts[i].offset, sizeof(n));
		if (n != 0)
			str_addf(out, "\t%s=%" PRId64, parts[i].name, n);
	}
	for (i = 0; i < YESES; i++) {
		memcpy(&yes, at + yeses[i].offset, sizeof(yes));
		if (yes)
			str_addf(out, "\t%s=1", yeses[i].name);
	}
}

static void
read_part(struct order_view *v, const char *name, const char *value)
{
	char *at = (char *)v;
	const bool yes = true;
	int64_t n;
	size_t i;

	for (i = 0; i < PARTS; i++) {
		if (strcmp(parts[i].name, name) != 0)
			continue;
		if (parts[i].size != 0) {
			copy_text(at + parts[i].offset, parts[i].size, value);
			continue;
		}
		n = strtoll(value, NULL, 10);
		memcpy(at + parts[i].offset, &n, sizeof(n));
	}
	for (i = 0; i < YESES; i++)
		if (strcmp(yeses[i].name, name) == 0)
			memcpy(at + yeses[i].offset, &yes, sizeof(yes));
}

/* What does not fit the form any more is left out. */
static void
read_view(char *line, struct order_view *v)
{
	char *part, *rest, *value;

	*v = (struct order_view){ .since = 0 };
	for (part = strtok_r(line, "\t", &rest); part != NULL;
	     part = strtok_r(NULL, "\t", &rest)) {
		if ((value = strchr(part, '=')) == NULL)
			continue;
		*value = '\0';
		read_part(v, part, value + 1);
	}
	if (v->sieve.origin < 0 || v->sieve.origin > ORDER_QUOTED + 1)
		v->sieve.origin = 0;
	if (v->sieve.flag < 0 || v->sieve.flag > ORDER_FLAGS)
		v->sieve.flag = 0;
}

static bool
has_name(const char *line, const char *name)
{
	size_t n = strlen(name);

	return strncmp(line, name, n) == 0 &&
	       (line[n] == '\t' || line[n] == '\n' || line[n] == '\0');
}

int
order_view_keep(struct session *s, const char *name, const struct order_view *v)
{
	struct str old = STR_INIT, new = STR_INIT;
	char clean[64], *line, *rest;
	size_t i, n = 0;
	int rc;

	copy_text(clean, sizeof(clean), name);
	for (i = 0; clean[i] != '\0'; i++)
		if (clean[i] == '\t' || clean[i] == '\n')
			clean[i] = ' ';
	if (!order_view_is_open(v)) {
		str_add(&new, clean);
		write_view(v, &new);
		str_addc(&new, '\n');
	}
	rc = view_get(s, VIEW, &old);
	for (line = rc == 0 && old.len > 0 ? strtok_r(old.s, "\n", &rest)
					   : NULL;
	     line != NULL && n < KEPT_MAX; line = strtok_r(NULL, "\n", &rest))
		if (!has_name(line, clean)) {
			str_addf(&new, "%s\n", line);
			n++;
		}
	if (rc == 0)
		rc = view_set(s, VIEW, new.len > 0 ? new.s : "");
	str_done(&old);
	str_done(&new);
	return rc;
}

int
order_view_pick(struct screen *sc, struct order_view *v)
{
	const char *names[KEPT_MAX + 2];
	char *lines[KEPT_MAX + 2], *line, *rest, *tab;
	struct str kept = STR_INIT;
	size_t n = 1;
	int at, rc;

	if ((rc = view_get(session_of(sc), VIEW, &kept)) < 0) {
		str_done(&kept);
		return rc;
	}
	names[0] = _("All orders");
	for (line = kept.len > 0 ? strtok_r(kept.s, "\n", &rest) : NULL;
	     line != NULL && n <= KEPT_MAX;
	     line = strtok_r(NULL, "\n", &rest)) {
		tab = strchr(line, '\t');
		lines[n] = tab != NULL ? tab + 1 : line + strlen(line);
		if (tab != NULL)
			*tab = '\0';
		names[n++] = line;
	}
	at = ui_pick(sc->ui, _("Which filter?"), names, n, 0);
	if (at == 0)
		*v = (struct order_view){ .since = 0 };
	else if (at > 0)
		read_view(lines[at], v);
	str_done(&kept);
	return at >= 0;
}
