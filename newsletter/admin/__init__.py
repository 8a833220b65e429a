"""The coordinator's screens of the letter: who gets it, what was sent, what is to be done."""
