"""Who comes in: sign-in, this computer or another, and the note of what is downloaded."""
