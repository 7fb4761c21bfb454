-- 0002_catalogue.sql: where everything lies.
-- A cache: packs and key store make every row anew, so a later version may drop and refill it.
-- Plain types only, so that SQLite and PostgreSQL can share it. Units: *_bytes bytes, *_ms
-- milliseconds since 1970-01-01T00:00Z. A hash is HMAC-SHA-256 under a key of the site, cut to 16
-- bytes. What is sealed is AES-256-GCM under a key of the study; columns that never change are its
-- additional data. A tag covers the columns that do: HMAC-SHA-256, cut to 16 bytes, under a key of
-- the study, those of state, pack and gone under one of the archive. docs/formats/index.md.
CREATE TABLE state (
  one             BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
  version         BIGINT NOT NULL,   -- of this schema
  identity        BYTEA  NOT NULL,   -- random, made with the tables: the search names it
  pack            BYTEA,             -- where the next batch of the log begins, NULL: at its start
  pack_offset     BIGINT NOT NULL,
  last_study      BIGINT NOT NULL,   -- the last number given
  last_series     BIGINT NOT NULL,
  last_instance   BIGINT NOT NULL,
  last_pack       BIGINT NOT NULL,
  search_sequence BIGINT NOT NULL,   -- of the last change that the search must learn of
  studies         BIGINT NOT NULL,   -- that are found, and what they hold
  instances       BIGINT NOT NULL,
  data_bytes      BIGINT NOT NULL,
  tag             BYTEA
);

CREATE TABLE pack (
  number          BIGINT NOT NULL PRIMARY KEY,
  name            BYTEA  NOT NULL UNIQUE,
  dead_bytes      BIGINT NOT NULL,   -- of records that no row is of any more
  verified_ms     BIGINT NOT NULL,   -- when every tag in it verified last, 0: never
  tag             BYTEA  NOT NULL
);

CREATE TABLE study (
  number          BIGINT NOT NULL PRIMARY KEY, -- order of arrival
  name            BYTEA  NOT NULL UNIQUE,      -- of its key
  hash            BYTEA  NOT NULL,
  site            BYTEA  NOT NULL,
  aside           BIGINT NOT NULL,             -- 1: it was put aside, and nothing finds it
  aside_ms        BIGINT NOT NULL,             -- when it was put aside last, 0: never
  aside_sealed    BYTEA,                       -- by whom and why
  search_sequence BIGINT NOT NULL,
  series_count    BIGINT NOT NULL,
  instance_count  BIGINT NOT NULL,             -- without those kept apart
  data_bytes      BIGINT NOT NULL,
  received_ms     BIGINT NOT NULL,
  changed_ms      BIGINT NOT NULL,
  sealed          BYTEA  NOT NULL,
  tag             BYTEA  NOT NULL
);
CREATE UNIQUE INDEX study_in_use ON study (hash) WHERE aside = 0;
-- Lists what is put aside, oldest first.
CREATE INDEX study_put_aside ON study (site, aside_ms, number) WHERE aside = 1;
-- The search catches up along it.
CREATE INDEX study_by_search_sequence ON study (search_sequence);

CREATE TABLE series (
  number          BIGINT NOT NULL PRIMARY KEY, -- order of arrival
  study           BIGINT NOT NULL,
  hash            BYTEA  NOT NULL,
  instance_count  BIGINT NOT NULL,
  sealed          BYTEA  NOT NULL,
  tag             BYTEA  NOT NULL,
  UNIQUE (study, hash)
);

CREATE TABLE instance (
  number          BIGINT NOT NULL PRIMARY KEY, -- order of arrival
  hash            BYTEA  NOT NULL,
  series          BIGINT NOT NULL,
  aside           BIGINT NOT NULL,             -- 0: in use, 1: put aside, 2: kept apart
  pack            BIGINT NOT NULL,
  pack_offset     BIGINT NOT NULL,
  record_bytes    BIGINT NOT NULL,
  chunks          BYTEA,                       -- bytes in which packs, when they lie elsewhere
  record          BYTEA,                       -- id of the record, of one kept apart
  sealed          BYTEA  NOT NULL,
  tag             BYTEA  NOT NULL
);
CREATE UNIQUE INDEX instance_in_use ON instance (hash) WHERE aside = 0;
-- Finds what is kept apart by its record.
CREATE INDEX instance_kept_apart ON instance (record) WHERE aside = 2;
-- Lists a series in order of arrival.
CREATE INDEX instance_by_series ON instance (series, number);
-- Finds the rows of a pack: to compare them, and when it is written anew.
CREATE UNIQUE INDEX instance_by_place ON instance (pack, pack_offset);

-- Studies whose key was destroyed: the search must learn that they are gone.
CREATE TABLE gone (
  search_sequence BIGINT NOT NULL PRIMARY KEY,
  number          BIGINT NOT NULL,
  name            BYTEA  NOT NULL,
  site            BYTEA  NOT NULL,
  tag             BYTEA  NOT NULL
);
