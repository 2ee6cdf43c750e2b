"""The verbs: one function is one transaction, one change and one frozen result. Who may do what is decided here."""
