"""What a check limits in its process it gives back."""

from __future__ import annotations

from threadpoolctl import threadpool_info

from kl226_dedup.api.threads import _OneThread


def threads() -> list[int]:
    return [one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"]


def test_threads_are_given_back_after_the_last_of_two_checks_that_overlap() -> None:
    before, limit = threads(), _OneThread()
    limit.__enter__()
    limit.__enter__()
    limit.__exit__()
    assert set(threads()) == {1}
    limit.__exit__()
    assert threads() == before
