"""From statistics to what is published: tables in words, bulletin, summary workbook, open data."""
