"""SourceFile -> Document: one module per file format, and the structure every format shares."""
