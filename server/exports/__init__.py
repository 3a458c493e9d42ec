"""Files of what a filter shows: CSV, XLSX and JSON, and all merged data as one SQLite file."""
