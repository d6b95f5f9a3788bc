"""How property tests run: the same examples every time, and no deadlines, because a shared machine is slow at times."""

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("house")
