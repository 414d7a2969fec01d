"""Judging bids (评审): qualification, committee, scores, low-price review, ranking, award and result notice."""
