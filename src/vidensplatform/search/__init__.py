"""Danish analysis, the query language, the engines, recognising situations, ranking and evaluation."""
