"""What in an article is not news: known patterns are data in `boilerplate.toml`, more are learned.

`cleaning` takes out what is known, `furniture` what `learning` has found in a source.
"""
