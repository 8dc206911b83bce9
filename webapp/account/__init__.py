"""Coming in: notices, registration, sign-in, codes, passwords, language, help."""
