"""Articles to segments, and several segments to one."""
