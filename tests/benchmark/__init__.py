"""How well the scores keep their promises (METHODS 13) and how long the work takes: `python -m tests.benchmark`.

Every figure is computed in the run. Nothing here is a test that fails; `tests/unit/test_benchmark.py` holds it in place.
"""
