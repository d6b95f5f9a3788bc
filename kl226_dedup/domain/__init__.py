"""The vocabulary: frozen values that travel between the stages, and the errors. No behaviour beyond their own."""
