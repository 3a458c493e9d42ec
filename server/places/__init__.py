"""The official list of provinces and communes: codes are the keys, names are for people."""

COLUMNS = ("code", "name", "province_code")
