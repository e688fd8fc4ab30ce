"""What may be told of whom, when: derived needs and private rows for one person, masks, showings, replies."""
