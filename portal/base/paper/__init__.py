"""Documents to print: a page of HTML made into a PDF, kept, and given to readers."""
