# shopmgr: the terminal shop manager. `make run` and `make check` are all that
# a fresh Debian 12 needs; `make help` lists the rest.

BUILD ?= build
PREFIX ?= /usr/local
VERSION := 0.1.0

ifeq ($(origin CC),default)
CC := gcc
endif
STD := -std=c17 -D_GNU_SOURCE
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wvla -Wformat=2 -Wswitch-enum -Wundef
ifneq ($(CI)$(WERROR),)
WARN += -Werror
endif
OPT ?= -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong
SANITIZE ?=
COVERAGE ?=
CFLAGS_ALL = $(STD) $(WARN) $(OPT) $(SANITIZE) $(COVERAGE) -Iinclude \
	-DSHOPMGR_VERSION='"$(VERSION)"' -DSHOPMGR_PREFIX='"$(PREFIX)"' $(CFLAGS)
LDFLAGS_ALL = $(SANITIZE) $(COVERAGE) $(LDFLAGS)

# The layers, lowest first; each is a library that links only those before it.
LAYERS := base db io domain tui screens cli
LIBS_base := -lsodium -loath -liniparser
LIBS_db := -lsqlite3 -pthread
LIBS_io := -lcsv -lxlsxwriter -lminizip -lexpat -lzint -lm -pthread
LIBS_tui := -lncursesw -ltinfo
DEPS_base := base
DEPS_db := db base
DEPS_io := io base
DEPS_domain := domain db io base
DEPS_tui := tui base
DEPS_screens := screens domain db io tui base
DEPS_cli := cli domain db io base
libs = $(foreach l,$(1),$(BUILD)/lib$(l).a)
foreign = $(foreach l,$(1),$(LIBS_$(l)))

src = $(wildcard src/$(1)/*.c src/$(1)/*/*.c)
objs = $(patsubst src/%.c,$(BUILD)/%.o,$(call src,$(1)))

# V=1 shows the commands.
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-5s %s\n' $(1) $(2))

all: $(BUILD)/shopmgr $(BUILD)/locale/zh_CN/LC_MESSAGES/shopmgr.mo

$(BUILD)/shopmgr: $(BUILD)/main.o $(call libs,cli screens domain db io tui base)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(call foreign,db io tui base)

define layer
$(BUILD)/lib$(1).a: $(call objs,$(1)) $(if $(filter base,$(1)),$(BUILD)/gen/embed.o)
	@rm -f $$@
	$$(call say,AR,$$@)
	$$(Q)$$(AR) rcs $$@ $$^
endef
$(foreach l,$(LAYERS),$(eval $(call layer,$(l))))

$(BUILD)/%.o: src/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# FreeType's headers find each other only so. It and cairo are opened at run time.
FREETYPE ?= -isystem /usr/include/freetype2
$(BUILD)/io/paper_pdf.o: CFLAGS_ALL += $(FREETYPE)

# data/ inside the program
EMBED := $(sort $(wildcard data/sql/*.sql data/*.tsv data/formats/* data/demo/*))
$(BUILD)/gen/embed.c: src/tools/embed.awk $(EMBED)
	@mkdir -p $(@D)
	$(call say,EMBED,data)
	$(Q)LC_ALL=C awk -f src/tools/embed.awk $(EMBED) > $@.new
	@mv $@.new $@
$(BUILD)/gen/embed.o: $(BUILD)/gen/embed.c
	$(Q)$(CC) $(CFLAGS_ALL) -Wno-overlength-strings -c -o $@ $<

# Translations: data/po/zh_CN.head.po and the parts in data/po/zh_CN.d. Parts
# have no header of their own; msgcat wants one to know that they are UTF-8.
# msgfmt knows %<PRId64> only in what is marked as a format.
PO := $(sort $(wildcard data/po/zh_CN.d/*.po))
$(BUILD)/po/zh_CN.po: data/po/zh_CN.head.po $(PO)
	@mkdir -p $(@D)
	@rm -rf $(@D)/parts && mkdir $(@D)/parts
	@for f in $(PO); do cat data/po/zh_CN.head.po $$f \
	    > $(@D)/parts/$${f##*/} || exit 1; done
	$(Q)msgcat --use-first -o $@.new $(@D)/parts/*.po
	$(Q)awk 'BEGIN { RS = ""; ORS = "\n\n" } \
	    /%<PRI/ && !/c-format/ { print "#, c-format\n" $$0; next } \
	    { print }' $@.new > $@
	@rm $@.new
$(BUILD)/locale/%/LC_MESSAGES/shopmgr.mo: $(BUILD)/po/%.po
	@mkdir -p $(@D)
	$(call say,MSGS,$@)
	$(Q)msgfmt -c -o $@ $<

# Tests: each tests/LAYER/*.c is a program, linked with that layer and those
# below it, so that a layer which reaches up does not link.
TEST_LAYERS := base db io domain tui screens cli e2e kill fuzz
tests_of = $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/$(1)/*.c))
TESTS := $(foreach l,$(TEST_LAYERS),$(call tests_of,$(l)))
# These run the program itself.
$(call tests_of,cli) $(call tests_of,e2e) $(call tests_of,kill): \
    | $(BUILD)/shopmgr
DEPS_e2e := base
DEPS_kill := base
DEPS_fuzz := screens domain db io tui base
TESTLIB_domain := $(patsubst %,$(BUILD)/tests/lib/%.o,fixture fault faulted)
TESTLIBS_domain := -Wl,--wrap=audit_append
TESTLIB_db := $(BUILD)/tests/lib/fault.o
TESTLIB_io :=
TESTLIB_screens := $(TESTLIB_domain) $(BUILD)/tests/lib/golden.o \
	$(BUILD)/tests/lib/drive.o $(BUILD)/tests/lib/till.o
TESTLIBS_screens := $(TESTLIBS_domain)
TESTLIB_tui := $(BUILD)/tests/lib/golden.o $(BUILD)/tests/lib/drive.o \
	$(BUILD)/tests/lib/vt.o
TESTLIBS_tui := -lvterm -lutil
TESTLIB_cli := $(BUILD)/tests/lib/shop.o
TESTLIB_e2e := $(patsubst %,$(BUILD)/tests/lib/%.o,vt shop desk)
TESTLIBS_e2e := -lvterm -lutil
TESTLIB_kill := $(BUILD)/tests/lib/shop.o $(BUILD)/tests/lib/killer.o
TESTLIB_fuzz := $(BUILD)/tests/lib/replay.o

$(BUILD)/tests/%.o: tests/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(CFLAGS_ALL) -Itests/lib -MMD -MP -c -o $@ $<

define test_layer
$(call tests_of,$(1)): $(BUILD)/tests/$(1)/%: $(BUILD)/tests/$(1)/%.o \
    $(TESTLIB_$(1)) $(call libs,$(DEPS_$(1)))
	$$(call say,LINK,$$@)
	$$(Q)$$(CC) $$(LDFLAGS_ALL) -o $$@ $$^ $(call foreign,$(DEPS_$(1))) \
	    $(TESTLIBS_$(1)) -lcmocka
endef
$(foreach l,$(TEST_LAYERS),$(eval $(call test_layer,$(l))))

tests: all $(TESTS)

check-run: tests
	@BUILD=$(BUILD) tests/run.sh $(TESTS)

.PHONY: all tests check-run
.SECONDARY:

include build.mk

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
