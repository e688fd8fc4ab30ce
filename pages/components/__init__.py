"""Small pieces that views share: words, tables, downloads, names, pictures. They compute nothing and read no store."""
