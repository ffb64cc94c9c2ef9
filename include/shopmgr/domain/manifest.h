/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_MANIFEST_H
#define SHOPMGR_DOMAIN_MANIFEST_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * Hand-over manifests (交接单): what a courier's driver took with him. Parcels
 * are scanned at pick-up; what must not go any more, or goes with another,
 * stops there. A courier has one open manifest at most.
 */

struct session;

struct manifest {
	int64_t id;
	const char *manifest_no; /* 'M-000123' */
	const char *courier;
	const char *staff, *closed_by, *driver;
	int64_t at, closed_at; /* 0: open */
	int64_t parcels, weight;
	int64_t missing; /* of an open one: packed for him and not on it */
};
/* Newest first. */
int manifest_page(struct session *s, bool open_only, enum page_dir dir,
    const struct manifest *from, size_t limit, struct page *out) MUST_CHECK;
int manifest_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
int manifest_by_no(struct session *s, const char *no, int64_t *id) MUST_CHECK;

/* Parcels on a manifest, or that wait for one. */
struct handed {
	int64_t id;
	const char *waybill_no, *order_no, *packer;
	int64_t weight, shipped_at;
};
/* In the order in which they were packed. */
int manifest_parcels(struct session *s, int64_t id, enum page_dir dir,
    const struct handed *from, size_t limit, struct page *out) MUST_CHECK;
/* What is packed for the manifest's courier and is on none. */
int manifest_missing(struct session *s, int64_t id, enum page_dir dir,
    const struct handed *from, size_t limit, struct page *out) MUST_CHECK;

/* The open one of this courier (name, alias or code), which is made if there is
 * none. ERR_INVALID "courier". */
int manifest_open(struct session *s, const char *courier, int64_t *id)
    MUST_CHECK;
/*
 * A parcel is handed to the driver. ERR_NOTFOUND: no parcel has this waybill;
 * ERR_CONFLICT: it is on this manifest already; ERR_STATE: it goes with another
 * courier, was handed over (by whom, when), waits for the scale, or must not go
 * any more, and why.
 */
int manifest_scan(struct session *s, int64_t id, const char *waybill_no)
    MUST_CHECK;
/* It stays here after all. */
int manifest_unscan(struct session *s, int64_t id, const char *waybill_no)
    MUST_CHECK;
/* All that is packed for the courier; what must not go is left: *@left. */
int manifest_all(struct session *s, int64_t id, int64_t *n, int64_t *left)
    MUST_CHECK;
/* Handed over, with the driver's name. ERR_INVALID "driver", ERR_STATE. */
int manifest_close(struct session *s, int64_t id, const char *driver)
    MUST_CHECK;
/* The parcels are here yet: the counter-entry in the log says who had closed
 * it, and with whom. ERR_STATE while the courier has another one open. */
int manifest_reopen(struct session *s, int64_t id, const char *reason)
    MUST_CHECK;

#endif
