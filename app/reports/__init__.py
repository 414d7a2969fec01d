"""Annual reports of social organizations: written section by section, examined, published (C-05, C-11, C-12)."""
