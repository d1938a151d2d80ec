"""Texts made by program, with the truth about them."""
