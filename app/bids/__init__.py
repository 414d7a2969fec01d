"""Bids: sealed by the bidder, kept unread, opened by keyholders after the deadline."""
