"""Members and past sales from the spreadsheets that co-operatives have: taken whole or not at all."""
