"""What a disclosure says besides its statements: one module a kind of record."""
