# The targets for people: see `make help`.
.PHONY: deps run check check-asan check-valgrind kill soak lint cover fuzz \
	bench pot picture install uninstall clean help

# All cores, unless the caller said otherwise.
SUBMAKE = $(MAKE) --no-print-directory \
	$(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc 2>/dev/null || echo 2))

help:
	@echo 'make run            build, and open the program on a demo shop'
	@echo 'make check          build and run every test'
	@echo 'make                build'
	@echo 'make install        PREFIX=$(PREFIX) DESTDIR='
	@echo 'make check-asan     the tests under ASan and UBSan'
	@echo 'make check-valgrind the tests under valgrind'
	@echo 'make kill N=1000    kill -9 at random moments, N times each'
	@echo 'make soak           eight at work for SOAK_MINUTES=30'
	@echo 'make lint           layers, style, strings, SQL, both compilers'
	@echo 'make cover          line coverage of domain/'
	@echo 'make fuzz           FUZZ_SECONDS=60 each'
	@echo 'make bench          the figures, beside their peers'
	@echo 'make pot            data/po/shopmgr.pot; what is untranslated'
	@echo 'make picture        the pictures in docs/, made by the program'
	@echo 'make deps           install what is missing (Debian)'
	@echo 'make clean'

deps:
	@sh src/tools/deps.sh check

run:
	@sh src/tools/deps.sh run
	+@$(SUBMAKE) all
	@sh src/tools/run.sh $(BUILD)

check: deps
	+@$(SUBMAKE) check-run

# A build directory each, so that they do not disturb one another.
SAN := -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
check-asan: deps
	@rm -f build-asan/report.*
	+@ASAN_OPTIONS=detect_leaks=1:log_path=$(CURDIR)/build-asan/report \
	    UBSAN_OPTIONS=print_stacktrace=1:log_path=$(CURDIR)/build-asan/report \
	    $(SUBMAKE) BUILD=build-asan OPT='-O1 -g' SANITIZE='$(SAN)' \
	    check-run || { cat build-asan/report.* 2>/dev/null; exit 1; }

check-valgrind:
	@sh src/tools/deps.sh valgrind
	+@VALGRIND=1 $(SUBMAKE) BUILD=build-valgrind OPT='-O1 -g' \
	    check-run

kill: deps
	+@$(SUBMAKE) tests
	@for t in $(call tests_of,kill); do \
	    BUILD=$(BUILD) KILLS=$(or $(N),100) $$t || exit 1; done

# Eight people at work in one shop.
SOAK_MINUTES ?= 30
soak: deps
	+@$(SUBMAKE) all $(BUILD)/tests/e2e/soak
	@BUILD=$(BUILD) SOAK_SECONDS=$$(($(SOAK_MINUTES) * 60)) \
	    $(BUILD)/tests/e2e/soak

lint:
	@sh src/tools/deps.sh lint
	@BUILD=$(BUILD) sh tests/lint/run.sh

cover:
	@sh src/tools/deps.sh cover
	@rm -rf build-cover
	+@$(SUBMAKE) BUILD=build-cover OPT='-O0 -g' \
	    COVERAGE=--coverage check-run
	@gcovr --root . --filter 'src/' --object-directory build-cover \
	    --exclude-unreachable-branches --print-summary build-cover \
	    > build-cover/coverage.txt
	@gcovr --root . --filter 'src/domain/' --object-directory build-cover \
	    --exclude-unreachable-branches --print-summary build-cover

# Fuzzers are libFuzzer's; the corpora are replayed by `make check`.
FUZZ_SECONDS ?= 60
FUZZERS := $(basename $(notdir $(wildcard tests/fuzz/*.c)))
FUZZ_BUILD := build-fuzz
ifeq ($(BUILD),$(FUZZ_BUILD))
$(BUILD)/fuzz/%: tests/fuzz/%.c $(call libs,screens domain db io tui base)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(CFLAGS_ALL) -Itests/lib -MMD -MP -fsanitize=fuzzer -o $@ $< \
	    $(call libs,screens domain db io tui base) \
	    $(call foreign,db io tui base)
fuzzers: $(FUZZERS:%=$(BUILD)/fuzz/%)
endif
fuzz:
	@sh src/tools/deps.sh fuzz
	+@$(SUBMAKE) BUILD=$(FUZZ_BUILD) CC=clang OPT='-O1 -g' \
	    SANITIZE='$(SAN) -fsanitize=fuzzer-no-link' fuzzers
	@sh tests/fuzz/run.sh $(FUZZ_BUILD) $(FUZZ_SECONDS) $(FUZZERS)

bench:
	@sh src/tools/deps.sh bench
	+@$(SUBMAKE) all $(BUILD)/tests/e2e/scans
	@BUILD=$(BUILD) LIBS='$(call foreign,db io base)' \
	    sh tests/bench/bench.sh

# Every text that is marked for translation; fails when Chinese lacks one.
pot: $(BUILD)/po/zh_CN.po
	@BUILD=$(BUILD) sh src/tools/pot.sh
	@cp $(BUILD)/po/shopmgr.pot data/po/shopmgr.pot

# The same for lint, which changes nothing.
texts: $(BUILD)/po/zh_CN.po
	@BUILD=$(BUILD) sh src/tools/pot.sh
.PHONY: texts

# Pictures of the screens for the documents, in colour.
$(BUILD)/picture: $(BUILD)/tools/picture.o \
    $(call libs,screens domain db io tui base)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(call foreign,db io tui base)
picture: all $(BUILD)/picture
	@sh src/tools/picture.sh $(BUILD)

install: all
	install -d $(DESTDIR)$(PREFIX)/bin \
	    $(DESTDIR)$(PREFIX)/share/locale/zh_CN/LC_MESSAGES \
	    $(DESTDIR)$(PREFIX)/share/man/man1 \
	    $(DESTDIR)$(PREFIX)/share/doc/shopmgr
	install $(BUILD)/shopmgr $(DESTDIR)$(PREFIX)/bin/shopmgr
	install -m 644 $(BUILD)/locale/zh_CN/LC_MESSAGES/shopmgr.mo \
	    $(DESTDIR)$(PREFIX)/share/locale/zh_CN/LC_MESSAGES/shopmgr.mo
	install -m 644 docs/shopmgr.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m 644 README.md docs/README.zh.md LICENSE shopmgr.ini \
	    $(DESTDIR)$(PREFIX)/share/doc/shopmgr/

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/shopmgr \
	    $(DESTDIR)$(PREFIX)/share/locale/zh_CN/LC_MESSAGES/shopmgr.mo \
	    $(DESTDIR)$(PREFIX)/share/man/man1/shopmgr.1
	rm -rf $(DESTDIR)$(PREFIX)/share/doc/shopmgr

clean:
	rm -rf build build-* $(BUILD)
