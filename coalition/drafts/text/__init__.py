"""Law text as text: reading, printing, addressing and checking it. Pure Python, no Django."""
