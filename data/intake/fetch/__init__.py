"""Published files from the publishers' own addresses, when a person asks: registry, client, and what is kept of the asking.

The only code in Alongside that calls the internet.
"""
