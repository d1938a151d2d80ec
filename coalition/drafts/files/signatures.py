"""The first bytes by which a kind of file is known, whatever its name says."""

#: Microsoft's compound file: .hwp, .doc, and every encrypted .docx.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: The first entry of a ZIP archive: .hwpx, .docx.
ZIP = b"PK\x03\x04"
PDF = b"%PDF-"
