-- 0001_catalogue.sql: where everything lies.
-- A cache: packs and key store make every row anew, so a later version may drop and refill it.
-- Plain types only, so that SQLite and PostgreSQL can share it. Units: *_bytes bytes, *_ms
-- milliseconds since 1970-01-01T00:00Z. A hash is HMAC-SHA-256 under a key of the site, cut to 16
-- bytes. What is sealed is AES-256-GCM under a key of the study.
CREATE TABLE state (
  one             BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
  version         BIGINT NOT NULL,   -- of this schema
  identity        BYTEA  NOT NULL,   -- random, made with the tables: the search names it
  pack            BYTEA,             -- where the next batch of the log begins, NULL: at its start
  pack_offset     BIGINT NOT NULL,
  last_study      BIGINT NOT NULL,   -- the last number given
  last_series     BIGINT NOT NULL,
  last_instance   BIGINT NOT NULL,
  search_sequence BIGINT NOT NULL,   -- of the last change that the search must learn of
  studies         BIGINT NOT NULL,
  instances       BIGINT NOT NULL,
  data_bytes      BIGINT NOT NULL
);

CREATE TABLE pack (
  number          BIGINT NOT NULL PRIMARY KEY,
  name            BYTEA  NOT NULL UNIQUE
);

CREATE TABLE study (
  hash            BYTEA  NOT NULL PRIMARY KEY,
  number          BIGINT NOT NULL UNIQUE,      -- order of arrival
  site            BYTEA  NOT NULL,
  search_sequence BIGINT NOT NULL,
  series_count    BIGINT NOT NULL,
  instance_count  BIGINT NOT NULL,
  data_bytes      BIGINT NOT NULL,
  received_ms     BIGINT NOT NULL,
  changed_ms      BIGINT NOT NULL,
  sealed          BYTEA  NOT NULL
);
-- The search catches up along it.
CREATE INDEX study_by_search_sequence ON study (search_sequence);

CREATE TABLE series (
  number          BIGINT NOT NULL PRIMARY KEY, -- order of arrival
  study           BIGINT NOT NULL,
  hash            BYTEA  NOT NULL,
  instance_count  BIGINT NOT NULL,
  sealed          BYTEA  NOT NULL,
  UNIQUE (study, hash)
);

CREATE TABLE instance (
  hash            BYTEA  NOT NULL PRIMARY KEY,
  number          BIGINT NOT NULL,             -- order of arrival
  series          BIGINT NOT NULL,
  pack            BIGINT NOT NULL,
  pack_offset     BIGINT NOT NULL,
  record_bytes    BIGINT NOT NULL,
  sealed          BYTEA  NOT NULL
);
-- Lists a series in order of arrival.
CREATE INDEX instance_by_series ON instance (series, number);
