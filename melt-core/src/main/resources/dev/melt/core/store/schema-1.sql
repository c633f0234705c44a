-- Version 1. One statement ends with ';' at the end of a line. Only what SQLite and PostgreSQL both understand;
-- {clustered} becomes WITHOUT ROWID on SQLite and nothing elsewhere. Times ending in _ns are the device's boot clock,
-- those ending in _at are UTC wall time as ISO 8601 with milliseconds.

CREATE TABLE run (
  id TEXT NOT NULL PRIMARY KEY,
  created_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'running', 'done', 'interrupted')),
  command_line TEXT NOT NULL,
  tool_version TEXT NOT NULL,
  git_commit TEXT,
  git_dirty INTEGER NOT NULL CHECK (git_dirty IN (0, 1)),
  seed BIGINT NOT NULL,
  plan TEXT NOT NULL,
  host_facts TEXT NOT NULL
);

CREATE TABLE cell (
  id TEXT NOT NULL PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  device TEXT NOT NULL,
  device_serial TEXT NOT NULL,
  platform TEXT NOT NULL,
  device_virtual INTEGER NOT NULL CHECK (device_virtual IN (0, 1)),
  model TEXT NOT NULL,
  model_sha256 TEXT,
  model_synthetic INTEGER NOT NULL CHECK (model_synthetic IN (0, 1)),
  engine TEXT NOT NULL,
  bundle TEXT NOT NULL,
  workload TEXT NOT NULL,
  settings TEXT NOT NULL,
  spec TEXT NOT NULL,
  UNIQUE (run_id, position)
);

CREATE TABLE trial (
  id TEXT NOT NULL PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  cell_id TEXT NOT NULL REFERENCES cell (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  repetition INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('warmup', 'measured', 'profile')),
  attempt INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'running', 'done')),
  outcome TEXT,
  cause TEXT,
  started_at TEXT,
  ended_at TEXT,
  start_ns BIGINT,
  end_ns BIGINT,
  clock_offset_ns BIGINT,
  clock_bound_ns BIGINT,
  clock_wall_offset_ns BIGINT,
  effective TEXT NOT NULL,
  facts TEXT NOT NULL,
  UNIQUE (run_id, position)
);

CREATE INDEX trial_of_cell ON trial (cell_id);

CREATE TABLE turn (
  trial_id TEXT NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
  turn INTEGER NOT NULL,
  conversation INTEGER NOT NULL,
  start_ns BIGINT NOT NULL,
  end_ns BIGINT NOT NULL,
  prompt_tokens INTEGER,
  cached_tokens INTEGER,
  generated_tokens INTEGER NOT NULL,
  depth INTEGER NOT NULL,
  PRIMARY KEY (trial_id, turn)
) {clustered};

CREATE TABLE event (
  trial_id TEXT NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  turn INTEGER,
  start_ns BIGINT NOT NULL,
  end_ns BIGINT NOT NULL,
  tokens INTEGER,
  cached_tokens INTEGER,
  token_index INTEGER,
  token_id INTEGER,
  page_cache TEXT,
  phase TEXT,
  graph INTEGER,
  tensor TEXT,
  type TEXT,
  shape TEXT,
  PRIMARY KEY (trial_id, position)
) {clustered};

CREATE TABLE channel (
  id INTEGER NOT NULL PRIMARY KEY,
  trial_id TEXT NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  quantity TEXT NOT NULL,
  site TEXT NOT NULL,
  unit TEXT NOT NULL,
  source TEXT NOT NULL,
  UNIQUE (trial_id, name, source)
);

CREATE TABLE sample (
  channel_id INTEGER NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
  t_ns BIGINT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (channel_id, t_ns)
) {clustered};

CREATE TABLE metric_value (
  trial_id TEXT NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  turn INTEGER,
  metric TEXT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  unit TEXT NOT NULL,
  formula_version INTEGER NOT NULL,
  source TEXT NOT NULL,
  uncertainty DOUBLE PRECISION,
  grade TEXT,
  PRIMARY KEY (trial_id, position)
) {clustered};

CREATE TABLE validity (
  trial_id TEXT NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  evidence TEXT NOT NULL,
  PRIMARY KEY (trial_id, position)
) {clustered};

CREATE TABLE artifact (
  trial_id TEXT NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  PRIMARY KEY (trial_id, name)
) {clustered};

CREATE TABLE device_snapshot (
  run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  trial_id TEXT REFERENCES trial (id) ON DELETE CASCADE,
  moment TEXT NOT NULL CHECK (moment IN ('before', 'after')),
  taken_at TEXT NOT NULL,
  facts TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
) {clustered};

CREATE INDEX device_snapshot_of_trial ON device_snapshot (trial_id);

CREATE TABLE device_setting (
  id INTEGER NOT NULL PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES run (id),
  device TEXT NOT NULL,
  device_serial TEXT NOT NULL,
  setting TEXT NOT NULL,
  old_value TEXT,
  new_value TEXT NOT NULL,
  pid BIGINT NOT NULL,
  changed_at TEXT NOT NULL,
  restored_at TEXT
);

CREATE INDEX device_setting_of_run ON device_setting (run_id);
