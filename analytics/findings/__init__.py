"""What may be said of each school: areas, needs, strengths, silence."""
