"""Rules of hours and credits as data, and their reckoning; no Django here.

`loading` reads a scheme, `evaluating.award` says what one record earns by itself,
`standing.standing` says what all of them amount to, `checking` warns about contradictions.
"""
