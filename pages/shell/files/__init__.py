"""Files and long work on the pages: dropped, read, taken in, figures made, with progress and in words."""
