"""The oracle: an engine on a stock Whoosh index, slow and plain enough to be believed."""
