"""The stages of the walk, in the order of the purchasing cycle."""
