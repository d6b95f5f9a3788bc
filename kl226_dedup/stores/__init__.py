"""The only package that touches disk, network or a database: it reads what the stages are given and keeps what they made."""
