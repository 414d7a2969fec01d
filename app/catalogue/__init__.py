"""The catalogue of services that may be purchased (A-08), its versions, and the law's numbers and calendar as data."""
