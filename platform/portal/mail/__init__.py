"""Mail: stored in the transaction that wants it, sent afterwards, tried again when it fails."""
