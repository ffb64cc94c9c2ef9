/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_PRINT_H
#define SHOPMGR_DOMAIN_PRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/*
 * What goes on paper: courier labels (面单), packing slips (装箱单), pick lists
 * (拣货单), hand-over manifests (交接单), production orders (生产单), badges
 * (工牌). To the printer that the setting
 * print_queue names, else as a PDF file into the exchange folder.
 *
 * Labels and slips have the whole address, whoever prints them: order.ship is
 * needed, and the log says who printed which order. A recipient that a platform
 * masked, or that is a placeholder, never reaches a label.
 */

struct session;

#define PRINT_PATH  4096
#define PRINT_NAMES 320

struct print_job {
	const char *path; /* this file; NULL: the printer, or a new file in */
	const char *dir;  /* this folder */
	int copies;       /* of the printer; 0: one */
};

struct print_said {
	int64_t printed, pages;
	int64_t left_out;             /* orders that must not be printed, */
	char left_names[PRINT_NAMES]; /* the first of them, and why */
	char warning[PRINT_NAMES]; /* a character no font has, or what did not
				      fit; "" */
	char queue[64];            /* the printer; "": a file */
	char path[PRINT_PATH];     /* that file */
};

/* A label (100 x 180 mm) for each of these orders that is to be shipped, or was
 * today. ERR_STATE when none of them may be printed. */
int print_labels(struct session *s, const int64_t *orders, size_t n,
    const struct print_job *job, struct print_said *said) MUST_CHECK;
/* What is in the parcel, for the buyer: A5 each. */
int print_slips(struct session *s, const int64_t *orders, size_t n,
    const struct print_job *job, struct print_said *said) MUST_CHECK;
/* One walk along the bins, and what goes into each slot. */
int print_picks(struct session *s, int64_t wave_id, const struct print_job *job,
    struct print_said *said) MUST_CHECK;
/* What is left of a count, bin by bin, to be written on. Needs count. */
int print_count_sheet(struct session *s, int64_t id,
    const struct print_job *job, struct print_said *said) MUST_CHECK;
/* For the driver's signature. */
int print_manifest(struct session *s, int64_t manifest_id,
    const struct print_job *job, struct print_said *said) MUST_CHECK;
/* What is to be made, for its maker; one that is not placed, or not any more,
 * says so. */
int print_production(struct session *s, int64_t production_id,
    const struct print_job *job, struct print_said *said) MUST_CHECK;
/* A new badge (see staff_badge_new()) of the size of a card: its code as Code
 * 128, for the scanner, and whose it is. Nobody gets to read the code. */
int print_badge(struct session *s, int64_t staff_id,
    const struct print_job *job, struct print_said *said) MUST_CHECK;

/* A stock slip (入库单, 出库单, 调拨单, 报损单, ...), to be signed; values for
 * those who may see costs. */
int print_stock_slip(struct session *s, int64_t slip_id,
    const struct print_job *job, struct print_said *said) MUST_CHECK;
/* Every move of a product, the newest first. */
int print_ledger(struct session *s, int64_t variant_id,
    const struct print_job *job, struct print_said *said) MUST_CHECK;
/* Labels of products, 40 x 30 mm: name, code, Code 128 (a QR code where it is
 * none), price. */
struct print_goods {
	int64_t variant_id, labels; /* how many of it */
};
int print_goods_labels(struct session *s, const struct print_goods *goods,
    size_t n, const struct print_job *job, struct print_said *said) MUST_CHECK;
/* One for each piece that came in by a slip. */
int print_receipt_labels(struct session *s, int64_t slip_id,
    const struct print_job *job, struct print_said *said) MUST_CHECK;
/* Labels of bins, for the shelf: 60 x 40 mm. */
int print_bin_labels(struct session *s, const int64_t *bins, size_t n,
    const struct print_job *job, struct print_said *said) MUST_CHECK;

#endif
