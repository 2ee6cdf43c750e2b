"""Settings of the property tests."""

from hypothesis import settings

# A deadline measures the machine, which other work may share, and not the code.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")
