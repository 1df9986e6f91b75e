"""Where articles are stored and passages found; `base` and `changing` say what is promised."""
