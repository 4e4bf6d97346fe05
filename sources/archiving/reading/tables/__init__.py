"""Tables out of documents, as cells of text. Runs in the jail."""
