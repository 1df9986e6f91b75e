"""How columns stand in files: written, verified, and read through the memory map."""
