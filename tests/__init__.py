"""The tests; what went wrong is shown in what their support modules assert, too."""

import pytest

pytest.register_assert_rewrite("tests.support")
