-- Version 3: a run may have several devices, and a snapshot is of one of them.

ALTER TABLE device_snapshot ADD COLUMN device_serial TEXT;
