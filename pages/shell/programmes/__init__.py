"""Did it help: programmes as they were entered, the comparison set down for them, the draw of who starts first."""
