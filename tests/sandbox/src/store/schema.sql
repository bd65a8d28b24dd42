-- Everything that the sandbox knows. Points in time are Unix seconds, booleans 0 or 1, lists are joined with commas.
-- `id` is the order in which rows were stored, and the order of lists where the document names no other.
-- A change of this file needs another VERSION in store.rs.

CREATE TABLE accounts (
    id    INTEGER PRIMARY KEY,
    sid   TEXT NOT NULL UNIQUE,
    token TEXT NOT NULL
) STRICT;

CREATE TABLE projects (
    id                     INTEGER PRIMARY KEY,
    sid                    TEXT NOT NULL UNIQUE,
    account_sid            TEXT NOT NULL REFERENCES accounts (sid),
    name                   TEXT,
    main_domain            TEXT,
    time_zone              TEXT,
    sms_enabled            INTEGER,
    call_recording_enabled INTEGER,
    integrations_enabled   INTEGER,
    active                 INTEGER,
    -- What was cleared counts as its default.
    sends_messages         INTEGER AS (coalesce(sms_enabled, 0) AND coalesce(active, 1))
) STRICT;

CREATE TABLE logins (
    id          INTEGER PRIMARY KEY,
    sid         TEXT NOT NULL UNIQUE,
    account_sid TEXT NOT NULL REFERENCES accounts (sid),
    email       TEXT UNIQUE COLLATE NOCASE,
    password    TEXT,
    enabled     INTEGER,
    created     INTEGER NOT NULL,
    first_name  TEXT,
    last_name   TEXT
) STRICT;

-- What a login may do: in all of an account, or in one project.
CREATE TABLE permissions (
    id           INTEGER PRIMARY KEY,
    login_sid    TEXT NOT NULL REFERENCES logins (sid),
    account_sid  TEXT REFERENCES accounts (sid),
    property_sid TEXT REFERENCES projects (sid),
    scopes       TEXT NOT NULL
) STRICT;

-- Every country, and whether the provider serves it.
CREATE TABLE countries (
    code   TEXT PRIMARY KEY,
    served INTEGER NOT NULL
) STRICT;

CREATE TABLE time_zones (
    name TEXT PRIMARY KEY
) STRICT;

-- Known places, beside those of the addresses.
CREATE TABLE places (
    city         TEXT NOT NULL,
    region       TEXT NOT NULL,
    country_code TEXT NOT NULL REFERENCES countries (code),
    postal_code  TEXT NOT NULL
) STRICT;

CREATE TABLE addresses (
    id           INTEGER PRIMARY KEY,
    sid          TEXT NOT NULL UNIQUE,
    account_sid  TEXT NOT NULL REFERENCES accounts (sid),
    friendly     TEXT,
    reference    TEXT,
    line1        TEXT NOT NULL,
    line2        TEXT,
    city         TEXT NOT NULL,
    region       TEXT,
    country_code TEXT NOT NULL REFERENCES countries (code),
    postal_code  TEXT
) STRICT;

CREATE TABLE flows (
    id           INTEGER PRIMARY KEY,
    config_id    TEXT NOT NULL UNIQUE,
    property_sid TEXT NOT NULL REFERENCES projects (sid),
    revision     TEXT NOT NULL,
    name         TEXT NOT NULL,
    last_updated INTEGER NOT NULL
) STRICT;

-- A number that no project holds is on offer.
CREATE TABLE numbers (
    id                   INTEGER PRIMARY KEY,
    number               TEXT NOT NULL UNIQUE,
    country_code         TEXT NOT NULL REFERENCES countries (code),
    city                 TEXT,
    type                 TEXT NOT NULL,
    capabilities         TEXT NOT NULL,
    -- Whether it is active only with an address in its country.
    needs_address        INTEGER NOT NULL,
    property_sid         TEXT REFERENCES projects (sid),
    status               TEXT,
    -- When the project got it, as the order of lists.
    position             INTEGER,
    friendly             TEXT,
    address_sid          TEXT REFERENCES addresses (sid),
    attribution_source   TEXT,
    attribution_medium   TEXT,
    attribution_campaign TEXT,
    attribution_content  TEXT,
    routing_method       TEXT,
    endpoint_number      TEXT,
    flow                 TEXT REFERENCES flows (config_id),
    recording            TEXT,
    send_sms_from        TEXT,
    send_sms_to          TEXT,
    send_email_from      TEXT,
    send_email_to        TEXT
) STRICT;

-- Calls that are stored already begin in the future too: they are there once their time has come.
CREATE TABLE calls (
    id                   INTEGER PRIMARY KEY,
    sid                  TEXT NOT NULL UNIQUE,
    property_sid         TEXT NOT NULL REFERENCES projects (sid),
    caller               TEXT NOT NULL,
    number               TEXT NOT NULL,
    endpoint             TEXT,
    started              INTEGER NOT NULL,
    duration             INTEGER NOT NULL,
    disposition          TEXT NOT NULL,
    prompts_keys         TEXT,
    attribution_source   TEXT,
    attribution_medium   TEXT,
    attribution_campaign TEXT,
    attribution_content  TEXT
) STRICT;

CREATE TABLE messages (
    id               INTEGER PRIMARY KEY,
    sid              TEXT NOT NULL UNIQUE,
    account_sid      TEXT NOT NULL REFERENCES accounts (sid),
    property_sid     TEXT NOT NULL REFERENCES projects (sid),
    sender           TEXT NOT NULL,
    recipient        TEXT NOT NULL,
    text             TEXT NOT NULL,
    delivery_receipt INTEGER NOT NULL,
    segments         INTEGER NOT NULL,
    status           TEXT NOT NULL,
    direction        TEXT NOT NULL,
    scheduled        INTEGER,
    created          INTEGER NOT NULL,
    due              INTEGER AS (max(created, coalesce(scheduled, created))),
    -- Known as soon as the message is due: it is still being processed until then.
    submitted        INTEGER,
    delivered        INTEGER,
    received         INTEGER,
    error_code       TEXT,
    external_id      TEXT
) STRICT;

-- Finds the messages whose status changes as time goes.
CREATE INDEX messages_by_status ON messages (status, delivery_receipt, submitted);

-- Numbers that are lent to a project for its messages to one recipient.
CREATE TABLE leases (
    recipient    TEXT NOT NULL,
    number       TEXT NOT NULL,
    property_sid TEXT NOT NULL REFERENCES projects (sid),
    ends         INTEGER NOT NULL,
    PRIMARY KEY (recipient, number)
) STRICT;
