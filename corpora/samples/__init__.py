"""Documents written for this project: their manuscripts, their pages and the structure parsing must give."""
