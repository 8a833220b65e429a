"""How people get the letter: the page of the letter, its form, their preferences."""
