"""研修记录与学时: records, awards, entries and standings."""
