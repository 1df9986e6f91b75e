"""Which passages match a query tree, and what they score: operations on whole arrays."""
