"""A form-js document becomes fields, and a post becomes typed values or errors; no HTML."""
