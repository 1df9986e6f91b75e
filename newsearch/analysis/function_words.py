"""English words that hold a sentence together and say nothing of what it is about.

They are indexed and found like all others, because phrases need them; in a question they count
less. Left out are those that are also names or months ("may", "will", "us"), and an acronym in
capitals ("WHO", "IT") is another word anyhow.
"""

FUNCTION_WORDS = frozenset(
    # Articles, pronouns, what points at things.
    "a an the i me my myself you your yours he him his himself she her hers herself it its itself "
    "we our ours ourselves they them their theirs themselves this that these those such same own "
    # Question words.
    "what when where which while who whom whose why how "
    # Verbs that help others.
    "am is are was were be been being have has had having do does did doing can could should "
    "would shall must "
    # Prepositions and conjunctions.
    "about above after again against and as at because before below between both but by down "
    "during for from if in into nor of off on once only or out over so than through to under "
    "until up upon with "
    # What is left.
    "all also any each few here just more most no not now other some then there too very".split()
)
