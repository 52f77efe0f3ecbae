"""What a disclosure is: its head, statements, records, money and codes."""
