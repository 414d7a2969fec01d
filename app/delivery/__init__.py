"""What was delivered: monthly figures by place, acceptance with the users' opinion (S08, S11, B-66)."""
