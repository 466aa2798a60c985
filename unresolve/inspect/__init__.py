"""Looking between the stages of a parse: as lines of text and as boxes on the page."""
