-- Version 2: of a token, when the engine had computed what it was chosen from.

ALTER TABLE event ADD COLUMN logits_ns BIGINT;
