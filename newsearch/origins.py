"""What the date of an article may come from."""

# The surest first: nothing; given with the article; said by its page of itself; written above the
# story, in the URL, in the name of the file. An index keeps the number of the place in this list.
DATE_ORIGINS = ("", "field", "page", "text", "url", "file name")
