"""Claims that a language model proposes. Off unless an endpoint is configured."""
