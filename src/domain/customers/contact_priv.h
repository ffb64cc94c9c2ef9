/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_PRIV_H
#define DOMAIN_CONTACT_PRIV_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/domain/contact.h"

/*
 * Masking, for those who read rows. Every function that hands out a person's
 * name, phone, address or what somebody wrote passes it through here on the
 * way. Masking what is masked already changes nothing.
 */

struct arena;
struct customer;
struct order;
struct page;

/* What is left of each: in @arena, or the text itself when it may stay. */
const char *mask_name(struct arena *arena, const char *name);
const char *mask_phone(struct arena *arena, const char *phone);
const char *mask_place(const char *part); /* province, city or district */
const char *mask_address(const char *address);
/* A nick is a public name, unless it is the person's phone or @name. */
const char *mask_nick(struct arena *arena, const char *nick, const char *name);
/* The mobile numbers in free text; it keeps its length. */
const char *mask_text(struct arena *arena, const char *text);
/* The same in what the log says of an import, which ends with whose address it
 * changed. */
const char *mask_import(struct arena *arena, const char *detail);
/* For an edit of @old made by somebody who read it masked: the numbers that
 * were left as they were shown are in @text again. */
void unmask_text(char *text, const char *old);

/* The same where it is due: nothing changes for those who may read it all. */
void contact_hide_order(
    const struct session *s, struct order *o, struct arena *arena);
void contact_hide_orders(const struct session *s, struct page *orders);
void contact_hide_customers(const struct session *s, struct page *customers);
void contact_hide_entries(const struct session *s, struct page *audit_rows);
const char *contact_hide_text(
    const struct session *s, const char *text, struct arena *arena);

/*
 * As they are, whoever asks: for what the program itself needs them for, such
 * as a label. Nothing of it may reach a screen, a file or a command's output.
 */
int contact_of_order(struct session *s, int64_t id, struct page *out)
    MUST_CHECK;
int contact_of_customer(struct session *s, int64_t id, struct page *out)
    MUST_CHECK;

#endif
