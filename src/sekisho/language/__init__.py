"""The condition language: one meaning, several readers. See `expression` for the language itself."""
