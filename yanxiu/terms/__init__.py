"""学期与校历: terms, school years and the days without school."""
