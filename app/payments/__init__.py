"""Payments: requested by the organization, checked by one person, paid by another, split over the sources."""
