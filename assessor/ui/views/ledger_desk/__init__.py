"""The parts of the ledger screen: the sheet being worked on, its rates, its table, its import."""
