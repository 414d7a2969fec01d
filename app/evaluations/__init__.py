"""Third-party performance evaluation (绩效评价): assigned, declared, scored, answered, published."""
