"""Hostile input: files damaged at random and files made to do harm, by seed, and what becomes of them."""
