"""Teams for コラボノプロジェクト: found by a solver, explained in words, settled by hand."""
