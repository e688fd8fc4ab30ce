"""Where support could go: candidates, exact matching, reasons."""
