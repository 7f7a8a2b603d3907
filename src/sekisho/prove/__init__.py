"""All cases: what an amendment changed, what the law lacks or says twice, and what follows whatever is still open.

The solver stays behind this door: no command that decides needs it.
"""
