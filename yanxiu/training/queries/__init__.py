"""Reading training: for whom, how far, on what, and who goes out."""
