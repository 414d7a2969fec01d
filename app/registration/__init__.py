"""The procedures of the register: applications, their corrections and decisions, and the certificates they lead to."""
