"""How long the server works for each page of the office and the province."""
