"""The tender: its notice, the designated medium from which its clocks run, its keyholders and deadlines."""
